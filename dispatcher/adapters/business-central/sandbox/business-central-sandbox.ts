/** Business Central and its sign-in, to play against over HTTP (contract 7). */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { FaultQueue } from '../../../../sandbox/faults.ts';
import type {
  LoggedRequest,
  SandboxAnswer,
  SandboxRequest,
} from '../../../../sandbox/sandbox-server.ts';
import { startServer } from '../../../../sandbox/sandbox-server.ts';
import { RateLimiter, Tokens } from './access.ts';
import type { Api, ApiRequest, ApiSettings, Drift } from './api.ts';
import { answerOf, onlyReads, operationOf, runBatch } from './batch.ts';
import { ApiError, badRequest, errorBodyOfStatus } from './errors.ts';
import type { CompanyLedger } from './ledger-view.ts';
import { effectsOf, ledgerOf } from './ledger-view.ts';
import type { ClientOptions, CompanyOptions, RateLimit } from './options.ts';
import { companySettings, DEFAULT_CLIENT, rateLimitSchema } from './options.ts';
import { route, segmentsOf } from './routes.ts';
import type { State } from './state.ts';
import { Store } from './state.ts';

export interface BusinessCentralSandboxOptions extends Partial<ApiSettings> {
  /** 0 (default): any free port. */
  readonly port?: number;
  /** Default: one company, HLF. */
  readonly companies?: readonly CompanyOptions[];
  readonly clients?: readonly ClientOptions[];
  /** Default 3599. */
  readonly tokenLifetimeSeconds?: number;
  readonly rateLimit?: RateLimit | null;
  /** Longer bodies are answered with 413; default 350 MB (contract 2.6). */
  readonly maxBodyBytes?: number;
}

export interface BusinessCentralSandbox {
  readonly url: string;
  /** `…/api/v2.0`; by default of tenant `sandbox-tenant`, environment `Sandbox`. */
  apiBase(tenant?: string, environment?: string): string;
  tokenUrl(tenant?: string): string;
  readonly faults: FaultQueue;
  /** All requests but the test-only ones, oldest first. */
  readonly requests: LoggedRequest[];
  ledger(): CompanyLedger[];
  /** How many times a reference is in the books of all companies; see `effectsOf`. */
  effects(reference: string): number;
  setRateLimit(limit: RateLimit | null): void;
  /** Has the rows of a resource (`accounts`) answered in another shape; null: as ever. */
  setDrift(resource: string, drift: Drift | null): void;
  /** Lets every access token die. */
  revokeTokens(): void;
  /** Empties books, faults, log, tokens and the rate limit's count. */
  reset(): void;
  close(): Promise<void>;
}

const driftsSchema = z.record(
  z.string(),
  z.nullable(
    z.strictObject({
      removed: z.array(z.string()).default([]),
      added: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
      retyped: z.array(z.string()).default([]),
    }),
  ),
);

const TOKEN_PATH = /^\/[^/]+\/oauth2\/v2\.0\/token$/;
/** The tenant may be left out (contract 2.1). */
const API_PATH = /^(\/v2\.0\/(?:[^/]+\/){1,2}api\/v2\.0)(\/.*)?$/;

