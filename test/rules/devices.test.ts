import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';
import { GMAIL, GOOGLEBOT, OUTLOOK } from './user-agents.ts';

describe('devices', () => {
  test.each([
    {
      name: 'a phone',
      ua: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
      device: 'phone',
    },
    {
      name: 'a tablet without the word Mobile',
      ua: 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
      device: 'tablet',
    },
    {
      name: 'an iPad',
      ua: 'Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
      device: 'tablet',
    },
    { name: 'Outlook on a phone', ua: 'Outlook-Android/2.0', device: 'phone' },
    { name: 'Outlook on a desk', ua: OUTLOOK, device: 'desktop' },
    { name: 'something else', ua: 'Superhuman', device: 'other' },
    { name: "a proxy's own words", ua: GMAIL, device: null },
    { name: 'a machine', ua: GOOGLEBOT, device: null },
    { name: 'nothing', ua: null, device: null },
  ])('$name', ({ ua, device }) => {
    expect(judge({ userAgent: ua }).device).toBe(device);
  });
});
