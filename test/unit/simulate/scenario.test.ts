import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { formatFields, replaceFields } from '../../../docs/scenario-fields.ts';
import { parseScenario, scenarioSchema } from '../../../local/simulate/scenario.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const mail = { id: 'sale', medium: 'email', audience: 10, sends: [{ day: 1 }] };
const scenario = (fields: object, campaign: object = {}) =>
  JSON.stringify({ name: 'one', days: 7, campaigns: [{ ...mail, ...campaign }], ...fields });

describe('a scenario file', () => {
  test('a small one gets every default', () => {
    const parsed = parseScenario(scenario({}), 'one.json');
    expect(parsed).toMatchObject({ days: 7, zone: 'UTC', scale: 1, noise: { unregistered: 0 } });
    expect(parsed.campaigns[0]).toMatchObject({
      looks: 0.4,
      nonce: true,
      copies: 'day',
      scanners: { share: 0 },
    });
  });

  test.each([
    { name: 'no JSON', text: '{', says: /^bad\.json is not JSON: / },
    { name: 'an unknown field', text: scenario({ seed: 7 }), says: /Unrecognized key: "seed"/ },
    {
      name: 'a share above 1',
      text: scenario({}, { looks: 40 }),
      says: /campaigns\.0\.looks: a share is from 0 to 1, got 40/,
    },
    {
      name: 'clients that do not add up',
      text: scenario({}, { clients: { gmail: 0.5, yahoo: 0.2 } }),
      says: /campaigns\.0\.clients: shares must add up to 1, these add up to 0\.7, got {"gmail":0\.5/,
    },
    {
      name: 'an unknown client',
      text: scenario({}, { clients: { eudora: 1 } }),
      says: /campaigns\.0\.clients.*/,
    },
    {
      name: 'a zone that is none',
      text: scenario({ zone: 'Mars' }),
      says: /zone: name an IANA time zone.*, got "Mars"/,
    },
    {
      name: 'a bad campaign name',
      text: scenario({}, { id: 'Spring Sale' }),
      says: /campaigns\.0\.id: write 1 to 64/,
    },
    {
      name: 'a send after the end',
      text: scenario({}, { sends: [{ day: 8 }] }),
      says: /campaigns\.0\.sends\.0\.day: lies after the last of 7 days, got 8/,
    },
    {
      name: 'sends that do not add up',
      text: scenario({}, { sends: [{ day: 1, share: 0.3 }] }),
      says: /campaigns\.0\.sends: shares must add up to 1, these add up to 0\.3/,
    },
    {
      name: 'a name used twice',
      text: scenario({ campaigns: [mail, mail] }),
      says: /campaigns\.1\.id: names a campaign above too, got "sale"/,
    },
    {
      name: 'a path that is no image of ours',
      text: scenario({}, { path: '/x.png' }),
      says: /campaigns\.0\.path: write/,
    },
    { name: 'no countries', text: scenario({ countries: {} }), says: /countries: name at least one country/ },
    {
      name: 'a day that is none',
      text: scenario({ until: '2026-02-30' }),
      says: /until: a day is written yyyy-MM-dd/,
    },
  ])('says what is wrong: $name', ({ text, says }) => {
    expect(() => parseScenario(text, 'bad.json')).toThrow(says);
  });

  test('every problem is listed, not only the first', () => {
    const text = scenario({ zone: 'Mars' }, { looks: 2, bounced: -1 });
    expect(() => parseScenario(text, 'bad.json')).toThrow(/^bad\.json breaks rules:\n(.*\n){2}.*$/);
  });
});

describe('what is published', () => {
  const published: object = JSON.parse(read('docs/scenario.schema.json'));

  test('the schema is that of the code (else: npm run docs)', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(scenarioSchema())));
  });

  test('the tables of docs/simulate.md are those of the schema', () => {
    expect(read('docs/simulate.md')).toBe(replaceFields(read('docs/simulate.md')));
    const unexplained = formatFields()
      .split('\n')
      .filter((row) => /^\| `.*` \| *\|/.test(row));
    expect(unexplained).toEqual([]);
  });

  test('the default scenario and the example of the docs keep to it', () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(published);
    const [, example = ''] = /```json\n([^`]*)```/.exec(read('docs/simulate.md')) ?? [];
    for (const text of [read('local/simulate/default-scenario.json'), example]) {
      validate(JSON.parse(text));
      expect(validate.errors).toBeNull();
      expect(() => parseScenario(text, 'published')).not.toThrow();
    }
    expect(validate({ name: 'bad', campaigns: [{ ...mail, looks: 3 }] })).toBe(false);
  });
});
