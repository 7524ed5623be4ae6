/**
 * `node --import tsx panel/test/pictures.ts`: takes the README's pictures anew, of the demo's data.
 */
import { fileURLToPath } from 'node:url';

import { createTeardown } from '../../bench/teardown.ts';
import { wordsOf } from '../src/words/words.ts';
import { launchChromium } from './browser/support/chromium.ts';
import { playDemo } from './browser/support/demo.ts';

const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
const words = wordsOf('en');

const t = createTeardown();
try {
  const [link = ''] = (await playDemo(t)).links;
  const browser = await launchChromium();
  t.teardown(() => browser.close());
  const options = { locale: 'en-GB', reducedMotion: 'reduce' } as const;

  const wide = await browser.newPage({ ...options, viewport: { width: 1000, height: 900 } });
  await wide.goto(link);
  const panel = wide.locator('export-history');
  await panel.locator('[data-run]').first().waitFor();
  await panel.screenshot({ path: `${folder}/panel-list.png` });

  // The run that met a 429, in the dark on a phone's width of a page.
  const narrow = await browser.newPage({
    ...options,
    colorScheme: 'dark',
    viewport: { width: 1000, height: 900 },
  });
  await narrow.goto(link);
  const runs = narrow.locator('export-history [data-run]');
  await runs.last().click();
  await narrow.getByText(words.run.timelineHeading).waitFor();
  const heading = narrow.locator('export-history');
  const box = await heading.boundingBox();
  await heading.scrollIntoViewIfNeeded();
  await narrow.screenshot({
    path: `${folder}/panel-run.png`,
    fullPage: true,
    clip: { x: box?.x ?? 0, y: box?.y ?? 0, width: box?.width ?? 1000, height: 900 },
  });
} finally {
  await t.close();
}
