/** Plays Minibok over real HTTP, with the faults that every sandbox has (sandbox/faults.ts). */
import { z } from 'zod';
import { FaultQueue } from '../../../../sandbox/faults.ts';
import { startServer } from '../../../../sandbox/sandbox-server.ts';
import type { SandboxAnswer, SandboxRequest } from '../../../../sandbox/sandbox-server.ts';

export const TOKEN = 'minibok-sandbox-token';
const ACCOUNTS = ['2910', '7100', '7150'];
const MAX_LINES = 50;

const voucherSchema = z.strictObject({
  reference: z.string().min(1).max(30),
  date: z.iso.date(),
  lines: z
    .array(
      z.strictObject({
        account: z.string(),
        department: z.string().nullable(),
        amount: z.string().regex(/^-?\d+\.\d\d$/),
        text: z.string().max(100),
      }),
    )
    .max(MAX_LINES),
});

type Voucher = z.output<typeof voucherSchema> & { readonly id: string };

export interface MinibokSandbox {
  readonly url: string;
  readonly faults: FaultQueue;
  /** The books; a test may change them as a person can. */
  vouchers: Voucher[];
  reset(): void;
  close(): Promise<void>;
}

export async function startMinibokSandbox(port = 0): Promise<MinibokSandbox> {
  let nextId = 1;
  const faults = new FaultQueue();
  const server = await startServer({
    port,
    faults,
    handle,
    errorBody: (status) => refusal(status, 'http', `Status ${status}.`).body,
    controls: { 'GET /__sandbox/ledger': () => sandbox.vouchers },
  });
  const sandbox: MinibokSandbox = {
    url: server.url,
    faults,
    vouchers: [],
    reset() {
      sandbox.vouchers = [];
      faults.clear();
    },
    close: () => server.close(),
  };

  function handle(request: SandboxRequest): SandboxAnswer {
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      return refusal(401, 'unauthorised', 'The token is not valid.');
    }
    if (request.path !== '/vouchers') return refusal(404, 'not_found', 'No such address.');
    if (request.method === 'GET') {
      const wanted = request.query.getAll('reference');
      const vouchers = sandbox.vouchers.filter(({ reference }) => wanted.includes(reference));
      return { status: 200, body: { vouchers } };
    }
    return request.method === 'POST' ? book(request.text) : refusal(405, 'method', 'GET or POST.');
  }

  function book(text: string): SandboxAnswer {
    const parsed = voucherSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return refusal(422, 'not_valid', 'The voucher is not valid.');
    const { reference, lines } = parsed.data;
    const unknown = lines.find(({ account }) => !ACCOUNTS.includes(account));
    if (unknown !== undefined) {
      return refusal(422, 'no_account', `There is no account ${unknown.account}.`);
    }
    const sum = lines.reduce((total, { amount }) => total + Math.round(Number(amount) * 100), 0);
    if (sum !== 0) return refusal(422, 'unbalanced', 'The lines do not sum to zero.');
    if (sandbox.vouchers.some((voucher) => voucher.reference === reference)) {
      return refusal(409, 'reference_taken', `There is a voucher ${reference}.`);
    }
    const id = String(nextId++);
    sandbox.vouchers = [...sandbox.vouchers, { ...parsed.data, id }];
    return { status: 201, body: { id } };
  }

  return sandbox;
}

function refusal(status: number, code: string, message: string) {
  return { status, body: { error: { code, message } } };
}
