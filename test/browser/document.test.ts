import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../../core/config.ts';
import { homeAt } from '../../local/home.ts';
import { startLiveServer } from '../../local/live-server.ts';
import { EXAMPLE_ASSETS, EXAMPLE_DOCUMENT } from '../../local/page/example-document.ts';
import type { PixelServer } from '../../local/pixel-server.ts';
import { registerCampaigns } from '../../local/registry-files.ts';
import { type OpenBrowser, openBrowser, overflow, visit } from './browser.ts';

/** A headless browser says so, and would be left out as automated. */
const AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';

const folder = mkdtempSync(join(tmpdir(), 'clearpixel-document-'));
let opened: OpenBrowser;
let server: PixelServer;

beforeAll(async () => {
  const home = homeAt(folder);
  mkdirSync(home.registry, { recursive: true });
  registerCampaigns(home, [EXAMPLE_DOCUMENT]);
  const terminal = { json: false, print: () => {}, warn: () => {}, progress: () => {} };
  [opened, server] = await Promise.all([
    openBrowser(),
    startLiveServer({
      home,
      config: { ...parseConfig({}), assets: EXAMPLE_ASSETS },
      port: 0,
      host: '127.0.0.1',
      terminal,
    }),
  ]);
});
afterAll(async () => {
  await Promise.all([opened?.close(), server?.close()]);
  rmSync(folder, { recursive: true });
});

/** Opens the document under a token, answers its question, and gives the addresses of the images it loaded. */
async function read(token: string, answer: string): Promise<readonly URL[]> {
  const { page, errors, strangers, close } = await visit(opened.browser, `${server.url}/document#${token}`, {
    userAgent: AGENT,
    viewport: { width: 390, height: 844 },
  });
  const asked: URL[] = [];
  page.on('request', (request) => asked.push(new URL(request.url())));
  expect(asked).toEqual([]);
  await page.getByRole('button', { name: answer }).click();
  const last = page.getByRole('img', { name: 'Page 3' });
  await last.scrollIntoViewIfNeeded();
  await expect.poll(() => last.evaluate((image: { naturalWidth: number }) => image.naturalWidth)).toBe(800);
  expect(await overflow(page)).toBe(0);
  expect({ errors, strangers }).toEqual({ errors: [], strangers: [] });
  await close();
  return asked;
}

test('a reader who agrees has a row, with the loads of pixel and pages; one who does not has none', async () => {
  const agreed = await read('reader-who-agrees', 'I agree');
  expect(agreed.map(({ pathname }) => pathname).sort()).toEqual([
    '/a/page-1.svg',
    '/a/page-2.svg',
    '/a/page-3.svg',
    '/p.gif',
  ]);
  expect(agreed.map(({ searchParams }) => searchParams.get('rid'))).toEqual(
    Array(4).fill('reader-who-agrees'),
  );

  const refused = await read('reader-who-does-not', 'No, count me');
  expect(refused).toHaveLength(4);
  expect(refused.filter(({ search }) => /rid|consent|reader/.test(search))).toEqual([]);

  const { page, errors, close } = await visit(opened.browser, `${server.url}/`, {
    viewport: { width: 1280, height: 900 },
  });
  const rows = page.locator('#access tbody tr');
  await expect.poll(() => rows.allInnerTexts(), { timeout: 15_000 }).toHaveLength(1);
  expect(await rows.first().locator('td').first().innerText()).toBe('reader-w…');
  await expect.poll(() => rows.first().locator('td').last().innerText(), { timeout: 15_000 }).toBe('4');
  expect(errors).toEqual([]);
  await close();
});
