/**
 * `node --import tsx panel/test/pictures.ts`: takes the README's pictures anew, of the demo's data.
 */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

import { createTeardown } from '../../bench/teardown.ts';
import { wordsOf } from '../src/words/words.ts';
import { launchChromium } from './browser/support/chromium.ts';
import { playDemo } from './browser/support/demo.ts';

const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
const words = wordsOf('en');
const size = { width: 960, height: 700 };
/** Of the runs in the demo's list, newest first: the one whose answer was lost. */
const LOST_ANSWER = 2;

const t = createTeardown();
try {
  await mkdir(folder, { recursive: true });
  const [link = ''] = (await playDemo(t)).links;
  const browser = await launchChromium();
  t.teardown(() => browser.close());

  await take('panel-list', await open(browser, link, {}));

  const page = await open(browser, link, { colorScheme: 'dark' });
  await page.locator('export-history [data-run]').nth(LOST_ANSWER).click();
  await page.getByRole('heading', { name: words.run.timelineHeading }).waitFor();
  await take('panel-run', page);
} finally {
  await t.close();
}

async function open(browser: Browser, link: string, options: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage({
    locale: 'en-GB',
    reducedMotion: 'reduce',
    viewport: size,
    ...options,
  });
  await page.goto(link);
  await page.locator('export-history [data-run]').first().waitFor();
  return page;
}

/** The panel from its top, as much as fits. */
async function take(name: string, page: Page): Promise<void> {
  const box = await page.locator('export-history').boundingBox();
  if (box === null) throw new Error('the panel is not to be seen');
  const clip = { ...box, height: Math.min(box.height, size.height) };
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true, clip });
}
