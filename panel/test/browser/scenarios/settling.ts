/** What a person does about a run that doesn't end by itself. */
import { readFile } from 'node:fs/promises';
import type { Test } from 'tap';

import { ADD_GL_IMPORT_ITEMS } from '../../../../dispatcher/adapters/xledger/queries.ts';
import { XLEDGER_TOKEN } from '../../../../dispatcher/test/support/two-organisations.ts';
import { look } from '../support/look.ts';
import { openRun, pollFast } from '../support/panel.ts';
import { linkFor, scenario } from '../support/visit.ts';
import type { PanelWorld } from '../support/world.ts';

const EVIDENCE = 'bilag 2026-1044, sett i hovedboken 4. mars';

export async function settling(t: Test, world: PanelWorld): Promise<void> {
  const { blindeforbundet, stuck, filing, database } = world;
  const { pool } = database;
  const onLines = { operation: '^addGLImportItems' };
  // Nothing is asked by itself while these scenarios last: a person has it asked.
  await world.apply(blindeforbundet, { base_delay_ms: 300_000, max_delay_ms: 300_000 });

  await scenario(
    t,
    world,
    'a run in doubt says so; a coordinator has accounting asked, and it is found delivered',
    { place: blindeforbundet },
    async (t, visit) => {
      const { page, words } = visit;
      blindeforbundet.faults.add({ ...onLines, kind: 'drop_after' });
      const claims = await world.claimsOf(blindeforbundet, 2);
      const runId = await world.runOf(blindeforbundet, claims);
      await world.runIs(runId, ['in_doubt']);
      await openRun(visit, runId);
      await pollFast(page);
      await page.getByText(words.states.in_doubt.meaning).first().waitFor();
      await look(t, visit, 'run-in-doubt');
      await page.getByRole('button', { name: words.acts.reconcile }).click();
      await page.getByText(words.states.exported.meaning).first().waitFor();
      await page.getByText(words.reasons.found(2)).first().waitFor();
      t.same(
        claims.map(({ reference }) => blindeforbundet.effects(reference)),
        [1, 1],
      );
    },
  );

  await scenario(
    t,
    world,
    'a run that needs a person is settled with evidence, though the session ends meanwhile',
    { place: blindeforbundet, hasFailingRequests: true },
    async (t, visit) => {
      const { page, words, texts } = visit;
      const claims = await world.claimsOf(blindeforbundet, 2);
      const [claim] = claims;
      blindeforbundet.faults.add({ ...onLines, kind: 'drop_after' });
      const runId = await world.runOf(blindeforbundet, claims);
      await world.runIs(runId, ['in_doubt']);
      await bookAnotherSum(world, claim?.reference ?? '');
      await openRun(visit, runId);
      await pollFast(page);
      await page.getByRole('button', { name: words.acts.reconcile }).click();
      await page.getByText(words.attention.needs_review.name).first().waitFor();
      await look(t, visit, 'run-needs-review');

      await page.getByRole('button', { name: words.acts.resolve }).click();
      const dialog = page.getByRole('dialog', { name: words.resolveDialog.heading });
      await look(t, visit, 'resolve-dialog');
      const submit = dialog.getByRole('button', { name: words.resolveDialog.submit, exact: true });
      await submit.click();
      await dialog.getByText(words.acts.evidenceMissing).waitFor();
      await look(t, visit, 'resolve-dialog-faults');
      await dialog.getByLabel(words.resolveDialog.bookedAll).check();
      await dialog.getByLabel(words.acts.evidence).fill(EVIDENCE);

      // The session ends before it is sent: said, in the page too, and nothing is lost.
      const old = new URL(await linkFor(world, { place: blindeforbundet, expiresIn: -3600 }));
      await page.evaluate((hash) => (location.hash = hash), old.hash);
      await submit.click();
      await dialog.getByText(words.session.expired.name).waitFor();
      await page.getByText(texts.expired_title).waitFor();
      t.equal(await dialog.getByLabel(words.acts.evidence).inputValue(), EVIDENCE);
      await look(t, visit, 'session-expired');
      // A new link, in another tab: this one goes on by itself.
      const other = await visit.context.newPage();
      await other.goto(await linkFor(world, { place: blindeforbundet }));
      await page.bringToFront();
      await page.getByText(words.states.exported.meaning).first().waitFor();
      await page.getByText(texts.expired_title).waitFor({ state: 'hidden' });
      const trail = await world.trail(runId);
      t.match(trail.at(-1), { kind: 'decision', outcome: 'booked_by_hand', actor: 'kari' });
    },
  );

  await scenario(
    t,
    world,
    'a run that waits to be sent again is cancelled, once it was asked whether it is meant',
    { place: stuck },
    async (t, visit) => {
      const { page, words } = visit;
      const runId = await world.runOf(stuck, await world.claimsOf(stuck, 2));
      await world.runIs(runId, ['retry_wait']);
      await openRun(visit, runId);
      await look(t, visit, 'run-retry-wait');
      const opens = page.getByRole('button', { name: words.acts.cancel });
      await opens.click();
      const dialog = page.getByRole('dialog', { name: words.cancelDialog.heading });
      await dialog.waitFor();
      await look(t, visit, 'cancel-dialog');
      await dialog.getByRole('button', { name: words.acts.abort }).click();
      await dialog.waitFor({ state: 'hidden' });
      t.equal((await world.run(runId)).state, 'retry_wait', 'going back changes nothing');
      await opens.click();
      await dialog.getByRole('button', { name: words.cancelDialog.submit }).click();
      await page.getByText(words.states.cancelled.meaning).first().waitFor();
      t.equal((await world.run(runId)).state, 'cancelled');
    },
  );

  await scenario(
    t,
    world,
    'a file is downloaded as the database has it, and its import confirmed',
    { place: filing },
    async (t, visit) => {
      const { page, words } = visit;
      const runId = await world.runOf(filing, await world.claimsOf(filing, 3));
      await world.runIs(runId, ['produced']);
      await page.getByRole('button', { name: words.list.refresh }).click();
      await page.getByText(words.attention.produced.name).first().waitFor();
      await look(t, visit, 'list-attention');
      await openRun(visit, runId);
      await look(t, visit, 'run-file');

      const arriving = page.waitForEvent('download');
      await page.getByRole('button', { name: words.acts.download }).click();
      const download = await arriving;
      const { rows } = await pool.query<{ content: Buffer }>(
        'select content from accounting.export_files where run_id = $1',
        [runId],
      );
      // PostgREST's CORS doesn't show another origin the name that the API gave it.
      t.match(download.suggestedFilename(), /^export-[0-9a-f]{8}\.csv$/);
      const saved = await readFile(await download.path());
      t.ok(rows[0] !== undefined && saved.equals(rows[0].content), 'byte for byte');

      await page.getByRole('button', { name: words.acts.confirm }).click();
      const dialog = page.getByRole('dialog', { name: words.confirmDialog.heading });
      await dialog.getByLabel(words.acts.evidence).fill(EVIDENCE);
      await look(t, visit, 'confirm-dialog');
      await dialog.getByRole('button', { name: words.confirmDialog.submit }).click();
      await page.getByText(words.states.exported.meaning).first().waitFor();
      t.equal((await world.run(runId)).state, 'exported');
    },
  );
}

/** Somebody books a voucher under our reference, straight in Xledger. */
async function bookAnotherSum(world: PanelWorld, reference: string): Promise<void> {
  const line = (clientId: string, account: string, amount: string) => ({
    clientId,
    node: {
      trRegNumber: 1,
      postedDate: '2026-01-02',
      transactionSource: { code: 'GL' },
      jobLevel: { dbSubId: 1 },
      account: { code: account },
      currency: { code: 'NOK' },
      amount,
      invoiceAmount: amount,
      text: 'by hand',
      extIdentifier: reference,
    },
  });
  const answer = await fetch(world.xledger.graphqlUrl, {
    method: 'POST',
    headers: { authorization: `token ${XLEDGER_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: ADD_GL_IMPORT_ITEMS,
      variables: { i: [line('1', '7100', '10.00'), line('2', '2910', '-10.00')] },
    }),
  });
  const body = (await answer.json()) as { errors?: unknown };
  if (body.errors !== undefined) throw new Error(JSON.stringify(body));
}
