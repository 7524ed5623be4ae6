/** What a driver is told when there is nothing to acknowledge, or nothing to do it with. */
import type { Route } from 'playwright-core';
import type { Test } from 'tap';

import { declarationTexts } from '../../../page/declaration-texts.ts';
import { wordsOf } from '../../../src/declaration/words/words.ts';
import { callAs, placeWithDrivers, publish, today } from '../support/driving.ts';
import { look } from '../support/look.ts';
import { linkFor, scenario, type Visit } from '../support/visit.ts';
import type { PanelWorld } from '../support/world.ts';

const file = 'declaration.html';
const words = wordsOf('nb');
const BODY = 'En tekst som organisasjonen har laget.\n\nMed to avsnitt.';

export async function declarationTrouble(t: Test, world: PanelWorld): Promise<void> {
  const { empty } = world;
  const api = `${world.api.url}/**`;
  const place = await placeWithDrivers(world, 'TRAFIK');
  await publish(world, place, { body: BODY, validFrom: today() });
  const driver = { place, role: 'driver', subject: 'sjåfør-4', file };
  const record = () =>
    callAs(world, place, 'auditor', 'revisor', 'declaration_record', {
      p_driver_id: driver.subject,
      p_from: null,
      p_to: null,
    });
  const fill = async ({ page }: Pick<Visit, 'page'>): Promise<void> => {
    await page.getByLabel(words.form.tick).check();
    await page.getByRole('button', { name: words.form.submit, exact: true }).click();
  };

  await scenario(
    t,
    world,
    'where no version is in force, that is said',
    { ...driver, place: empty },
    async (t, visit) => {
      await visit.page.getByText(words.none.name).waitFor();
      await look(t, visit, 'declaration-none');
    },
  );

  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await scenario(
    t,
    world,
    'while the text is awaited, its place is kept',
    {
      ...driver,
      before: ({ page }) => page.route(api, (route) => held.then(() => route.continue())),
    },
    async (t, visit) => {
      await visit.page.getByText(words.loading).waitFor({ state: 'attached' });
      await look(t, visit, 'declaration-loading');
      release();
      await visit.page.getByLabel(words.form.tick).waitFor();
    },
  );

  await scenario(
    t,
    world,
    'who is no driver is told so',
    { ...driver, role: 'coordinator', hasFailingRequests: true },
    async (t, visit) => {
      await visit.page.getByRole('alert').getByText(words.problems.forbidden.name).waitFor();
      await look(t, visit, 'declaration-forbidden');
    },
  );

  const named = await placeWithDrivers(world, 'NAVN');
  await publish(world, named, { body: 'Jeg, {{driver_name}}, lover.', validFrom: today() });
  await scenario(
    t,
    world,
    'a driver whose name nobody told is told whom to ask',
    { ...driver, place: named, hasFailingRequests: true },
    async (t, visit) => {
      await visit.page.getByRole('alert').getByText(words.problems.nameUnknown.name).waitFor();
      await look(t, visit, 'declaration-nameless');
    },
  );

  await scenario(
    t,
    world,
    'a text that was changed on the screen, as translating it does, is not acknowledged',
    { ...driver, hasFailingRequests: true },
    async (t, visit) => {
      const { page } = visit;
      const text = page.locator('.text');
      t.equal(
        await text.textContent(),
        BODY,
        'the element’s text is the content, letter for letter',
      );
      t.equal(await text.getAttribute('translate'), 'no');
      await page.getByLabel(words.form.tick).check();
      await text
        .locator('p')
        .last()
        .evaluate((paragraph) => (paragraph.textContent = 'With two.'));
      const sent: string[] = [];
      page.on('request', (request) => sent.push(request.url()));
      await page.getByRole('button', { name: words.form.submit, exact: true }).click();
      await page.getByRole('alert').getByText(words.problems.different.name).waitFor();
      t.same(sent, [], 'nothing was sent');
      t.equal(
        await page.getByLabel(words.form.tick).count(),
        0,
        'it can’t be tried again like this',
      );
      await look(t, visit, 'declaration-altered');
      await page.route(api, refuse);
      await page.getByRole('button', { name: words.fetchAgain }).click();
      await page.getByRole('alert').getByText(words.problems.unreachable.name).waitFor();
      await page.unroute(api, refuse);
      await page.getByRole('button', { name: words.tryAgain }).click();
      await page.getByLabel(words.form.tick).waitFor();
      t.equal(await text.textContent(), BODY);
    },
  );

  await scenario(
    t,
    world,
    'a text that isn’t what its hash says is not even offered; nor one that can’t be checked',
    {
      ...driver,
      before: ({ page }) =>
        page.route(`${world.api.url}/rpc/current_declaration*`, async (route) => {
          const answer = await route.fetch();
          const [row] = (await answer.json()) as [object];
          await route.fulfill({ response: answer, json: [{ ...row, content: 'En annen.' }] });
        }),
    },
    async (t, { page }) => {
      await page.getByRole('alert').getByText(words.problems.different.name).waitFor();
      t.equal(await page.getByRole('button', { name: words.form.submit, exact: true }).count(), 0);
      await page.unrouteAll();
      await page.addInitScript(() => Object.defineProperty(crypto, 'subtle', { value: undefined }));
      await page.reload();
      await page.getByRole('alert').getByText(words.problems.insecure.name).waitFor();
      t.equal(await page.getByRole('button', { name: words.form.submit, exact: true }).count(), 0);
    },
  );

  await scenario(
    t,
    world,
    'a session that is over from the start is told with how to sign in, and a new link goes on',
    { ...driver, expiresIn: -3600, hasFailingRequests: true },
    async (t, visit) => {
      const { page } = visit;
      await page.getByRole('heading', { name: declarationTexts.nb.expired_title }).waitFor();
      await look(t, visit, 'declaration-session-over');
      const link = new URL(await linkFor(world, driver));
      await page.evaluate((hash) => (location.hash = hash), link.hash);
      await page.getByLabel(words.form.tick).waitFor();
      t.notOk(
        await page.getByRole('heading', { name: declarationTexts.nb.expired_title }).isVisible(),
      );
    },
  );

  await scenario(
    t,
    world,
    'an API that is away is told with what to do, and asked again by a button',
    { ...driver, hasFailingRequests: true, before: ({ page }) => page.route(api, refuse) },
    async (t, visit) => {
      const { page } = visit;
      await page.getByText(words.problems.unreachable.name).waitFor();
      await look(t, visit, 'declaration-api-away');
      await page.unroute(api, refuse);
      await page.getByRole('button', { name: words.tryAgain }).click();
      await page.getByLabel(words.form.tick).waitFor();
    },
  );

  await scenario(
    t,
    world,
    'without a network what is filled in stays; an answer that got lost is no second acknowledgement',
    { ...driver, hasFailingRequests: true },
    async (t, visit) => {
      const { page, context } = visit;
      await page.getByLabel(words.form.tick).waitFor();
      await context.setOffline(true);
      await fill(visit);
      await page.getByRole('alert').getByText(words.problems.offline.meaning).waitFor();
      await look(t, visit, 'declaration-offline');
      t.ok(await page.getByLabel(words.form.tick).isChecked(), 'the tick stays');
      await context.setOffline(false);
      t.same(await record(), []);

      const path = `${world.api.url}/rpc/acknowledge_declaration`;
      await page.route(path, async (route) => {
        await route.fetch();
        await route.abort('connectionreset');
      });
      await page.getByRole('button', { name: words.form.submit, exact: true }).click();
      await page.getByRole('alert').getByText(words.problems.unreachable.name).waitFor();
      t.match(await record(), [{ act: 'acknowledged' }], 'it had arrived');
      await page.unroute(path);
      await page.getByRole('button', { name: words.form.submit, exact: true }).click();
      await page.getByRole('heading', { name: words.receipt.heading }).waitFor();
      t.equal((await record()).length, 1, 'and is there once');
    },
  );
}

function refuse(route: Route): Promise<void> {
  return route.abort('connectionrefused');
}
