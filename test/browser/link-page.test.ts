import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NEW_CAMPAIGN } from '../../core/campaign.ts';
import { makeLink } from '../../core/links/pixel-link.ts';
import { linkPage } from '../../local/link-page/link-page.ts';
import { type OpenBrowser, openBrowser, overflow, visit } from './browser.ts';

const BASE = 'https://px.example.com';
const HOSTILE = '</script><img src=x onerror=alert(1)>"\'&';
const folder = mkdtempSync(join(tmpdir(), 'clearpixel-links-'));
const file = join(folder, 'links.html');
let opened: OpenBrowser;

beforeAll(async () => {
  const campaigns = [
    { ...NEW_CAMPAIGN, id: 'spring-sale', name: 'Spring sale', medium: 'email' as const },
    { ...NEW_CAMPAIGN, id: 'handbook', name: HOSTILE, medium: 'document' as const },
    { ...NEW_CAMPAIGN, id: 'gone', recording: 'off' as const, medium: 'email' as const },
  ];
  writeFileSync(file, linkPage({ base: BASE, campaigns }));
  opened = await openBrowser();
});
afterAll(async () => {
  await opened?.close();
  rmSync(folder, { recursive: true });
});

const open = (options: Parameters<typeof visit>[2] = {}) =>
  visit(opened.browser, pathToFileURL(file).href, { viewport: { width: 1280, height: 900 }, ...options });
const text = (form: number): string => `.output:nth-child(${form}) code`;

describe('the page of links', () => {
  test('makes the link that the command line makes, and asks no host', async () => {
    const { page, errors, strangers, close } = await open({ offline: true });
    await page.selectOption('#tool', 'listmonk');
    await page.fill('#source', 'newsletter');
    const request = {
      campaign: 'spring-sale',
      medium: 'email',
      source: 'newsletter',
      content: '',
      copyTag: '{{uuidv4}}',
    };
    const { url, snippet } = makeLink(BASE, request);
    expect(await page.locator(text(1)).innerText()).toBe(url);
    expect(await page.locator(text(2)).innerText()).toBe(snippet);
    expect(await page.locator('#tool-says').innerText()).toContain('names nobody');
    expect({ errors, strangers: strangers.filter((host) => host !== '') }).toEqual({
      errors: [],
      strangers: [],
    });
    await close();
  });

  test('shows a hostile name as text, and takes where its campaign is placed', async () => {
    const { page, errors, close } = await open();
    await page.selectOption('#campaign', 'handbook');
    expect(await page.locator('#campaign option:checked').innerText()).toBe(`${HOSTILE} (handbook)`);
    expect(await page.inputValue('#medium')).toBe('document');
    expect(await page.locator('img').count()).toBe(0);
    expect(errors).toEqual([]);
    await close();
  });

  test('refuses what could name a person, with the reason, and makes nothing then', async () => {
    const { page, close } = await open();
    await page.fill('#content', 'ann@example.com');
    expect(await page.locator('#problem-content').innerText()).toContain('looks like an e-mail address');
    expect(await page.locator('#result').isVisible()).toBe(false);
    await page.fill('#content', '');
    await page.selectOption('#campaign', '');
    expect(await page.locator('#problem-other').innerText()).toContain('needs a name');
    await page.fill('#other', 'autumn-sale');
    expect(await page.locator('#note').innerText()).toContain('autumn-sale is not in the registry');
    expect(await page.locator('#result').isVisible()).toBe(true);
    await close();
  });

  test('says how the loads of a campaign will count', async () => {
    const { page, close } = await open();
    expect(await page.locator('#note').innerText()).toContain('nothing tells the copies of this mail apart');
    await page.selectOption('#campaign', 'gone');
    expect(await page.locator('#note').innerText()).toContain('gone is off');
    await close();
  });

  test.each([
    { width: 1280, colorScheme: 'light' as const },
    { width: 390, colorScheme: 'dark' as const },
  ])('fits $width px, $colorScheme, and every control has its label', async ({ width, colorScheme }) => {
    const { page, close } = await open({ viewport: { width, height: 844 }, colorScheme });
    expect(await overflow(page)).toBe(0);
    for (const name of ['Campaign', 'Where', 'Source', 'Content', 'Mail tool', 'Banner shows'])
      expect(await page.getByLabel(name, { exact: true }).count(), name).toBe(1);
    await close();
  });
});
