/** Finding an export again; and what somebody else finds of it. */
import type { Test } from 'tap';

import { look } from '../support/look.ts';
import { openList, openRun } from '../support/panel.ts';
import { scenario, type Visit } from '../support/visit.ts';
import type { PanelWorld } from '../support/world.ts';

export async function searching(t: Test, world: PanelWorld): Promise<void> {
  const { hlf, blindeforbundet } = world;
  const claims = await world.claimsOf(hlf, 2);
  const runId = await world.runOf(hlf, claims, 'ola');
  await world.runIs(runId, ['exported']);
  const reference = claims[0]?.reference ?? '';
  const { rows } = await world.database.pool.query<{ external_id: string }>(
    'select external_id from api.export_claims where run_id = $1 and claim_id = $2',
    [runId, claims[0]?.id],
  );
  const voucher = rows[0]?.external_id.replace(/^\w+:/, '') ?? '';

  await scenario(
    t,
    world,
    'an export is found by a claim’s reference, its voucher number, the run’s id and the day',
    { place: hlf },
    async (t, visit) => {
      const { page, words } = visit;
      await openList(visit);
      const found = page.locator(`export-history [data-run="${runId}"]`);

      await search(visit, reference.toLowerCase());
      await page.getByText(words.search.found(1), { exact: true }).first().waitFor();
      await found.waitFor();
      await look(t, visit, 'search-found');
      t.not(voucher, '', 'there is a voucher to look for');
      await search(visit, voucher);
      await page.getByText(words.search.resultsFor(voucher)).waitFor();
      await found.first().waitFor();
      await search(visit, 'i dag');
      await found.first().waitFor();
      await search(visit, '1.2.2020');
      await page.getByText(words.search.none).first().waitFor();
      t.equal(await found.count(), 0, 'nothing was exported then');
      await look(t, visit, 'search-none');
      await search(visit, runId);
      await page.getByText(runId, { exact: true }).waitFor();
      await page.getByText('ola', { exact: true }).first().waitFor();
    },
  );

  await scenario(
    t,
    world,
    'a second organisation sees nothing of it, by whatever it is looked for',
    { place: blindeforbundet },
    async (t, visit) => {
      const { page, words } = visit;
      const asked: string[] = [];
      page.on('response', (answer) => {
        void answer.text().then(
          (text) => asked.push(text),
          () => undefined,
        );
      });
      for (const term of [reference, voucher, runId]) {
        await search(visit, term);
        await page
          .getByText(words.search.none)
          .or(page.getByText(words.run.notFound))
          .first()
          .waitFor();
      }
      await page.locator('export-history').evaluate((panel, id) => {
        panel.setAttribute('run-id', id);
      }, runId);
      await page.getByText(words.run.notFound).waitFor();
      await look(t, visit, 'run-not-found');
      const told = asked.join('\n');
      t.ok(asked.length > 3, 'the API was asked');
      t.notOk(told.includes(runId) || told.includes(reference), 'and didn’t tell');
    },
  );

  await scenario(
    t,
    world,
    'an auditor reads everything, and is offered nothing to change',
    { place: hlf, role: 'auditor', subject: 'eva', claims },
    async (t, visit) => {
      const { page, words, texts } = visit;
      await openRun(visit, runId);
      await page.getByText(words.acts.readOnly).waitFor();
      for (const act of ['reconcile', 'resolve', 'cancel', 'confirm', 'void', 'flag'] as const) {
        t.equal(await page.getByRole('button', { name: words.acts[act] }).count(), 0, act);
      }
      t.equal(await page.getByRole('button', { name: texts.send_button }).count(), 0);
      await page.getByRole('table', { name: words.run.claimsCaption }).waitFor();
      await look(t, visit, 'run-auditor');
    },
  );
}

async function search({ page, words }: Visit, term: string): Promise<void> {
  await page.getByRole('searchbox', { name: words.search.label }).fill(term);
  await page.getByRole('button', { name: words.search.submit, exact: true }).click();
}
