/** An organisation whose coordinators act through PostgREST, and runs for them to act on. */
import type { Pool } from 'pg';

import { createTestDatabase, type Teardown, type TestDatabase } from './database.ts';
import { createTestApi, type ApiAnswer, type TestApi } from './postgrest.ts';
import { newClaims } from './two-organisations.ts';

const organisationId = '00000000-0000-4000-8000-000000000001';
const otherId = '00000000-0000-4000-8000-000000000002';

/** A run of one claim. */
export interface Given {
  readonly runId: string;
  readonly claimId: string;
}

/** Whose token a call carries: two coordinators, one of another organisation, and the app. */
export type Person = 'kari' | 'ola' | 'stranger' | 'app';

/** What a test of people's acts works with. */
export interface People {
  readonly database: TestDatabase;
  readonly organisationId: string;
  readonly api: TestApi;
  readonly tokens: Readonly<Record<Person, string>>;
  /** Calls a function of the API as somebody. */
  call(name: string, body: object, person: Person): Promise<ApiAnswer>;
  resolve(given: Given, resolution: string, person: Person): Promise<ApiAnswer>;
  void(given: Given, person: Person): Promise<ApiAnswer>;
  cancel(given: Given, person: Person): Promise<ApiAnswer>;
  /** A queued run of a new claim. */
  request(): Promise<Given>;
  /** A run that was exported. */
  exported(): Promise<Given>;
  /** Changes the organisation over to files. */
  useFiles(): Promise<void>;
  /** A run whose file waits for its import, once {@link useFiles} was called. */
  produced(): Promise<Given>;
  confirm(given: Given, person: Person): Promise<ApiAnswer>;
  /** A run that waits for a person, its quarantine over; with the lapsed lease of its attempt. */
  waitsForPerson(): Promise<Given & { readonly leaseId: string }>;
  /**
   * Leases what is due, and gives the lease of this run.
   *
   * @throws Error if it wasn't leased.
   */
  lease(given: Given): Promise<string>;
  /** Starts an attempt; whether there is something to send. */
  start(given: Given, leaseId: string): Promise<boolean>;
  /** Records one outcome of the run's claim, under its first attempt. */
  record(given: Given, leaseId: string, outcome: string, changes?: object): Promise<void>;
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
  await applyOrganisation(pool, organisationId, '123456785');
  await applyOrganisation(pool, otherId, '987654325');
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

  const request: People['request'] = async () => {
    const [claim] = newClaims('O1', 1);
    if (claim === undefined) throw new Error('there is no claim');
    await pool.query('select accounting.put_claims($1, $2)', [
      organisationId,
      JSON.stringify([claim]),
    ]);
    const { rows } = await pool.query<{ run_id: string }>(
      `insert into api.export_requests (organisation_id, claim_ids) values ($1, $2)
         returning run_id`,
      [organisationId, [claim.id]],
    );
    return { runId: rows[0]?.run_id ?? '', claimId: claim.id };
  };

  const lease: People['lease'] = async ({ runId }) => {
    const { rows } = await pool.query<{ run_id: string; lease_id: string }>(
      `select run_id, lease_id from accounting.lease_runs('a-test', 100)`,
    );
    const leaseId = rows.find(({ run_id: id }) => id === runId)?.lease_id;
    if (leaseId === undefined) throw new Error('the run was not leased');
    return leaseId;
  };

  const start: People['start'] = async ({ runId }, leaseId) => {
    const { rows } = await pool.query<{ is_started: boolean }>(
      'select is_started from accounting.start_attempt($1, $2, $3)',
      [organisationId, runId, leaseId],
    );
    return rows[0]?.is_started === true;
  };

  const record: People['record'] = async ({ runId, claimId }, leaseId, outcome, changes = {}) => {
    const item = {
      outcome,
      claim_ids: [claimId],
      http_status: 200,
      error_message: outcome === 'unclear' ? 'the sums differ' : null,
      external_ids: outcome === 'accepted' ? { [claimId]: ['1001'] } : {},
      needs_person: outcome === 'unclear',
      ...changes,
    };
    const result = {
      organisation_id: organisationId,
      run_id: runId,
      lease_id: leaseId,
      kind: ['found', 'absent', 'unclear'].includes(outcome) ? 'reconciliation' : 'attempt',
      attempt_no: 1,
      actor: 'a-test',
      keep_lease_ms: 0,
      rows: [item],
    };
    await pool.query('select * from accounting.record_results($1)', [JSON.stringify([result])]);
  };

  /** Makes times of the run be now, for a test that can't wait. */
  const hurry = (columns: readonly string[], { runId }: Given) =>
    pool.query(
      `update accounting.export_requests
          set ${columns.map((column) => `${column} = accounting.clock()`).join(', ')}
        where run_id = $1`,
      [runId],
    );

  return {
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
    request,
    async exported() {
      const given = await request();
      const leaseId = await lease(given);
      await start(given, leaseId);
      await record(given, leaseId, 'accepted');
      return given;
    },
    async useFiles() {
      await applyOrganisation(pool, organisationId, '123456785', {
        system: 'file',
        settings: { format: 'csv', liability_account: '2910' },
      });
    },
    async produced() {
      const given = await request();
      const leaseId = await lease(given);
      await start(given, leaseId);
      const { rows } = await pool.query<{ name: string }>(
        `select 'O1-' || upper(left(batch_key, 20)) || '.csv' as name
           from accounting.export_requests where run_id = $1`,
        [given.runId],
      );
      const file = { name: rows[0]?.name, format: 'csv', content: 'a,b', other_content: '{}' };
      await record(given, leaseId, 'accepted', { http_status: null, file });
      return given;
    },
    confirm: ({ runId }, person) =>
      call('confirm_import', { p_run_id: runId, p_evidence: 'seen in the ledger' }, person),
    async waitsForPerson() {
      const given = await request();
      const leaseId = await lease(given);
      await start(given, leaseId);
      await hurry(['lease_expires_at'], given);
      await pool.query('select accounting.sweep()');
      await hurry(['next_attempt_at', 'quarantine_until'], given);
      const question = await lease(given);
      await pool.query('select accounting.start_question($1, $2, $3)', [
        organisationId,
        given.runId,
        question,
      ]);
      await record(given, question, 'unclear');
      return { ...given, leaseId };
    },
    lease,
    start,
    record,
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

const xledger = {
  system: 'xledger',
  endpoint: 'https://ledger.example/graphql',
  credential_ref: 'ledger',
  settings: { liability_account: '2910' },
};

async function applyOrganisation(
  pool: Pool,
  id: string,
  number: string,
  integration: object = xledger,
): Promise<void> {
  const file = {
    organisation: {
      id,
      name: `Organisation ${id.slice(-1)}`,
      organisation_number: number,
      reference_prefix: `O${id.slice(-1)}`,
    },
    integrations: [
      { ...integration, lease_ms: 60_000, send_timeout_ms: 5_000, max_concurrency: 50 },
    ],
    mappings: { mileage: { account: '7100' }, toll: { account: '7140' } },
  };
  await pool.query('select * from accounting.apply_organisation($1)', [JSON.stringify(file)]);
}
