/** What each of a person's acts answers when it can't be done: its own code, a fitting status, a hint. */
import { randomUUID } from 'node:crypto';

import t, { type Test } from 'tap';

import { startPeople, type Given } from './support/people.ts';
import type { ApiAnswer } from './support/postgrest.ts';

const people = await startPeople(t);
const { pool } = people.database;

function refused(t: Test, answer: ApiAnswer, status: number, code: string, what: string): void {
  t.match(answer, { status, body: { code, message: String, hint: String } }, what);
}

void t.test(
  'each act answers a wrong request with a fitting status, and changes nothing',
  async (t) => {
    const review = await people.waitsForPerson();
    const queued = await people.request();
    const delivered = await people.exported();
    const act = (given: Given) => ({
      reconcile_export: { p_run_id: given.runId },
      resolve_export: { p_run_id: given.runId, p_resolution: 'booked_by_hand', p_evidence: 'seen' },
      void_export: { p_run_id: given.runId, p_claim_ids: [given.claimId], p_evidence: 'removed' },
      cancel_export: { p_run_id: given.runId },
      flag_claims: { p_claim_ids: [given.claimId], p_reason: 'is it there?' },
    });

    for (const [name, body] of Object.entries(act(review))) {
      refused(t, await people.call(name, body, 'app'), 403, 'AX009', `${name}: an app may not`);
      refused(t, await people.call(name, body, 'stranger'), 404, 'AX016', `${name}: not theirs`);
    }
    for (const [name, body] of Object.entries(
      act({ runId: randomUUID(), claimId: randomUUID() }),
    )) {
      refused(t, await people.call(name, body, 'kari'), 404, 'AX016', `${name}: nobody's`);
    }
    const { resolve_export: resolving, void_export: voiding, flag_claims: flagging } = act(review);
    const blank = { p_evidence: ' ' };
    refused(
      t,
      await people.call('resolve_export', { ...resolving, ...blank }, 'kari'),
      422,
      'AX017',
      'blank',
    );
    refused(
      t,
      await people.call('void_export', { ...voiding, ...blank }, 'kari'),
      422,
      'AX017',
      'blank',
    );
    refused(
      t,
      await people.call('flag_claims', { ...flagging, p_reason: '' }, 'kari'),
      422,
      'AX017',
      'none',
    );
    refused(
      t,
      await people.resolve(queued, 'booked_by_hand', 'kari'),
      409,
      'AX018',
      'it waits for nobody',
    );
    refused(t, await people.cancel(review, 'kari'), 409, 'AX018', 'it may be in the ledger');
    refused(
      t,
      await people.call('reconcile_export', { p_run_id: queued.runId }, 'kari'),
      409,
      'AX018',
      'it was never sent',
    );
    refused(t, await people.void(review, 'kari'), 409, 'AX019', 'it delivered nothing');
    refused(t, await people.resolve(review, 'voided', 'kari'), 422, 'AX025', 'no resolution');
    refused(
      t,
      await people.call('resolve_export', { ...resolving, p_external_ids: [] }, 'kari'),
      422,
      'AX025',
      'no ids',
    );
    await pool.query(
      `update accounting.export_requests
        set quarantine_until = accounting.clock() + interval '1 h' where run_id = any ($1)`,
      [[review.runId, delivered.runId]],
    );
    refused(t, await people.resolve(review, 'proved_absent', 'kari'), 409, 'AX026', 'too early');
    refused(t, await people.void(delivered, 'kari'), 409, 'AX026', 'too early');
    t.strictSame(await people.stateOf(review), 'needs_review');
    t.strictSame(await people.stateOf(queued), 'queued');
    t.strictSame(await people.stateOf(delivered), 'exported');
    for (const given of [review, queued, delivered]) {
      t.strictSame(await people.decisions(given), [], 'the trail has no decision');
    }
  },
);
