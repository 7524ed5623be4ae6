/** What a person's act comes to when its answer is lost, and what an organisation's admin may do. */
import type { Test } from 'tap';

import { look } from '../support/look.ts';
import { openList, openRun } from '../support/panel.ts';
import { scenario } from '../support/visit.ts';
import type { PanelWorld } from '../support/world.ts';

const EVIDENCE = 'nytt passord registrert for integrasjonsbrukeren';

export async function acting(t: Test, world: PanelWorld): Promise<void> {
  const { stuck, database } = world;
  const { pool } = database;

  await scenario(
    t,
    world,
    'an act whose answer is lost is told as unknown, and the run behind it tells what became of it',
    { place: stuck, hasFailingRequests: true },
    async (t, visit) => {
      const { page, words } = visit;
      const runId = await world.runOf(stuck, await world.claimsOf(stuck, 1));
      await world.runIs(runId, ['retry_wait']);
      await openRun(visit, runId);
      // Done, but nobody hears of it.
      await page.route('**/rpc/cancel_export', async (route) => {
        await route.fetch();
        await route.abort('connectionreset');
      });
      await page.getByRole('button', { name: words.acts.cancel }).click();
      const dialog = page.getByRole('dialog', { name: words.cancelDialog.heading });
      await dialog.getByRole('button', { name: words.cancelDialog.submit, exact: true }).click();
      await dialog.getByText(words.problems.unanswered.name).waitFor();
      await look(t, visit, 'act-unanswered');
      await dialog.getByRole('button', { name: words.acts.abort }).click();
      await page.getByText(words.states.cancelled.meaning).first().waitFor();
      t.equal(await page.getByRole('button', { name: words.acts.cancel }).count(), 0);
    },
  );

  await scenario(
    t,
    world,
    'while an answer is awaited the dialog stays, whatever is pressed, and one act is sent',
    { place: stuck },
    async (t, visit) => {
      const { page, words } = visit;
      const runId = await world.runOf(stuck, await world.claimsOf(stuck, 1));
      await world.runIs(runId, ['retry_wait']);
      await openRun(visit, runId);
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      let sent = 0;
      await page.route('**/rpc/cancel_export', async (route) => {
        if (route.request().method() === 'POST') sent += 1;
        await held;
        await route.continue();
      });
      await page.getByRole('button', { name: words.acts.cancel }).click();
      const dialog = page.getByRole('dialog', { name: words.cancelDialog.heading });
      const submit = dialog.getByRole('button', { name: words.cancelDialog.submit, exact: true });
      await submit.dblclick();
      await dialog.getByText(words.acts.busy).waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('Escape');
      await dialog.getByText(words.acts.busy).waitFor();
      release();
      await page.getByText(words.states.cancelled.meaning).first().waitFor();
      await dialog.waitFor({ state: 'hidden' });
      t.equal(sent, 1);
    },
  );

  await scenario(
    t,
    world,
    'sending that is stopped goes on once an admin says what was mended',
    { place: stuck, role: 'organisation_admin', subject: 'astrid' },
    async (t, visit) => {
      const { page, words } = visit;
      await pool.query(
        `update accounting.integrations set paused_at = accounting.clock(), paused_reason = '401 twice'
         where organisation_id = $1`,
        [stuck.id],
      );
      await openList(visit);
      await page.getByRole('button', { name: words.list.refresh }).click();
      const item = page.getByRole('listitem').filter({ hasText: words.attention.paused.name });
      await item.getByText(words.attention.paused.meaning).waitFor();
      await item.getByRole('button', { name: words.acts.resume }).click();
      const dialog = page.getByRole('dialog', { name: words.resumeDialog.heading });
      const submit = dialog.getByRole('button', { name: words.resumeDialog.submit, exact: true });
      await submit.click();
      await dialog.getByText(words.resumeDialog.evidenceMissing).waitFor();
      await dialog.getByLabel(words.resumeDialog.evidence).fill(EVIDENCE);
      await look(t, visit, 'resume-dialog');
      await submit.click();
      await item.waitFor({ state: 'detached' });
      const { rows } = await pool.query(
        'select resumed_by, evidence from accounting.integration_resumptions where organisation_id = $1',
        [stuck.id],
      );
      t.strictSame(rows, [{ resumed_by: 'astrid', evidence: EVIDENCE }]);
    },
  );

  await scenario(
    t,
    world,
    'a coordinator is offered no button to let sending go on',
    { place: stuck },
    async (t, visit) => {
      const { page, words } = visit;
      await pool.query(
        `update accounting.integrations set paused_at = accounting.clock(), paused_reason = '401 twice'
         where organisation_id = $1`,
        [stuck.id],
      );
      await openList(visit);
      await page.getByRole('button', { name: words.list.refresh }).click();
      await page.getByText(words.attention.paused.meaning).waitFor();
      t.equal(await page.getByRole('button', { name: words.acts.resume }).count(), 0);
      await pool.query(
        `update accounting.integrations set paused_at = null, paused_reason = null
         where organisation_id = $1`,
        [stuck.id],
      );
    },
  );
}