/** Starts a sandbox on 127.0.0.1; rejects if the port is taken. */
export async function startBusinessCentralSandbox(
  options: BusinessCentralSandboxOptions = {},
): Promise<BusinessCentralSandbox> {
  const store = new Store((options.companies ?? [{}]).map(companySettings));
  const tokens = new Tokens(
    options.clients ?? [DEFAULT_CLIENT],
    options.tokenLifetimeSeconds ?? 3599,
  );
  const limiter = new RateLimiter(options.rateLimit ?? null);
  const faults = new FaultQueue(() => store.snapshot());
  const maxBodyBytes = options.maxBodyBytes ?? 350 * 1024 * 1024;
  const api: Api = {
    store,
    drifts: new Map(),
    settings: {
      enumForm: options.enumForm ?? 'encoded',
      pageSize: options.pageSize ?? 20_000,
      batchErrorsAreUnknown: options.batchErrorsAreUnknown ?? false,
    },
  };

  function handle(request: SandboxRequest): SandboxAnswer {
    if (TOKEN_PATH.test(request.path)) return tokens.answer(request);
    const answer = limiter.refuse(errorBodyOfStatus) ?? answerOf(() => serveApi(request));
    return { ...answer, headers: { ...answer.headers, 'request-id': randomUUID() } };
  }

  function serveApi(request: SandboxRequest): SandboxAnswer {
    const match = API_PATH.exec(request.path);
    if (match === null) throw new ApiError(404, 'BadRequest_NotFound', 'No such address.');
    tokens.check(request.headers['authorization']);
    if (Buffer.byteLength(request.text) > maxBodyBytes) {
      throw new ApiError(413, 'BadRequest', 'The request body is too large.');
    }
    const [, base = '', below = '/'] = match;
    const apiRequest: Omit<ApiRequest, 'segments'> = {
      method: request.method,
      query: request.query,
      headers: request.headers,
      body: parseBody(request),
      base: `http://${request.headers['host'] ?? 'localhost'}${base}`,
    };
    const before = store.snapshot();
    const isLie = request.fault?.kind === 'lie_201';
    const isLate =
      request.fault?.kind === 'lag' && (request.method === 'GET' || onlyReads(apiRequest.body));
    if (isLate) store.restore(request.fault.remembered as State);
    try {
      if (below === '/$batch') {
        if (request.method !== 'POST') throw badRequest('A batch must be sent with POST.');
        return runBatch(api, { ...apiRequest, segments: [] }, isLie);
      }
      return route(api, { ...apiRequest, segments: segmentsOf(below) });
    } finally {
      if (isLie || isLate) store.restore(before);
    }
  }

  function setDrift(resource: string, drift: Drift | null): void {
    if (drift === null) api.drifts.delete(resource);
    else api.drifts.set(resource, drift);
  }

  function reset(): void {
    store.reset();
    tokens.revoke();
    faults.clear();
    limiter.set(options.rateLimit ?? null);
    api.drifts.clear();
    server.requests.length = 0;
  }

  const server = await startServer({
    port: options.port ?? 0,
    faults,
    handle,
    operationOf,
    errorBody: errorBodyOfStatus,
    controls: {
      'GET /__sandbox/ledger': () => ledgerOf(store.snapshot()),
      'POST /__sandbox/reset': reset,
      // By resource: `{"accounts": {"removed": ["blocked"]}}`; null: as ever.
      'PUT /__sandbox/drift': ({ text }) => {
        const drifts = driftsSchema.parse(JSON.parse(text));
        for (const [resource, drift] of Object.entries(drifts)) setDrift(resource, drift);
        return Object.fromEntries(api.drifts);
      },
      // `{"max_requests","window_ms","retry_after"?}`, or null to switch it off.
      'PUT /__sandbox/rate-limit': ({ text }) => {
        const limit = rateLimitSchema.parse(JSON.parse(text));
        limiter.set(limit);
        return { limit };
      },
    },
  });

  return {
    url: server.url,
    apiBase: (tenant = 'sandbox-tenant', environment = 'Sandbox') =>
      `${server.url}/v2.0/${tenant}/${environment}/api/v2.0`,
    tokenUrl: (tenant = 'sandbox-tenant') => `${server.url}/${tenant}/oauth2/v2.0/token`,
    faults,
    requests: server.requests,
    ledger: () => ledgerOf(store.snapshot()),
    effects: (reference) => effectsOf(store.snapshot(), reference),
    setRateLimit: (limit) => limiter.set(limit),
    setDrift,
    revokeTokens: () => tokens.revoke(),
    reset,
    close: () => server.close(),
  };
}

function parseBody(request: SandboxRequest): unknown {
  if (request.text === '') return undefined;
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/json\b/i.test(type)) {
    throw new ApiError(415, 'BadRequest', `The media type '${type}' is not supported.`);
  }
  try {
    return JSON.parse(request.text);
  } catch {
    throw badRequest('Invalid Request Body');
  }
}
