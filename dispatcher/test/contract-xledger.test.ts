import { startXledgerSandbox, timedOut } from '../adapters/xledger/sandbox/xledger-sandbox.ts';
import type { XledgerSandbox } from '../adapters/xledger/sandbox/xledger-sandbox.ts';
import type { FrozenClaim } from '../adapters/adapter.ts';
import { createXledgerAdapter } from '../adapters/xledger/adapter.ts';
import { describeSystem } from './support/contract-kit/describe-system.ts';
import type { OwnAnswer, PersonActs, Setup } from './support/contract-kit/system.ts';

/** Errors come under 200 (Xledger contract 3.2). */
function errors(code: string | null, message: string): OwnAnswer['fault'] {
  const error = code === null ? { message } : { message, code };
  return { kind: 'status', status: 200, body: { errors: [error] } };
}

const OWN_ANSWERS: readonly OwnAnswer[] = [
  {
    title: 'the burst limit under 200',
    fault: errors('BAD_REQUEST.BURST_RATE_LIMIT_REACHED', 'Too many requests.'),
    outcome: 'not_applied',
    failure: 'throttled',
    retryAfterMs: 5_000,
  },
  {
    title: 'the concurrency limit under 200',
    fault: errors('BAD_REQUEST.CONCURRENCY_LIMIT_REACHED', 'Too many at once.'),
    outcome: 'not_applied',
    failure: 'throttled',
    retryAfterMs: 1_000,
  },
  {
    title: 'credits that are used up',
    fault: errors('BAD_REQUEST.INSUFFICIENT_CREDITS', 'Insufficient credits.'),
    outcome: 'not_applied',
    failure: 'throttled',
  },
  ...[true, false].map((isApplied): OwnAnswer => ({
    title: `a time-out of its own as unknown: ${isApplied ? '' : 'not '}applied`,
    fault: timedOut(isApplied),
    outcome: 'unknown',
    failure: null,
  })),
  {
    title: 'an error that nobody named as unknown',
    fault: errors(null, 'Something went wrong.'),
    outcome: 'unknown',
    failure: null,
  },
  {
    title: 'a success that kept nothing',
    fault: { kind: 'status', status: 200, body: { data: { addGLImportItems: { edges: [] } } } },
    outcome: 'unknown',
    failure: null,
  },
];

function setup(sandbox: XledgerSandbox, claims: readonly FrozenClaim[], origin: string): Setup {
  const account = (number: string, dimensions = {}) => ({
    account: number,
    tax_code: null,
    dimensions,
  });
  return {
    endpoint: sandbox.graphqlUrl.replace(sandbox.url, origin),
    input: {
      version: 1,
      system: 'xledger',
      mapper_version: 'xledger/2',
      organisation: { id: '10000000-0000-4000-8000-000000000000', name: 'Kit', prefix: 'KIT' },
      settings: { liability_account: '2910' },
      posting_date: '2026-03-02',
      mappings: {
        travel: account('7100', { project: '100' }),
        meals: account('7150'),
        nowhere: account('9999'),
      },
      claims,
    },
  };
}

function personOf(sandbox: XledgerSandbox): PersonActs {
  const firstOf = (reference: string) =>
    sandbox.ledger().items.find(({ extIdentifier }) => extIdentifier === reference)?.dbId ?? '';
  return {
    loseLine: (reference) => sandbox.editItem(firstOf(reference), { extIdentifier: 'OTHER' }),
    changeAmount: (reference) => sandbox.editItem(firstOf(reference), { amount: '1.25' }),
    remove: (reference) => void sandbox.removeItems(reference),
    post: () => sandbox.book(),
  };
}

await describeSystem({
  name: 'Xledger',
  promise: 'R2',
  credential: { token: 'sandbox-token' },
  wrongCredential: { token: 'some-other-token' },
  mostLines: 499,
  createAdapter: createXledgerAdapter,
  async start() {
    const sandbox = await startXledgerSandbox();
    const reset = () => {
      sandbox.reset();
      // Its own sentences count requests; these make more in five seconds than anybody is allowed.
      sandbox.switches.burst = null;
    };
    return {
      setup: (claims, origin) => setup(sandbox, claims, origin),
      effects: (reference) => sandbox.effects(reference),
      person: personOf(sandbox),
      http: {
        origin: sandbox.url,
        faults: sandbox.faults,
        lines: { operation: '^addGLImportItems$' },
        questions: { operation: '^glImportItems$' },
        refusal: { errors: [{ message: 'The field is not valid.', code: 'INVALID_VALUE' }] },
        ownAnswers: OWN_ANSWERS,
      },
      reset,
      close: () => sandbox.close(),
    };
  },
});
