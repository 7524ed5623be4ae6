/** The worked example of docs/new-accounting-system.md passes the kit that every system passes. */
import { createMinibokAdapter, MINIBOK } from '../../docs/examples/minibok/adapter.ts';
import { MAPPER_VERSION } from '../../docs/examples/minibok/mapper.ts';
import {
  startMinibokSandbox,
  TOKEN,
  type MinibokSandbox,
} from '../../docs/examples/minibok/sandbox/minibok-sandbox.ts';
import type { FrozenClaim } from '../adapters/adapter.ts';
import { describeSystem } from './support/contract-kit/describe-system.ts';
import type { PersonActs, Setup } from './support/contract-kit/system.ts';

function setup(claims: readonly FrozenClaim[], origin: string): Setup {
  const account = (number: string, dimensions = {}) => ({
    account: number,
    tax_code: null,
    dimensions,
  });
  return {
    endpoint: origin,
    input: {
      version: 1,
      system: MINIBOK,
      mapper_version: MAPPER_VERSION,
      organisation: { id: '10000000-0000-4000-8000-000000000000', name: 'Kit', prefix: 'KIT' },
      settings: { liability_account: '2910' },
      posting_date: '2026-03-02',
      mappings: {
        travel: account('7100', { department: '10' }),
        meals: account('7150'),
        nowhere: account('9999'),
      },
      claims,
    },
  };
}

function personOf(sandbox: MinibokSandbox): PersonActs {
  type Voucher = MinibokSandbox['vouchers'][number];
  const change = (reference: string, how: (voucher: Voucher) => Voucher[]) => {
    sandbox.vouchers = sandbox.vouchers.flatMap((voucher) =>
      voucher.reference === reference ? how(voucher) : [voucher],
    );
  };
  return {
    loseLine: (reference) => change(reference, (one) => [{ ...one, lines: one.lines.slice(1) }]),
    changeAmount: (reference) =>
      change(reference, (one) => [
        { ...one, lines: one.lines.map((line) => ({ ...line, amount: '1.25' })) },
      ]),
    remove: (reference) => change(reference, () => []),
    // By hand, where nothing refuses a reference that is taken.
    bookAgain: (reference) => change(reference, (one) => [one, { ...one, id: `${one.id}-again` }]),
  };
}

await describeSystem({
  name: 'Minibok',
  promise: 'R1',
  credential: { token: TOKEN },
  wrongCredential: { token: 'some-other-token' },
  mostLines: 49,
  createAdapter: createMinibokAdapter,
  doesNotApply: { guard: 'an example is no system that the database knows' },
  async start() {
    const sandbox = await startMinibokSandbox();
    return {
      setup,
      effects: (reference) =>
        sandbox.vouchers.filter((voucher) => voucher.reference === reference).length,
      person: personOf(sandbox),
      http: {
        origin: sandbox.url,
        faults: sandbox.faults,
        lines: { method: 'POST', path: '^/vouchers' },
        questions: { method: 'GET', path: '^/vouchers' },
        refusal: { error: { code: 'not_valid', message: 'The voucher is not valid.' } },
        ownAnswers: [
          {
            title: 'a reference that is taken as a question, not as a refusal',
            fault: {
              kind: 'status',
              status: 409,
              body: { error: { code: 'reference_taken', message: 'There is a voucher KIT-1.' } },
            },
            outcome: 'unknown',
            failure: null,
          },
          {
            title: 'a success that kept nothing',
            fault: { kind: 'status', status: 201, body: { id: '1' } },
            outcome: 'unknown',
            failure: null,
          },
        ],
      },
      reset: () => sandbox.reset(),
      close: () => sandbox.close(),
    };
  },
});
