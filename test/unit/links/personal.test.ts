import { describe, expect, test } from 'vitest';
import { personalReason } from '../../../core/links/personal.ts';

describe('what could name a person', () => {
  test.each([
    ['ann@example.com', /e-mail address/],
    ['ann%40example.com', /e-mail address/],
    ['+49 30 1234567', /phone number/],
    ['4915112345678', /phone number/],
    ['(030) 123-4567', /phone number/],
    ['Ann Smith', /person's name/],
    ['Ann.Smith', /person's name/],
    ['Jürgen Müller-Lüdenscheidt', /person's name/],
    ['Zoë Ångström', /person's name/],
  ])('%s', (value, says) => {
    expect(personalReason(value)).toMatch(says);
  });
});

test.each(['spring-sale', 'footer.top', '2026-11-23', '20261123', '20261123-0830', 'v2.10', '12345'])(
  '%s names a placement',
  (value) => expect(personalReason(value)).toBeNull(),
);
