import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { campaignRow, type GivenRows, IMPORTED, NOTHING_AT_ALL, TINY } from '../unit/report/given-rows.ts';
import { type OpenBrowser, openBrowser, overflow, visit } from './browser.ts';
import { type PageServer, servePage } from './page-server.ts';

const AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const ODD_NAMES: GivenRows = {
  '2026-11-16': {
    campaigns: [
      campaignRow('x'.repeat(64), 'email', 'message', { direct: 1_234_567, regardless: 2_345_678 }),
      campaignRow('<script>alert(1)</script>', 'page', 'visitor', { direct: 70 }),
      campaignRow(`small-${'y'.repeat(58)}`, 'page', 'visitor', { direct: 1 }),
    ],
  },
};

let opened: OpenBrowser;
let server: PageServer;

beforeAll(async () => {
  [opened, server] = await Promise.all([openBrowser(), servePage()]);
});
afterAll(() => Promise.all([opened?.close(), server?.close()]));

const open = (options: Parameters<typeof visit>[2] = {}) =>
  visit(opened.browser, server.url, { userAgent: AGENT, viewport: { width: 1280, height: 900 }, ...options });

test('opens without an error and asks no other host', async () => {
  const { page, errors, strangers, close } = await open();
  await page.locator('#link-snippet', { hasText: '<img' }).waitFor();
  expect({ errors, strangers }).toEqual({ errors: [], strangers: [] });
  await close();
});

test('shows the truth beside each number', async () => {
  const { page, close } = await open();
  expect(await page.locator('.badge').innerText()).toBe('truth 15\u202f597, inside');
  expect(await page.locator('.campaigns tbody:first-of-type .bar s').count()).toBe(5);
  const partner = page.locator('.campaigns tr', { hasText: 'partner-note' });
  expect(await partner.locator('.miss').innerText()).toBe('63 above');
  expect(await page.locator('.labels').innerText()).toContain('disguised scanner');
  await close();
});

describe.each([
  { width: 1280, colorScheme: 'light' as const },
  { width: 1280, colorScheme: 'dark' as const },
  { width: 390, colorScheme: 'light' as const },
  { width: 390, colorScheme: 'dark' as const },
])('at $width px, $colorScheme', ({ width, colorScheme }) => {
  test('fits, and text stands out from its ground', async () => {
    const { page, close } = await open({ viewport: { width, height: 844 }, colorScheme });
    expect(await overflow(page)).toBe(0);
    const contrasts = await page.evaluate(CONTRASTS);
    expect(contrasts).toEqual([]);
    await close();
  });
});

test.each([
  { name: 'tiny numbers', given: TINY },
  { name: 'imported logs', given: IMPORTED },
  { name: 'nothing at all', given: NOTHING_AT_ALL },
  { name: 'names as long and as odd as can be', given: ODD_NAMES },
])('holds $name on a phone', async ({ given }) => {
  const own = await servePage(given, null);
  const { page, errors, close } = await visit(opened.browser, own.url, {
    viewport: { width: 390, height: 844 },
  });
  expect([await overflow(page), errors]).toEqual([0, []]);
  await close();
  await own.close();
});

test('leads to the week before and back', async () => {
  const { page, close } = await open();
  await page.click('text=Earlier: 9–15 Nov 2026');
  expect(await page.locator('#headline').innerText()).toBe('Displays, 9–15 Nov 2026');
  await page.click('text=Later: 16–22 Nov 2026');
  expect(await page.locator('#headline').innerText()).toBe('Displays, 16–22 Nov 2026');
  await close();
});

test('shows the own load within seconds, with its label and the reason', async () => {
  const { page, errors, close } = await open();
  await page.click('#load-own');
  const first = page.locator('#feed li').first();
  await first.waitFor({ timeout: 5000 });
  expect(await first.innerText()).toMatch(/likely human[\s\S]*confidence[\s\S]*because:/);
  await first.locator('summary').click();
  expect(await first.locator('pre').innerText()).toContain('What cannot be known');
  expect(errors).toEqual([]);
  await close();
});

