/** What the Xledger tests share: a batch, a real HTTP client, and a sandbox of each test's own. */
import { performance } from 'node:perf_hooks';
import type { Test } from 'tap';
import type {
  XledgerSandbox,
  XledgerSandboxOptions,
} from '../../adapters/xledger/sandbox/xledger-sandbox.ts';
import { startXledgerSandbox } from '../../adapters/xledger/sandbox/xledger-sandbox.ts';
import type {
  Adapter,
  AnswerResult,
  AttemptResult,
  Batch,
  FollowUp,
  FollowUpResult,
  FrozenClaim,
  FrozenInput,
  FrozenMapping,
} from '../../adapters/adapter.ts';
import { createXledgerAdapter } from '../../adapters/xledger/adapter.ts';
import { REFERENCE_FIELDS } from '../../adapters/xledger/queries.ts';
import { createHttpClient } from '../../http.ts';

export const BATCH_KEY = 'a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90';

const MAPPINGS: Readonly<Record<string, FrozenMapping>> = {
  mileage: { account: '7100', tax_code: null, dimensions: { project: '100', glObject1: '10' } },
  tickets: { account: '7140', tax_code: '1', dimensions: {} },
  diet: { account: '7150', tax_code: null, dimensions: { project: '200' } },
};

/** Claim `n`, with a line for each `[type, amount]`. */
export function claim(n: number, ...lines: readonly (readonly [string, string])[]): FrozenClaim {
  const cents = lines.reduce((sum, [, amount]) => sum + Math.round(Number(amount) * 100), 0);
  return {
    claim_id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    reference: `BF-${n}`,
    kind: 'travel_expense',
    claimant_id: `person-${n}`,
    claimant_name: `Kari Nordmann ${n}`,
    currency: 'NOK',
    total: (cents / 100).toFixed(2),
    lines: lines.map(([type, amount], index) => ({
      line_no: index + 1,
      type,
      date: '2026-02-12',
      amount,
      quantity: null,
      text: 'Lunch with my doctor',
    })),
  };
}

/** Two claims: one with mileage and tickets, one with diet. */
export const TWO_CLAIMS: readonly FrozenClaim[] = [
  claim(1, ['mileage', '212.00'], ['tickets', '1022.50']),
  claim(2, ['diet', '369.00']),
];

/** A line as a ledger tells it: all that is asked for, null unless it is given. */
export function lineNode(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const asked = ['dbId', 'extIdentifier', 'trRegNumber', 'amount', 'invoiceAmount'];
  return {
    ...Object.fromEntries([...asked, ...REFERENCE_FIELDS].map((field) => [field, null])),
    ...given,
  };
}

/** A line's codes, as a ledger tells them. */
export function coded(codes: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(codes).map(([field, code]) => [field, { code }]));
}

/** What a run of these claims is frozen with. */
export function frozenInput(
  claims: readonly FrozenClaim[] = TWO_CLAIMS,
  change: Partial<FrozenInput> = {},
): FrozenInput {
  return {
    version: 1,
    system: 'xledger',
    mapper_version: 'xledger/1',
    organisation: { id: '10000000-0000-4000-8000-000000000000', name: 'Blindes', prefix: 'BF' },
    settings: { liability_account: '2910' },
    posting_date: '2026-03-02',
    mappings: MAPPINGS,
    claims,
    ...change,
  };
}

/** A batch in which all claims of the input are open. */
export function batchOf(endpoint: string, input: FrozenInput, change: Partial<Batch> = {}): Batch {
  return {
    organisationId: input.organisation.id,
    runId: '20000000-0000-4000-8000-000000000000',
    attemptNo: 1,
    search: 'run',
    batchKey: BATCH_KEY,
    endpoint,
    input,
    openClaimIds: input.claims.map((one) => one.claim_id),
    knownExternalIds: [],
    voidedExternalIds: [],
    voidedClaimIds: [],
    ...change,
  };
}

/** A sandbox that ends with the test. */
export async function sandboxFor(
  t: Test,
  options: XledgerSandboxOptions = {},
): Promise<XledgerSandbox> {
  const sandbox = await startXledgerSandbox(options);
  t.teardown(() => sandbox.close());
  return sandbox;
}

export interface ClientOptions {
  readonly token?: string;
  readonly mayWrite?: () => boolean;
  readonly timeoutMs?: number;
  /** One that has a memory; default: a new one. */
  readonly adapter?: Adapter;
}

/** Sends over real HTTP; gives what was reported, one array for each call of `report`. */
export async function submit(
  batch: Batch,
  options: ClientOptions = {},
): Promise<readonly (readonly AttemptResult[])[]> {
  const reports: (readonly AttemptResult[])[] = [];
  await withContext(options, (context) =>
    (options.adapter ?? createXledgerAdapter()).submit(batch, context, (results) => {
      reports.push(results);
      return Promise.resolve();
    }),
  );
  return reports;
}

/** Asks over real HTTP. */
export function findExisting(
  batch: Batch,
  options: ClientOptions = {},
): Promise<readonly AnswerResult[]> {
  const adapter = options.adapter ?? createXledgerAdapter();
  return withContext(options, (context) => adapter.findExisting(batch, context));
}

/** Follows up over real HTTP. */
export async function followUp(
  batch: FollowUp,
  options: ClientOptions = {},
): Promise<FollowUpResult> {
  const adapter = options.adapter ?? createXledgerAdapter();
  const result = await withContext(options, (context) => adapter.followUp?.(batch, context));
  if (result === undefined) throw new Error('the adapter has no followUp');
  return result;
}

type Context = Parameters<ReturnType<typeof createXledgerAdapter>['findExisting']>[1];

async function withContext<T>(
  options: ClientOptions,
  run: (context: Context) => Promise<T> | T,
): Promise<T> {
  const http = createHttpClient({
    deadlineAt: performance.now() + (options.timeoutMs ?? 60_000),
    mayWrite: options.mayWrite ?? (() => true),
    allowPrivateAddresses: true,
  });
  try {
    return await run({ http, credential: { token: options.token ?? 'sandbox-token' } });
  } finally {
    http.close();
  }
}

/** Outcome, failure and claims of each result: what most tests are about. */
export function summary(
  results: readonly (AttemptResult | AnswerResult)[],
): readonly (readonly [string, string | null, ...string[]])[] {
  return results.map(({ outcome, failure, claimIds }) => [
    outcome,
    failure,
    ...claimIds.map((id) => `BF-${Number(id.slice(-12))}`),
  ]);
}
