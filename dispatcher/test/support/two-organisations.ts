/** Two organisations in a database of their own, each with its accounting system to play against. */
import { randomUUID } from 'node:crypto';

import {
  startBusinessCentralSandbox,
  type BusinessCentralSandbox,
} from '../../adapters/business-central/sandbox/business-central-sandbox.ts';
import {
  DEFAULT_CLIENT,
  DEFAULT_COMPANY_ID,
} from '../../adapters/business-central/sandbox/options.ts';
import type { LoggedRequest } from '../../../sandbox/sandbox-server.ts';
import type { FaultQueue } from '../../../sandbox/faults.ts';
import {
  startXledgerSandbox,
  type XledgerSandbox,
} from '../../adapters/xledger/sandbox/xledger-sandbox.ts';
import { createTestDatabase, type Teardown, type TestDatabase } from './database.ts';
import { waitFor, type WaitOptions } from './wait-for.ts';

export const XLEDGER_TOKEN = 'sandbox-token';

/** Short, for the ledgers are on this machine. Milliseconds. */
export const SHORT_TIMINGS = {
  max_attempts: 6,
  base_delay_ms: 50,
  max_delay_ms: 500,
  lease_ms: 2500,
  send_timeout_ms: 1500,
  remote_max_ms: 700,
  quarantine_ms: 1500,
  max_concurrency: 4,
};

/** An organisation, and its accounting system as a test sees it. */
export interface Organisation {
  readonly id: string;
  readonly prefix: string;
  readonly system: 'business_central' | 'xledger';
  readonly faults: FaultQueue;
  readonly requests: readonly LoggedRequest[];
  /** How many times a reference is in the books. */
  effects(reference: string): number;
  /** Whether a request carries lines. */
  carriesLines(request: LoggedRequest): boolean;
}

/** A claim as `put_claims` takes it. */
export interface ClaimInput {
  readonly id: string;
  readonly reference: string;
  readonly kind: string;
  readonly claimant: { readonly id: string; readonly name: string };
  readonly currency: string;
  readonly total: string;
  readonly lines: readonly Readonly<Record<string, string>>[];
}

export interface ClaimOptions {
  /** Of the one claim; made up, if left out. */
  readonly id?: string;
  readonly reference?: string;
  readonly name?: string;
  readonly text?: string;
  /** Expense type of its first line. Default `mileage`; `blocked` is refused by the ledger. */
  readonly type?: string;
}

export interface TwoOrganisations {
  readonly database: TestDatabase;
  readonly hlf: Organisation;
  readonly blindeforbundet: Organisation;
  readonly businessCentral: BusinessCentralSandbox;
  readonly xledger: XledgerSandbox;
  /** What a dispatcher is started with, secrets included. */
  readonly environment: Readonly<Record<string, string>>;
  /** Loads an organisation again, with other timings or another address. */
  apply(organisation: Organisation, change: Readonly<Record<string, unknown>>): Promise<void>;
  /** Endpoint and settings as they would be with the accounting system at another port. */
  addresses(organisation: Organisation, port: number): Readonly<Record<string, unknown>>;
  /** New approved claims. */
  putClaims(
    organisation: Organisation,
    count: number,
    options?: ClaimOptions,
  ): Promise<ClaimInput[]>;
  /** Asks for an export, past PostgREST; gives the run. */
  request(organisation: Organisation, claims: readonly ClaimInput[]): Promise<string>;
  /** How a run stands. */
  run(runId: string): Promise<Run>;
  /** Waits until a run is in one of these states. */
  runIs(runId: string, states: readonly string[], options?: WaitOptions): Promise<Run>;
  /** The trail of a run, in order. */
  trail(runId: string): Promise<TrailRow[]>;
}

export interface Run {
  readonly state: string;
  readonly attempt_no: number;
  readonly charged_attempts: number;
  readonly question_count: number;
  readonly lease_id: string | null;
  readonly leased_by: string | null;
}

export interface TrailRow {
  readonly kind: string;
  readonly outcome: string;
  readonly attempt_no: number | null;
  readonly claim_ids: readonly string[];
  readonly http_status: number | null;
  readonly error_message: string | null;
  readonly is_late: boolean;
  readonly actor: string;
}

/** Claims for an organisation with this prefix, each of a mileage line and a toll line. */
export function newClaims(prefix: string, count: number, options: ClaimOptions = {}): ClaimInput[] {
  return Array.from({ length: count }, () => {
    const id = options.id ?? randomUUID();
    const line = { date: '2026-03-02', text: options.text ?? 'to the meeting' };
    return {
      id,
      reference: options.reference ?? `${prefix}-${id.slice(0, 13).toUpperCase()}`,
      kind: 'travel_expense',
      claimant: { id: 'person-1', name: options.name ?? 'Kari Eksempel' },
      currency: 'NOK',
      total: '150.50',
      lines: [
        { ...line, type: options.type ?? 'mileage', amount: '100.50', quantity: '10' },
        { ...line, type: 'toll', amount: '50.00' },
      ],
    };
  });
}

/**
 * Sandboxes, database and both organisations; all end with `t`.
 *
 * @param given the database to use; left out: one of their own.
 */
