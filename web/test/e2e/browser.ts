import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Debian's Chromium. `npm test` installs it. */
const CHROMIUM = '/usr/bin/chromium';

/**
 * A real browser without a window, that asks nobody but the hub.
 * @param more arguments of its command line
 */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  if (!existsSync(CHROMIUM)) throw new Error('Chromium is missing. As root: apt-get install chromium');
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

export type Screen = {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about: broken scripts, and whatever the content policy kept out. */
  readonly complaints: readonly string[];
};

/** One screen of the house. */
export async function openScreen(
  browser: Browser,
  look: { readonly width: number; readonly height: number; readonly dark?: boolean } = {
    width: 390,
    height: 844,
  },
): Promise<Screen> {
  const { width, height, dark } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark === true ? 'dark' : 'light',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error' && /Content Security Policy|Refused/.test(line.text()))
      complaints.push(line.text());
  });
  return { context, page, complaints };
}
