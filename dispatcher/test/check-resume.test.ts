/** A paused integration goes on after a good check. */
import t from 'tap';

import { checkNow, setMappings } from './support/checks.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { runCommand } from './support/run-command.ts';
import { startTwoOrganisations } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

const world = await startTwoOrganisations(t);
const { hlf, businessCentral } = world;
const { pool } = world.database;
await setMappings(world, hlf.id, { mileage: { account: '7100' }, toll: { account: '7140' } });

async function pausedReason(): Promise<string | null> {
  const { rows } = await pool.query<{ paused_reason: string | null }>(
    'select paused_reason from accounting.integrations where organisation_id = $1',
    [hlf.id],
  );
  return rows[0]?.paused_reason ?? null;
}

await t.test('a run that was refused goes on once the check is good', async (t) => {
  // The permission is taken away, and the dispatcher pauses.
  businessCentral.faults.add({ kind: 'status', status: 403, path: 'journals', times: 100 });
  const dispatcher = await startDispatcher(t, { environment: world.environment });
  const runId = await world.request(hlf, await world.putClaims(hlf, 1));
  await waitFor(pausedReason, { timeoutMs: 60_000, what: 'the integration to be paused' });

  const bad = await checkNow(world, 'HLF');
  t.match(bad, { isGood: false, isResumed: false, isPaused: true });
  t.not(await pausedReason(), null, 'a check that is not good resumes nothing');

  businessCentral.faults.clear();
  const kept = await checkNow(world, 'HLF', { mayResume: false });
  t.match(kept, { isGood: true, isResumed: false, isPaused: true });

  const ended = await runCommand(
    'dispatcher/check-integration.ts',
    ['--organisation', 'HLF', '--by', 'the accountant'],
    { ...world.environment, DATABASE_URL: world.database.superuserUrl },
  );
  t.equal(ended.code, 0);
  t.match(ended.stdout, /It was paused, and is resumed/);
  await world.runIs(runId, ['exported'], { timeoutMs: 60_000 });
  dispatcher.kill('SIGTERM');

  const { rows } = await pool.query(
    'select checked_by, ended_pause from accounting.integration_checks where resumed_at is not null',
  );
  t.match(rows, [{ checked_by: 'the accountant', ended_pause: /403|BadRequest|permission/i }]);
  const again = await checkNow(world, 'HLF');
  t.match(again, { isGood: true, isResumed: false, isPaused: false }, 'and it resumes once');
});

t.end();
