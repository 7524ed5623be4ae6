/** An organisation whose coordinators act through PostgREST, and runs for them to act on. */
import { createTestDatabase, type Teardown, type TestDatabase } from './database.ts';
import { createTestApi, type ApiAnswer, type TestApi } from './postgrest.ts';
import { runsOf, type Given, type RunsOf } from './runs-of.ts';

export type { Given } from './runs-of.ts';

const organisationId = '00000000-0000-4000-8000-000000000001';
const otherId = '00000000-0000-4000-8000-000000000002';

/** Whose token a call carries: two coordinators, one of another organisation, and the app. */
export type Person = 'kari' | 'ola' | 'stranger' | 'app';

/** What a test of people's acts works with. */
export interface People extends Omit<RunsOf, 'apply' | 'claim'> {
  readonly database: TestDatabase;
  readonly organisationId: string;
  readonly api: TestApi;
  readonly tokens: Readonly<Record<Person, string>>;
  /** Calls a function of the API as somebody. */
  call(name: string, body: object, person: Person): Promise<ApiAnswer>;
  resolve(given: Given, resolution: string, person: Person): Promise<ApiAnswer>;
  void(given: Given, person: Person): Promise<ApiAnswer>;
  cancel(given: Given, person: Person): Promise<ApiAnswer>;
  confirm(given: Given, person: Person): Promise<ApiAnswer>;
  stateOf(given: Given): Promise<string | undefined>;
  /** The guard's verdict on the run's claim. */
  verdictOn(given: Given): Promise<string | undefined>;
  /** The decisions in the run's trail: 'person: outcome'. */
  decisions(given: Given): Promise<string[]>;
}

/** Database and PostgREST; both end with `t`. */
export async function startPeople(t: Teardown): Promise<People> {
  const database = await createTestDatabase(t);
  const { pool } = database;
  const runs = runsOf(pool, {
    id: organisationId,
    organisationNumber: '123456785',
    prefix: 'O1',
  });
  await runs.apply();
  await runsOf(pool, { id: otherId, organisationNumber: '987654325', prefix: 'O2' }).apply();
  const api = await createTestApi(t, database);
  const tokenOf = (appRole: string, subject: string, id = organisationId) =>
    api.token({ role: 'authenticated', organisationId: id, appRole, subject });
  const tokens: People['tokens'] = {
    kari: await tokenOf('coordinator', 'kari'),
    ola: await tokenOf('coordinator', 'ola'),
    stranger: await tokenOf('coordinator', 'stranger', otherId),
    app: await tokenOf('app', 'the-app'),
  };
  const call: People['call'] = (name, body, person) =>
    api.post(`/rpc/${name}`, body, { token: tokens[person] });

  return {
    ...runs,
    database,
    organisationId,
    api,
    tokens,
    call,
    resolve: ({ runId }, resolution, person) =>
      call(
        'resolve_export',
        { p_run_id: runId, p_resolution: resolution, p_evidence: 'looked in the ledger' },
        person,
      ),
    void: ({ runId, claimId }, person) =>
      call(
        'void_export',
        { p_run_id: runId, p_claim_ids: [claimId], p_evidence: 'removed' },
        person,
      ),
    cancel: ({ runId }, person) => call('cancel_export', { p_run_id: runId }, person),
    confirm: ({ runId }, person) =>
      call('confirm_import', { p_run_id: runId, p_evidence: 'seen in the ledger' }, person),
    async stateOf({ runId }) {
      const { rows } = await pool.query<{ integration_status: string }>(
        'select integration_status from api.export_status where run_id = $1',
        [runId],
      );
      return rows[0]?.integration_status;
    },
    async verdictOn({ claimId }) {
      const { rows } = await pool.query<{ verdict: string }>(
        'select verdict from accounting.judge_claims($1, $2)',
        [organisationId, [claimId]],
      );
      return rows[0]?.verdict;
    },
    async decisions({ runId }) {
      const { rows } = await pool.query<{ decision: string }>(
        `select actor || ': ' || outcome as decision
           from accounting.export_runs where run_id = $1 and kind = 'decision' order by seq`,
        [runId],
      );
      return rows.map(({ decision }) => decision);
    },
  };
}
