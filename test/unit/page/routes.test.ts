import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createClassifier } from '../../../core/classify/classify.ts';
import type { PageDeps } from '../../../local/page/deps.ts';
import { createPage } from '../../../local/page/routes.ts';

const page = createPage({
  classifier: createClassifier(),
  today: () => '2026-11-23',
  now: () => 0,
} as unknown as PageDeps);
const ask = (url: string): Promise<boolean> =>
  page.routes(
    { method: 'GET', url, headers: { host: 'localhost:8787' }, socket: {} } as IncomingMessage,
    {} as ServerResponse,
  );

describe('the routes of the page', () => {
  it.each(['//', '//[', '//p.gif', 'http://other.example/', '*', '/p.gif?%'])(
    'leave %s to the pixel server, which logs it',
    async (url) => {
      expect(await ask(url)).toBe(false);
    },
  );
});