test.each([
  { persona: 'gmail', says: /Gmail[\s\S]*proxied · at display/ },
  { persona: 'apple', says: /Apple[\s\S]*proxied · regardless/ },
  { persona: 'scanner', says: /Barracuda[\s\S]*automated · scanner/ },
  { persona: 'opt-out', says: /Opted out \(Sec-GPC\)[\s\S]*not labelled/ },
])('labels a load as $persona', async ({ persona, says }) => {
  const { page, close } = await open();
  await page.locator('#feed').waitFor({ state: 'attached' });
  await page.click(`[data-persona=${persona}]`);
  await page.locator('#feed li').filter({ hasText: says }).first().waitFor({ timeout: 5000 });
  await close();
});

test('makes a link, and refuses an address with the reason', async () => {
  const { page, errors, close } = await open();
  await page.selectOption('#link-medium', 'page');
  await page.fill('#link-copyTag', '');
  await page.locator('#link-url', { hasText: /utm_medium=page&utm_source=newsletter$/ }).waitFor();
  await page.fill('#link-content', 'ann@example.com');
  await page.locator('#problem-content', { hasText: 'looks like an e-mail address' }).waitFor();
  expect(await page.locator('#link-result').isVisible()).toBe(false);
  expect(await page.locator('#link-content').getAttribute('aria-invalid')).toBe('true');
  expect(errors).toEqual([]);
  await close();
});

test('warns of a campaign that is not registered', async () => {
  const { page, close } = await open();
  await page.fill('#link-campaign', 'summer');
  await page.locator('#link-note', { hasText: 'not registered yet' }).waitFor();
  await close();
});

test('names every control, table heading and part of the page', async () => {
  const { page, close } = await open();
  expect(await page.evaluate(NAMELESS)).toEqual([]);
  expect(await page.locator('#feed').getAttribute('aria-live')).toBe('polite');
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await close();
});

test('refuses loads that another site asks for', async () => {
  const answer = await fetch(`${server.url}api/load?as=gmail`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'cross-site' },
  });
  expect([answer.status, await answer.json()]).toEqual([
    403,
    { problem: 'loads are made by this page only' },
  ]);
});

test('names the rule for a period that is none', async () => {
  const answer = await fetch(`${server.url}?period=soon`);
  expect([answer.status, await answer.text()]).toEqual([
    400,
    expect.stringContaining('a period is a week (2026-W47)'),
  ]);
});

/** Run in the page: texts whose contrast to what lies behind them is below 4.5 (WCAG 2, AA). */
const CONTRASTS = `(() => {
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((value) => value / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const style = getComputedStyle(node);
    if (!walker.currentNode.textContent.trim() || node.closest('script, .hidden, .sign')) continue;
    if (node.getClientRects().length === 0) continue;
    const front = node.closest('svg') ? style.fill : style.color;
    const [a, b] = [light(channels(front)), light(ground(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) weak.push(node.textContent.trim().slice(0, 40) + ' ' + ratio.toFixed(2));
  }
  return weak;
})()`;

/** Run in the page: controls without a name, tables without headings, sections without a title. */
const NAMELESS = `(() => {
  const outer = (node) => node.outerHTML.slice(0, 80);
  const controls = [...document.querySelectorAll('input, select, button')].filter(
    (node) => !node.textContent.trim() && !(node.labels && node.labels.length > 0));
  const tables = [...document.querySelectorAll('table')].filter((node) => !node.querySelector('thead th[scope=col]'));
  const sections = [...document.querySelectorAll('section')].filter(
    (node) => !document.getElementById(node.getAttribute('aria-labelledby') ?? ''));
  const ids = [...document.querySelectorAll('[id]')].filter((node, index, all) => all.findIndex(({ id }) => id === node.id) < index);
  return [...controls, ...tables, ...sections, ...ids].map(outer);
})()`;
