/** What the adapter's tests share: a sandbox, a batch of two claims or more, and one attempt. */
import { performance } from 'node:perf_hooks';
import type {
  Adapter,
  AnswerResult,
  AttemptResult,
  Batch,
  FrozenClaim,
} from '../../adapters/adapter.ts';
import { createBusinessCentralAdapter } from '../../adapters/business-central/adapter.ts';
import { MAPPER_VERSION } from '../../adapters/business-central/mapper.ts';
import {
  createHttpClient,
  type HttpClient,
  type HttpRequest,
  type HttpResult,
} from '../../http.ts';
import {
  startBusinessCentralSandbox,
  type BusinessCentralSandbox,
  type BusinessCentralSandboxOptions,
} from '../../adapters/business-central/sandbox/business-central-sandbox.ts';
import {
  DEFAULT_CLIENT,
  DEFAULT_COMPANY_ID,
} from '../../adapters/business-central/sandbox/options.ts';
import type { Journal } from '../../adapters/business-central/sandbox/state.ts';

export const BATCH_KEY = 'c0ffee'.padEnd(64, '7');

/** A claim of so many lines of 100.10 kroner each. */
export function claim(number: number, lineCount = 2, type = 'mileage'): FrozenClaim {
  const digits = String(number).padStart(2, '0');
  const lines = Array.from({ length: lineCount }, (_, i) => ({
    line_no: i + 1,
    type: i === 0 ? type : 'meals',
    date: '2026-02-12',
    amount: '100.10',
    quantity: null,
    text: 'secret free text',
  }));
  return {
    claim_id: `00000000-0000-4000-8000-0000000000${digits}`,
    reference: `HLF-C-${digits}`,
    kind: 'travel_expense',
    claimant_id: 'driver-1',
    claimant_name: 'Kari Nordmann',
    currency: 'NOK',
    total: ((lineCount * 10_010) / 100).toFixed(2),
    lines,
  };
}

export interface World {
  readonly sandbox: BusinessCentralSandbox;
  readonly adapter: Adapter;
  batch(claims: readonly FrozenClaim[], changes?: Partial<Batch>): Batch;
  /** One attempt with its own HTTP client; what was reported, in order. */
  submit(batch: Batch, options?: AttemptOptions): Promise<AttemptResult[]>;
  ask(batch: Batch, options?: AttemptOptions): Promise<readonly AnswerResult[]>;
  journals(): readonly Journal[];
  /** Has a person post the run's journal. */
  post(): Promise<void>;
  /** A request in a person's name. */
  call(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<unknown>;
}

export interface AttemptOptions {
  readonly mayWrite?: () => boolean;
  readonly timeLimitMs?: number;
  readonly clientSecret?: string;
  readonly maxBodyBytes?: number;
  readonly allowPrivateAddresses?: boolean;
  /** An adapter of its own, which has no token yet. */
  readonly isNew?: boolean;
  /** What the adapter gets to see of an answer. */
  readonly alter?: (request: HttpRequest, result: HttpResult) => HttpResult | Promise<HttpResult>;
}

export async function startWorld(options: BusinessCentralSandboxOptions = {}): Promise<World> {
  const sandbox = await startBusinessCentralSandbox(options);
  const adapter = createBusinessCentralAdapter();

  async function withHttp<T>(
    given: AttemptOptions,
    work: (http: HttpClient) => Promise<T>,
  ): Promise<T> {
    const http = createHttpClient({
      deadlineAt: performance.now() + (given.timeLimitMs ?? 20_000),
      mayWrite: given.mayWrite ?? (() => true),
      allowPrivateAddresses: given.allowPrivateAddresses ?? true,
      ...(given.maxBodyBytes === undefined ? {} : { maxBodyBytes: given.maxBodyBytes }),
    });
    const { alter } = given;
    const altered: HttpClient = {
      ...http,
      request: async (request) => {
        const result = await http.request(request);
        return alter === undefined ? result : alter(request, result);
      },
    };
    try {
      return await work(altered);
    } finally {
      http.close();
    }
  }
  const adapterOf = (given: AttemptOptions) =>
    given.isNew === true ? createBusinessCentralAdapter() : adapter;
  const credentialOf = (given: AttemptOptions) => ({
    client_id: DEFAULT_CLIENT.client_id,
    client_secret: given.clientSecret ?? DEFAULT_CLIENT.client_secret,
  });

  const world: World = {
    sandbox,
    adapter,
    batch: (claims, changes = {}) => ({
      organisationId: '00000000-0000-4000-8000-00000000000f',
      runId: '00000000-0000-4000-8000-0000000000aa',
      attemptNo: 1,
      search: 'run',
      batchKey: BATCH_KEY,
      endpoint: sandbox.apiBase(),
      openClaimIds: claims.map(({ claim_id }) => claim_id),
      knownExternalIds: [],
      voidedExternalIds: [],
      voidedClaimIds: [],
      input: {
        version: 1,
        system: 'business_central',
        mapper_version: MAPPER_VERSION,
        organisation: { id: 'o', name: 'HLF', prefix: 'HLF' },
        settings: {
          company_id: DEFAULT_COMPANY_ID,
          token_url: sandbox.tokenUrl(),
          liability_account: '2910',
        },
        posting_date: '2026-03-02',
        mappings: {
          mileage: { account: '7100', tax_code: null, dimensions: { AVDELING: '100' } },
          meals: { account: '7150', tax_code: null, dimensions: {} },
          wrong: { account: '9999', tax_code: null, dimensions: {} },
          misplaced: { account: '7100', tax_code: null, dimensions: { AVDELING: 'NO' } },
        },
        claims,
      },
      ...changes,
    }),
    submit: (batch, given = {}) =>
      withHttp(given, async (http) => {
        const reported: AttemptResult[] = [];
        await adapterOf(given).submit(
          batch,
          { http, credential: credentialOf(given) },
          (results) => {
            reported.push(...results);
            return Promise.resolve();
          },
        );
        return reported;
      }),
    ask: (batch, given = {}) =>
      withHttp(given, (http) =>
        adapterOf(given).findExisting(batch, { http, credential: credentialOf(given) }),
      ),
    journals: () => sandbox.ledger()[0]?.journals ?? [],
    async post() {
      const [journal] = world.journals();
      await world.call('POST', `journals(${journal?.id ?? ''})/Microsoft.NAV.post`);
    },
    async call(method, path, body) {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        ...DEFAULT_CLIENT,
        scope: 'https://api.businesscentral.dynamics.com/.default',
      });
      const signIn = await fetch(sandbox.tokenUrl(), { method: 'POST', body: form });
      const { access_token: token } = (await signIn.json()) as { access_token: string };
      const url = `${sandbox.apiBase()}/companies(${DEFAULT_COMPANY_ID})/${path}`;
      const response = await fetch(url, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'if-match': '*',
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
      return response.status === 204 ? null : response.json();
    },
  };
  return world;
}
