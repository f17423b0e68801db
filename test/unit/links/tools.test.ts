import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkLink, makeLink } from '../../../core/links/pixel-link.ts';
import { MAIL_TOOLS, privacyOf } from '../../../core/links/tools.ts';
import { replaceTools } from '../../../docs/tool-table.ts';
import { edgeWith } from '../../edge/edge-code.ts';
import { requestOf } from '../../edge/edge-world.ts';

const request = (copyTag: string) => ({
  campaign: 'spring',
  medium: 'email',
  source: '',
  content: '',
  copyTag,
});

/** What the edge writes of a load of a mail whose tool put a value in the place of its tag, or put none. */
async function recordOf(tag: string, value: string): Promise<URLSearchParams> {
  const { url } = makeLink('https://px.example.com', request(tag));
  const { search } = new URL(url.replace(tag, value));
  const { record } = await edgeWith()(requestOf({ query: search.slice(1) }));
  return new URLSearchParams(record ?? '');
}

test.each(MAIL_TOOLS)(
  '$name: copies are told apart by what it puts in the place of $tag',
  async ({ tag }) => {
    const [one, other] = await Promise.all([recordOf(tag, 'Zm9v-_1'), recordOf(tag, '3f8b7c1e-0d5a-4c7f')]);
    expect([one.get('notes'), other.get('notes')]).toEqual([null, null]);
    expect(one.get('message')).toMatch(/^[0-7][0-9a-f]{15}$/);
    expect(one.get('message')).not.toBe(other.get('message'));
  },
);

test.each(MAIL_TOOLS)('$name: a tag that was not replaced makes no copy of all copies', async ({ tag }) => {
  const record = await recordOf(tag, tag);
  expect([record.get('message'), record.get('notes')]).toEqual([null, 'badparam']);
});

test.each(MAIL_TOOLS.filter(({ ownId }) => ownId !== null))(
  '$name: $ownId stands for a person and is refused',
  ({ ownId }) => {
    expect(checkLink(request(ownId ?? '')).map(({ field }) => field)).toEqual(['copyTag']);
  },
);

test('each says what it means for privacy, and where that was read', () => {
  const silent = MAIL_TOOLS.filter(
    (tool) => !/individual measurement\.$/.test(privacyOf(tool)) || !URL.canParse(tool.source),
  );
  expect(silent).toEqual([]);
  expect(MAIL_TOOLS.map(({ id }) => id)).toEqual([
    'mailchimp',
    'sendgrid',
    'hubspot',
    'listmonk',
    'mautic',
    'postal',
    'ses',
  ]);
});

test('docs/links.md holds the table of this code (npm run docs)', () => {
  const page = readFileSync('docs/links.md', 'utf8');
  expect(replaceTools(page)).toBe(page);
});
