/**
 * `node --import tsx bench/panel-first-view.ts [visits]`: how long the panel takes from following a
 * link until the list of runs is on the screen, on the demo's data, with nothing in the browser's
 * cache. Default: 20 visits, after one that warms up the servers.
 */
import { playDemo } from '../panel/test/browser/support/demo.ts';
import { launchChromium } from '../panel/test/browser/support/chromium.ts';
import { createTeardown } from './teardown.ts';

const visits = Number(process.argv[2] ?? 20);

/** In the page: the time, since following the link, of the first frame that shows a run. */
const watchForRuns = `
  globalThis.firstView = new Promise((resolve) => {
    const look = () => {
      const panel = document.querySelector('export-history');
      const run = panel?.shadowRoot?.querySelector('[data-run]');
      if (run) requestAnimationFrame(() => resolve(performance.now()));
      else requestAnimationFrame(look);
    };
    look();
  });`;

const t = createTeardown();
try {
  const { links } = await playDemo(t);
  const browser = await launchChromium();
  t.teardown(() => browser.close());
  const times: number[] = [];
  for (let visit = 0; visit <= visits; visit += 1) {
    const context = await browser.newContext();
    await context.addInitScript(watchForRuns);
    const page = await context.newPage();
    await page.goto(links[visit % links.length] ?? '');
    const ms = await page.evaluate<number>('globalThis.firstView');
    if (visit > 0) times.push(ms);
    await context.close();
  }
  times.sort((one, other) => one - other);
  const at = (share: number): string =>
    `${Math.round(times[Math.floor(share * (times.length - 1))] ?? NaN)} ms`;
  console.log(
    `Chromium ${browser.version()}: first view of the panel, ${visits} visits: ` +
      `median ${at(0.5)}, 95 % ${at(0.95)}, slowest ${at(1)}`,
  );
} finally {
  await t.close();
}
