import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { whyNoSandbox } from '../../scripts/lib/launch.mjs';
import { findChromium } from '../../scripts/lib/system.mjs';
import { serveFolder } from './serve-folder.ts';

/** The project's root folder. */
export const root = resolve(import.meta.dirname, '../..');

/** Where a look at the running page is kept for people, out of version control. */
export const screenshots = join(root, 'out/screenshots');
mkdirSync(screenshots, { recursive: true });

const executablePath = findChromium();

/**
 * Why the web suite cannot run here, or nothing where it can:
 * `describe.skipIf(noBrowser)(…)`, with this sentence in the suite's name.
 */
export const noBrowser = executablePath
  ? undefined
  : 'skipped: there is no Chromium or Chrome on this system';

export interface Web {
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** The page's address, with a slash at its end. */
  url: string;
  close(): Promise<void>;
}

/** Opens the built web page in the system's Chromium, served as a static host would serve it. */
export async function launch(
  options: {
    args?: readonly string[];
    folder?: string;
    /** What the server sends with every file; by default what isolates the page. */
    headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<Web> {
  const server = await serveFolder(options.folder ?? join(root, 'out/web'), options.headers);
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...(whyNoSandbox() ? ['--no-sandbox'] : []),
      '--headless=new',
      '--disable-background-networking',
      '--no-first-run',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      ...(options.args ?? []),
    ],
  });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await page.goto(server.url);
    return { browser, context, page, url: server.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
