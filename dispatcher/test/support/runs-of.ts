/** Brings runs of an organisation into the states that a test starts from, without a dispatcher. */
import type { Pool } from 'pg';

import { newClaims, type ClaimInput, type ClaimOptions } from './two-organisations.ts';

/** A run of one claim. */
export interface Given {
  readonly runId: string;
  readonly claimId: string;
}

/** What a test does to the runs of one organisation. */
export interface RunsOf {
  /** Loads the organisation with this integration enabled; one to Xledger, if left out. */
  apply(integration?: object): Promise<void>;
  /** Changes the organisation over to files. */
  useFiles(): Promise<void>;
  /** A new approved claim, held by no run. */
  claim(options?: ClaimOptions): Promise<ClaimInput>;
  /** A queued run of a new claim. */
  request(options?: ClaimOptions): Promise<Given>;
  /** A run that was exported. */
  exported(options?: ClaimOptions): Promise<Given>;
  /** A run whose file waits for its import, once {@link useFiles} was called. */
  produced(options?: ClaimOptions): Promise<Given>;
  /** A run that waits for a person, its quarantine over; with the lapsed lease of its attempt. */
  waitsForPerson(options?: ClaimOptions): Promise<Given & { readonly leaseId: string }>;
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
}

export interface OrganisationOptions {
  readonly id: string;
  readonly organisationNumber: string;
  readonly prefix: string;
}

const xledger = {
  system: 'xledger',
  endpoint: 'https://ledger.example/graphql',
  credential_ref: 'ledger',
  settings: { liability_account: '2910' },
};

/** @param pool a superuser's */
export function runsOf(
  pool: Pool,
  { id, organisationNumber, prefix }: OrganisationOptions,
): RunsOf {
  const apply: RunsOf['apply'] = async (integration = xledger) => {
    const file = {
      organisation: {
        id,
        name: `Organisation ${id.slice(-1)}`,
        organisation_number: organisationNumber,
        reference_prefix: prefix,
      },
      integrations: [
        { ...integration, lease_ms: 60_000, send_timeout_ms: 5_000, max_concurrency: 50 },
      ],
      mappings: { mileage: { account: '7100' }, toll: { account: '7140' } },
    };
    await pool.query('select * from accounting.apply_organisation($1)', [JSON.stringify(file)]);
  };

  const newClaim: RunsOf['claim'] = async (options) => {
    const [claim] = newClaims(prefix, 1, options);
    if (claim === undefined) throw new Error('there is no claim');
    await pool.query('select accounting.put_claims($1, $2)', [id, JSON.stringify([claim])]);
    return claim;
  };

  const request: RunsOf['request'] = async (options) => {
    const claim = await newClaim(options);
    const { rows } = await pool.query<{ run_id: string }>(
      `insert into api.export_requests (organisation_id, claim_ids) values ($1, $2)
         returning run_id`,
      [id, [claim.id]],
    );
    return { runId: rows[0]?.run_id ?? '', claimId: claim.id };
  };

  const lease: RunsOf['lease'] = async ({ runId }) => {
    const { rows } = await pool.query<{ run_id: string; lease_id: string }>(
      `select run_id, lease_id from accounting.lease_runs('a-test', 100)`,
    );
    const leaseId = rows.find(({ run_id: leased }) => leased === runId)?.lease_id;
    if (leaseId === undefined) throw new Error('the run was not leased');
    return leaseId;
  };

  const start: RunsOf['start'] = async ({ runId }, leaseId) => {
    const { rows } = await pool.query<{ is_started: boolean }>(
      'select is_started from accounting.start_attempt($1, $2, $3)',
      [id, runId, leaseId],
    );
    return rows[0]?.is_started === true;
  };

  const record: RunsOf['record'] = async ({ runId, claimId }, leaseId, outcome, changes = {}) => {
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
      organisation_id: id,
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
    apply,
    useFiles: () =>
      apply({ system: 'file', settings: { format: 'csv', liability_account: '2910' } }),
    claim: newClaim,
    request,
    async exported(options) {
      const given = await request(options);
      const leaseId = await lease(given);
      await start(given, leaseId);
      await record(given, leaseId, 'accepted');
      return given;
    },
    async produced(options) {
      const given = await request(options);
      const leaseId = await lease(given);
      await start(given, leaseId);
      const { rows } = await pool.query<{ name: string }>(
        `select $2 || '-' || upper(left(batch_key, 20)) || '.csv' as name
           from accounting.export_requests where run_id = $1`,
        [given.runId, prefix],
      );
      const file = {
        name: rows[0]?.name,
        format: 'csv',
        content: `${prefix},b`,
        other_content: '{}',
      };
      await record(given, leaseId, 'accepted', { http_status: null, file });
      return given;
    },
    async waitsForPerson(options) {
      const given = await request(options);
      const leaseId = await lease(given);
      await start(given, leaseId);
      await hurry(['lease_expires_at'], given);
      await pool.query('select accounting.sweep()');
      await hurry(['next_attempt_at', 'quarantine_until'], given);
      const question = await lease(given);
      await pool.query('select accounting.start_question($1, $2, $3)', [id, given.runId, question]);
      await record(given, question, 'unclear');
      return { ...given, leaseId };
    },
    lease,
    start,
    record,
  };
}
