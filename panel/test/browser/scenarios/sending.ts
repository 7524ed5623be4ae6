/** Asking for an export, and watching what becomes of it. */
import type { Test } from 'tap';

import { look } from '../support/look.ts';
import { clock, day, openList, openRun, pollFast } from '../support/panel.ts';
import { scenario } from '../support/visit.ts';
import type { PanelWorld } from '../support/world.ts';

export async function sending(t: Test, world: PanelWorld): Promise<void> {
  const { hlf } = world;
  const delivered = await world.claimsOf(hlf, 3);
  const earlier = await world.runOf(hlf, delivered, 'ola');
  await world.runIs(earlier, ['exported']);
  const fresh = await world.claimsOf(hlf, 9);
  const effects = (claims: readonly { reference: string }[]) =>
    claims.map(({ reference }) => hlf.effects(reference));

  await scenario(
    t,
    world,
    'a coordinator exports, is warned of what was exported before, and sees it delivered',
    { place: hlf, claims: [...delivered, ...fresh] },
    async (t, visit) => {
      const { page, words, texts } = visit;
      await openList(visit);
      t.notMatch(page.url(), /#|token/, 'the token is not in the address');
      await look(t, visit, 'list');

      await page.getByLabel(texts.send_all).check();
      await page.getByRole('button', { name: texts.send_button }).click();
      const dialog = page.getByRole('dialog', { name: words.send.heading });
      const today = day(new Date(), 'nb');
      await dialog.getByText(`3 av 12 ble eksportert allerede ${today}`).first().waitFor();
      await look(t, visit, 'send-dialog');
      await dialog.getByRole('button', { name: words.send.send(9) }).click();

      await pollFast(page);
      await page.getByText(words.states.exported.meaning).first().waitFor();
      t.same(effects(fresh), Array(9).fill(1), 'each is in the ledger once');
      t.same(effects(delivered), Array(3).fill(1), 'and what was there is not there again');
      t.equal(await page.getByRole('checkbox').count(), 0, 'what was sent is not offered again');
      const table = page.getByRole('table', { name: words.run.claimsCaption });
      const { external_id, requested_at } = await runOf(world, fresh[0]?.id ?? '');
      const number = external_id.replace(/^\w+:/, '');
      await table.getByText(number, { exact: true }).first().waitFor();
      const amounts = table.getByRole('cell', { name: /^150,50\skr$/ });
      t.equal(await amounts.count(), 9, 'each claim’s amount');
      await page
        .getByText(/1\s354,50\skr/)
        .first()
        .waitFor();
      await page
        .getByRole('heading', { name: new RegExp(clock(requested_at)) })
        .waitFor({ timeout: 5_000 });
      await look(t, visit, 'run-delivered');
    },
  );

  await scenario(
    t,
    world,
    'asked for again, what was delivered is held back, and nothing can be sent',
    { place: hlf, claims: delivered, language: 'en' },
    async (t, visit) => {
      const { page, words, texts } = visit;
      await openList(visit);
      const typed = page.getByLabel(texts.send_more_hint);
      await page.getByText(texts.send_more, { exact: true }).click();
      await typed.fill('HLF-2026-00123');
      await page.getByRole('button', { name: texts.send_button }).click();
      await page.getByRole('alert').getByText('hlf-2026-00123').waitFor();
      t.ok(await typed.evaluate((field) => field === document.activeElement), 'it has the focus');
      await typed.fill(delivered.map(({ id }) => id).join('\n'));
      await page.getByRole('button', { name: texts.send_button }).click();
      const dialog = page.getByRole('dialog', { name: words.send.heading });
      const today = day(new Date(), 'en');
      await dialog.getByText(`3 of 3 were already exported on ${today}`).first().waitFor();
      await look(t, visit, 'send-dialog-none');
      t.equal(await dialog.getByRole('button', { name: /^Send/ }).count(), 0);
      await page.keyboard.press('Escape');
      t.equal(await typed.inputValue(), delivered.map(({ id }) => id).join('\n'), 'it stays');
    },
  );

  await scenario(
    t,
    world,
    'an export that accounting asks to wait is seen waiting, and goes on by itself',
    { place: hlf, claims: await world.claimsOf(hlf, 2) },
    async (t, visit) => {
      const { page, words, texts } = visit;
      hlf.faults.clear();
      hlf.faults.add({
        operation: 'POST journalLines',
        kind: 'status',
        status: 429,
        retry_after: '4',
      });
      await openList(visit);
      await pollFast(page);
      await page.getByLabel(texts.send_all).check();
      await page.getByRole('button', { name: texts.send_button }).click();
      await page.getByRole('button', { name: words.send.send(2) }).click();
      await page.getByText(words.states.retry_wait.meaning).first().waitFor();
      await page.getByText(words.states.exported.meaning).first().waitFor();
      await page
        .getByRole('status')
        .getByText(words.run.changed(words.states.exported.name))
        .waitFor({ state: 'attached' });
      await page.getByText(words.reasons.askedToWait()).waitFor();
      await page.getByText(words.run.httpStatus(429)).first().waitFor();
      await page.getByText(words.trail.attempt(2)).first().waitFor();
      await look(t, visit, 'run-retried');
    },
  );

  await scenario(
    t,
    world,
    'a claim that accounting refuses is told from those that were delivered',
    { place: hlf },
    async (t, visit) => {
      const { page, words } = visit;
      const good = await world.claimsOf(hlf, 2);
      const bad = await world.claimsOf(hlf, 1, { type: 'blocked' });
      const runId = await world.runOf(hlf, [...good, ...bad]);
      await world.runIs(runId, ['partially_exported']);
      await openRun(visit, runId);
      await page.getByText(words.states.partially_exported.meaning).first().waitFor();
      const table = page.getByRole('table', { name: words.run.claimsCaption });
      const row = table.getByRole('row').filter({ hasText: bad[0]?.reference ?? '' });
      await row.getByText(words.outcomes.rejected.name, { exact: true }).waitFor();
      await look(t, visit, 'run-partly');
      await page.getByRole('button', { name: new RegExp(`^${words.groups.refused}`) }).click();
      t.equal(await table.getByRole('row').count(), 2, 'its heading, and the refused one');
    },
  );
}

async function runOf(
  world: PanelWorld,
  claimId: string,
): Promise<{ external_id: string; requested_at: Date }> {
  const { rows } = await world.database.pool.query<{ external_id: string; requested_at: Date }>(
    `select c.external_id, s.requested_at
       from api.export_claims as c
       join api.export_status as s using (run_id)
      where c.claim_id = $1 and c.external_id is not null`,
    [claimId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('it was not delivered');
  return row;
}
