/** Opens a real Chromium: CHROME_PATH where given, else the one that comes by npm (Linux x64). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface OpenBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<OpenBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'clearpixel-browser-'));
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: [...ARGUMENTS, `--disk-cache-dir=${profile}`],
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function chromiumPath(): Promise<string> {
  const own = process.env['CHROME_PATH'];
  if (own !== undefined) return own;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('set CHROME_PATH to an installed Chromium; the one from npm runs on Linux x64 only');
  }
  // The package unpacks its shared libraries only where it believes to run in Lambda, and decides on import.
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs24.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

export interface Visit {
  readonly page: Page;
  /** Console errors and exceptions of the page. */
  readonly errors: readonly string[];
  /** Hosts that the page asked, without its own. */
  readonly strangers: readonly string[];
  close(): Promise<void>;
}

/** Opens an address and watches what goes wrong and where the page reaches. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    const target = new URL(request.url());
    if (target.protocol !== 'data:' && target.host !== new URL(url).host) strangers.push(target.host);
  });
  await page.goto(url);
  return { page, errors, strangers, close: () => context.close() };
}

/** By how many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