export async function startTwoOrganisations(
  t: Teardown,
  timings: Readonly<Record<string, number>> = {},
  given?: TestDatabase,
): Promise<TwoOrganisations> {
  const database = given ?? (await createTestDatabase(t));
  const businessCentral = await startBusinessCentralSandbox();
  t.teardown(() => businessCentral.close());
  const xledger = await startXledgerSandbox();
  t.teardown(() => xledger.close());
  // Xledger's twenty requests in five seconds are not what these tests are about.
  xledger.switches.burst = null;
  const { pool } = database;
  // The tests' server trades durability for speed, and a dispatcher refuses that.
  await pool.query(`alter role ${new URL(database.url).username} set synchronous_commit = on`);

  const hlf: Organisation = {
    id: '00000000-0000-4000-8000-000000000001',
    prefix: 'HLF',
    system: 'business_central',
    faults: businessCentral.faults,
    requests: businessCentral.requests,
    effects: (reference) => businessCentral.effects(reference),
    // It is asked about many journals in one envelope too.
    carriesLines: ({ operation }) => operation?.includes('POST journalLines') === true,
  };
  const blindeforbundet: Organisation = {
    id: '00000000-0000-4000-8000-000000000002',
    prefix: 'BF',
    system: 'xledger',
    faults: xledger.faults,
    requests: xledger.requests,
    effects: (reference) => xledger.effects(reference),
    carriesLines: ({ operation }) => operation?.includes('addGLImportItems') === true,
  };

  function addresses(organisation: Organisation, port?: number): Readonly<Record<string, unknown>> {
    const at = (url: string) => (port === undefined ? url : url.replace(/:\d+/, `:${port}`));
    const settings = { liability_account: '2910' };
    if (organisation !== hlf) return { endpoint: at(xledger.graphqlUrl), settings };
    return {
      endpoint: at(businessCentral.apiBase()),
      settings: {
        ...settings,
        company_id: DEFAULT_COMPANY_ID,
        token_url: at(businessCentral.tokenUrl()),
      },
    };
  }

  async function apply(
    organisation: Organisation,
    change: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const isHlf = organisation === hlf;
    const integration = {
      system: organisation.system,
      credential_ref: isHlf ? 'hlf-bc' : 'bf-xl',
      ...addresses(organisation),
      ...SHORT_TIMINGS,
      ...timings,
      ...(isHlf ? { max_concurrency: atMostFive(timings['max_concurrency']) } : {}),
      ...change,
    };
    const file = {
      organisation: {
        id: organisation.id,
        name: organisation.prefix,
        organisation_number: isHlf ? '123456785' : '987654325',
        reference_prefix: organisation.prefix,
      },
      integrations: [integration],
      mappings: {
        mileage: { account: '7100', dimensions: isHlf ? { AVDELING: '100' } : { project: '100' } },
        toll: { account: '7140' },
        blocked: { account: '9999' },
      },
    };
    await pool.query('select * from accounting.apply_organisation($1)', [JSON.stringify(file)]);
  }
  await apply(hlf, {});
  await apply(blindeforbundet, {});

  const run = async (runId: string): Promise<Run> => {
    const { rows } = await pool.query<Run>(
      `select state, attempt_no, charged_attempts, question_count, lease_id, leased_by
         from accounting.export_requests where run_id = $1`,
      [runId],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`there is no run ${runId}`);
    return row;
  };

  return {
    database,
    hlf,
    blindeforbundet,
    businessCentral,
    xledger,
    environment: {
      DATABASE_URL: database.url,
      ALLOW_PRIVATE_ENDPOINTS: 'true',
      LOG_LEVEL: 'debug',
      POLL_INTERVAL_MS: '500',
      CREDENTIAL_HLF_BC: JSON.stringify(DEFAULT_CLIENT),
      CREDENTIAL_BF_XL: JSON.stringify({ token: XLEDGER_TOKEN }),
    },
    apply,
    addresses,
    async putClaims(organisation, count, options) {
      const claims = newClaims(organisation.prefix, count, options);
      await pool.query('select accounting.put_claims($1, $2)', [
        organisation.id,
        JSON.stringify(claims),
      ]);
      return claims;
    },
    async request(organisation, claims) {
      const { rows } = await pool.query<{ run_id: string }>(
        `insert into api.export_requests (organisation_id, claim_ids) values ($1, $2)
           returning run_id`,
        [organisation.id, claims.map(({ id }) => id)],
      );
      return rows[0]?.run_id ?? '';
    },
    run,
    async runIs(runId, states, options) {
      let last: Run | undefined;
      const arrived = async (): Promise<Run | null> => {
        last = await run(runId);
        return states.includes(last.state) ? last : null;
      };
      try {
        return await waitFor(arrived, { timeoutMs: 15_000, ...options });
      } catch (error) {
        throw new Error(`waited for ${states.join(', ')}, the run is ${JSON.stringify(last)}`, {
          cause: error,
        });
      }
    },
    async trail(runId) {
      const { rows } = await pool.query<TrailRow>(
        `select kind, outcome, attempt_no, claim_ids, http_status, error_message, is_late, actor
           from accounting.export_runs where run_id = $1 order by organisation_id, seq`,
        [runId],
      );
      return rows;
    },
  };
}

/**
 * Lets a test keep more leases than Business Central serves requests at once: of dispatchers that
 * died, or that it plays itself and has send nothing.
 */
export async function allowManyLeases(world: TwoOrganisations): Promise<void> {
  await world.database.pool.query(
    'alter table accounting.integrations drop constraint business_central_takes_five_at_once',
  );
  await world.apply(world.hlf, { max_concurrency: 50 });
}

/** Business Central serves no more at once. */
function atMostFive(wanted = SHORT_TIMINGS.max_concurrency): number {
  return Math.min(wanted, 5);
}

/** `attempt accepted`, `reconciliation absent`, …: what a trail tells, in short. */
export function story(trail: readonly TrailRow[]): string[] {
  return trail.map(({ kind, outcome }) => `${kind} ${outcome}`);
}
