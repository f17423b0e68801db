import { expect, test } from 'vitest';
import { checkLink, type LinkRequest, makeLink } from '../../../core/links/pixel-link.ts';

const REQUEST: LinkRequest = {
  campaign: 'spring-sale',
  medium: 'email',
  source: 'newsletter',
  content: '',
  copyTag: '{{message_id}}',
};

test('makes an address and a snippet', () => {
  expect(makeLink('https://px.example.com', REQUEST)).toEqual({
    url: 'https://px.example.com/p.gif?utm_campaign=spring-sale&utm_medium=email&utm_source=newsletter&n={{message_id}}',
    snippet:
      '<img src="https://px.example.com/p.gif?utm_campaign=spring-sale&amp;utm_medium=email&amp;utm_source=newsletter&amp;n={{message_id}}" width="1" height="1" alt="" referrerpolicy="strict-origin">',
  });
});

test.each<{ name: string; change: Partial<LinkRequest>; field: string; says: RegExp }>([
  { name: 'no campaign', change: { campaign: '' }, field: 'campaign', says: /needs a name/ },
  { name: 'capitals', change: { campaign: 'Spring' }, field: 'campaign', says: /got "Spring"/ },
  { name: 'spaces', change: { source: 'news letter' }, field: 'source', says: /use a-z/ },
  {
    name: 'an IP address',
    change: { content: 'from-192.0.2.7' },
    field: 'content',
    says: /nothing like an IP/,
  },
  { name: 'too long', change: { content: 'a'.repeat(65) }, field: 'content', says: /at most 64/ },
  {
    name: 'an address as campaign',
    change: { campaign: 'ann@example.com' },
    field: 'campaign',
    says: /looks like an e-mail address/,
  },
  {
    name: 'an address as content',
    change: { content: 'ann@example.com' },
    field: 'content',
    says: /looks like an e-mail address/,
  },
  {
    name: 'an encoded address',
    change: { content: 'ann%40example.com' },
    field: 'content',
    says: /e-mail address/,
  },
  {
    name: 'an address as nonce',
    change: { copyTag: 'ann@example.com' },
    field: 'copyTag',
    says: /random value/,
  },
  {
    name: 'a merge tag of an address',
    change: { copyTag: '*|EMAIL|*' },
    field: 'copyTag',
    says: /stand for a person/,
  },
  {
    name: "a subscriber's number",
    change: { copyTag: '{{ subscriber_id }}' },
    field: 'copyTag',
    says: /stand for a person/,
  },
  {
    name: 'one value for all copies',
    change: { copyTag: 'message_id' },
    field: 'copyTag',
    says: /the same in every copy/,
  },
  {
    name: 'a nonce that breaks the address',
    change: { copyTag: 'x&rid=1' },
    field: 'copyTag',
    says: /merge tag/,
  },
  { name: 'another medium', change: { medium: 'sms' }, field: 'medium', says: /email, page, document/ },
])('refuses $name', ({ change, field, says }) => {
  const problems = checkLink({ ...REQUEST, ...change });
  expect(problems.map((problem) => problem.field)).toEqual([field]);
  expect(problems[0]?.reason).toMatch(says);
  expect(() => makeLink('https://px.example.com', { ...REQUEST, ...change })).toThrow(`${field}: `);
});
