/** What is shown when there is nothing to show, or nothing to show it with. */
import type { Route } from 'playwright-core';
import type { Test } from 'tap';

import { look } from '../support/look.ts';
import { openList } from '../support/panel.ts';
import { linkFor, scenario } from '../support/visit.ts';
import type { PanelWorld } from '../support/world.ts';

export async function troubles(t: Test, world: PanelWorld): Promise<void> {
  const { hlf, empty } = world;
  const api = `${world.api.url}/**`;
  const runId = await world.runOf(hlf, await world.claimsOf(hlf, 1));
  await world.runIs(runId, ['exported']);

  await scenario(
    t,
    world,
    'who has exported nothing yet is told what will be here',
    { place: empty },
    async (t, visit) => {
      await visit.page.getByText(visit.words.list.emptyText).waitFor();
      await look(t, visit, 'list-empty');
    },
  );

  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await scenario(
    t,
    world,
    'while the first answer is awaited, its place is kept, and nothing moves for those who mind',
    {
      place: hlf,
      before: async ({ page }) => {
        await page.route(api, (route) => held.then(() => route.continue()));
      },
    },
    async (t, visit) => {
      const { page, words } = visit;
      await page.getByText(words.list.loading).waitFor({ state: 'attached' });
      await look(t, visit, 'list-loading');
      const moving = await page.evaluate(
        () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
      );
      t.equal(moving, 0, 'no animation under prefers-reduced-motion');
      release();
      await openList(visit);
    },
  );

  await scenario(
    t,
    world,
    'without a network it says so, keeps what it has, and goes on when the network is back',
    { place: hlf, hasFailingRequests: true },
    async (t, visit) => {
      const { page, words, context } = visit;
      await openList(visit);
      await context.setOffline(true);
      await page.getByText(words.offline.name, { exact: true }).waitFor();
      await openList(visit);
      await look(t, visit, 'offline');
      const runs = page.locator('export-history [data-run]');
      const before = await runs.count();
      const later = await world.runOf(hlf, await world.claimsOf(hlf, 1));
      t.equal(await runs.count(), before);
      await context.setOffline(false);
      await page.locator(`export-history [data-run="${later}"]`).waitFor();
      await page.getByText(words.offline.name, { exact: true }).waitFor({ state: 'hidden' });
    },
  );

  await scenario(
    t,
    world,
    'an API that is away is told with what to do, and asked again by a button',
    {
      place: hlf,
      hasFailingRequests: true,
      before: async ({ page }) => {
        await page.route(api, refuse);
      },
    },
    async (t, visit) => {
      const { page, words } = visit;
      await page.getByText(words.problems.unreachable.name).waitFor();
      await look(t, visit, 'api-away');
      await page.unroute(api, refuse);
      await page.getByRole('button', { name: words.tryAgain }).click();
      await openList(visit);
      t.equal(await page.getByText(words.problems.unreachable.name).count(), 0);
    },
  );

  await scenario(
    t,
    world,
    'a user of no organisation here is told so, and by whom it is mended',
    {
      place: { id: '00000000-0000-4000-8000-0000000000ff', prefix: 'NONE' },
      hasFailingRequests: true,
      claims: await world.claimsOf(hlf, 1),
    },
    async (t, visit) => {
      const { page, words, texts } = visit;
      await page.getByLabel(texts.send_all).check();
      await page.getByRole('button', { name: texts.send_button }).click();
      const dialog = page.getByRole('dialog', { name: words.send.heading });
      await dialog.getByText(words.problems.noOrganisation.name).waitFor();
      await look(t, visit, 'forbidden');
    },
  );

  await scenario(
    t,
    world,
    'a session that is over from the start is told with how to sign in, and a new link goes on',
    { place: hlf, expiresIn: -3600, hasFailingRequests: true },
    async (t, visit) => {
      const { page, texts } = visit;
      await page.getByText(texts.expired_title).waitFor();
      await look(t, visit, 'session-over');
      const link = new URL(await linkFor(world, { place: hlf }));
      await page.evaluate((hash) => (location.hash = hash), link.hash);
      await openList(visit);
      await page.getByText(texts.expired_title).waitFor({ state: 'hidden' });
      await page.reload();
      await openList(visit);
      t.notMatch(page.url(), /#./, 'the session outlives a reload, without the address');
    },
  );

  await scenario(
    t,
    world,
    'who signs out is signed out, and is told how to come back',
    { place: hlf },
    async (t, visit) => {
      const { page, texts } = visit;
      await openList(visit);
      await page.getByRole('button', { name: texts.sign_out }).click();
      await page.getByRole('heading', { name: texts.signed_out_title }).waitFor();
      t.equal(await page.evaluate(() => sessionStorage.length), 0, 'nothing is left');
      await look(t, visit, 'signed-out');
    },
  );
}

function refuse(route: Route): Promise<void> {
  return route.abort('connectionrefused');
}
