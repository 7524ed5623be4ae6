/** With a keyboard alone; and with colours that the person chose. */
import type { Page } from 'playwright-core';
import type { Test } from 'tap';

import { violations } from '../support/look.ts';
import { openList } from '../support/panel.ts';
import { picture } from '../support/picture.ts';
import { scenario } from '../support/visit.ts';
import type { PanelWorld } from '../support/world.ts';

export async function handsAndEyes(t: Test, world: PanelWorld): Promise<void> {
  const { hlf, stuck } = world;
  const waiting = await world.runOf(stuck, await world.claimsOf(stuck, 1));
  await world.runIs(waiting, ['retry_wait']);

  await scenario(
    t,
    world,
    'all is done by Tab, Enter and Escape, and the focus comes back to where it was',
    { place: stuck },
    async (t, visit) => {
      const { page, words } = visit;
      await openList(visit);
      await tabTo(page, `[data-run="${waiting}"]`);
      await page.keyboard.press('Enter');
      await page.getByText(waiting, { exact: true }).waitFor();
      t.match(await focus(page), { id: 'heading' }, 'what opened is read from its heading');

      await tabTo(page, '[data-act="cancel"]');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: words.cancelDialog.heading });
      await dialog.waitFor();
      t.match(await focus(page), { isInDialog: true }, 'the focus is in the dialog');
      for (let i = 0; i < 6; i += 1) {
        await page.keyboard.press('Tab');
        t.not((await focus(page)).isOnPage, true, 'and doesn’t get behind it');
      }
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      t.match(await focus(page), { act: 'cancel' }, 'it comes back to the button');
      t.equal((await world.run(waiting)).state, 'retry_wait', 'Escape changes nothing');

      await page.keyboard.press('Enter');
      await tabTo(page, 'dialog [type="submit"]');
      await page.keyboard.press('Enter');
      await page.getByText(words.states.cancelled.meaning).first().waitFor();
      t.not((await focus(page)).isLost, true, 'the button is gone, the focus is not');

      await tabTo(page, 'nav button', 'Shift+Tab');
      await page.keyboard.press('Enter');
      await openList(visit);
      t.match(await focus(page), { run: waiting }, 'back in the list, at the run that was open');
    },
  );

  await scenario(
    t,
    world,
    'where the person chose the colours, nothing is told by ours alone',
    { place: hlf, language: 'en' },
    async (t, visit) => {
      const { page } = visit;
      await openList(visit);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ forcedColors: 'active', colorScheme });
        t.same(await violations(page), [], `forced colours, ${colorScheme}`);
        await picture(page, `list-forced-colours-${colorScheme}`);
      }
    },
  );

  await scenario(
    t,
    world,
    'the appearance that was chosen stays, whatever the device says',
    { place: hlf },
    async (t, visit) => {
      const { page, texts } = visit;
      await openList(visit);
      const ground = () =>
        page.evaluate(() => {
          const panel = document.querySelector('export-history');
          return [document.body, panel]
            .map((one) => (one === null ? '' : getComputedStyle(one).backgroundColor))
            .join(' ');
        });
      const light = await ground();
      await page.getByLabel(texts.theme).selectOption('dark');
      const dark = await ground();
      t.not(dark, light);
      await page.reload();
      await openList(visit);
      t.equal(await ground(), dark, 'after a reload');
      await page.getByLabel(texts.theme).selectOption('light');
      await page.emulateMedia({ colorScheme: 'dark' });
      t.equal(await ground(), light);
    },
  );
}

interface Focus {
  readonly id: string;
  readonly act: string;
  readonly run: string;
  readonly isInDialog: boolean;
  /** On something of the page, outside of the panel's dialog. */
  readonly isOnPage: boolean;
  /** On nothing. */
  readonly isLost: boolean;
}

function focus(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const outer = document.activeElement;
    const inner = outer?.shadowRoot?.activeElement ?? outer;
    const isInDialog = inner !== null && inner.closest('dialog') !== null;
    const isLost = inner === null || inner === document.body;
    return {
      id: inner?.id ?? '',
      act: inner?.getAttribute('data-act') ?? '',
      run: inner?.getAttribute('data-run') ?? '',
      isInDialog,
      // The browser's own buttons come after the last one: the body has the focus then.
      isOnPage: !isInDialog && !isLost,
      isLost,
    };
  });
}

/** Presses Tab until something that the selector names has the focus. */
async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press(key);
    const isThere = await page.evaluate((wanted) => {
      const outer = document.activeElement;
      return (outer?.shadowRoot?.activeElement ?? outer)?.matches(wanted) === true;
    }, selector);
    if (isThere) return;
  }
  throw new Error(`no Tab leads to ${selector}`);
}
