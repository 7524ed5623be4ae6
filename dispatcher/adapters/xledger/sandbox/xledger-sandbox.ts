/**
 * Plays the part of Xledger's GraphQL that the export uses, over real HTTP, with faults that a test
 * switches on. What it does by confirmed facts and what by assumption is told at each place.
 */
import type { FaultInput } from '../../../../sandbox/faults.ts';
import { FaultQueue } from '../../../../sandbox/faults.ts';
import type { LoggedRequest, SandboxRequest } from '../../../../sandbox/sandbox-server.ts';
import { startServer } from '../../../../sandbox/sandbox-server.ts';
import type { Grant } from './endpoint.ts';
import { createEndpoint, operationOf } from './endpoint.ts';
import { TIMED_OUT } from './errors.ts';
import { Ledger } from './ledger.ts';
import { createLimits } from './limits.ts';
import type { XledgerSandboxOptions } from './options.ts';
import { DEFAULTS } from './options.ts';
import type { MasterData } from './references.ts';
import { entityOf, masterDataOf } from './references.ts';
import type { LedgerReport } from './report.ts';
import { reportOf } from './report.ts';
import type { Switches } from './switches.ts';
import { changeSwitches, defaultSwitches } from './switches.ts';
import { parseAmount } from './values.ts';

export type { XledgerSandboxOptions } from './options.ts';
export type { LedgerReport, LineReport, ReferenceTotal } from './report.ts';
export type { Switches } from './switches.ts';

export interface XledgerSandbox {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly graphqlUrl: string;
  readonly faults: FaultQueue;
  /** May be written at any time; holds from the next request on. */
  readonly switches: Switches;
  /** The log; what it calls operation are the root fields of the query. */
  readonly requests: readonly LoggedRequest[];
  /** All that is kept, open and booked. Reading it books nothing. */
  ledger(): LedgerReport;
  /** How many vouchers hold the reference, open and booked together: 2 if it was sent twice. */
  effects(reference: string): number;
  /** Books all open vouchers that balance, as a person can. */
  book(): void;
  /** Removes the open items of a reference, as a person can; tells how many there were. */
  removeItems(reference: string): number;
  /** Refuses all open vouchers, with a row each in glImportItemErrors. */
  reject(): void;
  /** Removes the rows of glImportItemErrors, as a person who mended what they tell of. */
  removeErrors(): void;
  /** Changes text, reference or amount (`"12.50"`) of an open item, as a person can. */
  editItem(dbId: string, change: ItemChange): void;
  /** Empties the ledger, the faults and the log, and sets the switches back. */
  reset(): void;
  close(): Promise<void>;
}

export interface ItemChange {
  readonly text?: string;
  readonly extIdentifier?: string;
  readonly amount?: string;
}

/** Starts the sandbox; more test-only routes: `GET /__sandbox/ledger`, `GET|PUT …/switches`. */
export async function startXledgerSandbox(
  options: XledgerSandboxOptions = {},
): Promise<XledgerSandbox> {
  const now = options.now ?? (() => new Date());
  const master = masterDataOf(options);
  const switches = defaultSwitches();
  const limits = createLimits(switches, now);
  const ledger = new Ledger(now);
  const faults = new FaultQueue(() => ledger.rows());
  const server = await startServer({
    port: options.port ?? 0,
    host: options.host ?? '127.0.0.1',
    faults,
    handle: createEndpoint({ ledger, master, switches }, limits, grantsOf(options, master)),
    operationOf,
    errorBody: (status) => `<html><body><h1>${status}</h1></body></html>`,
    controls: {
      'GET /__sandbox/ledger': () => reportOf(ledger),
      'GET /__sandbox/switches': () => switches,
      'PUT /__sandbox/switches': (request: SandboxRequest) => {
        changeSwitches(switches, JSON.parse(request.text));
        return switches;
      },
    },
  });
  return {
    url: server.url,
    graphqlUrl: `${server.url}/graphql`,
    faults,
    switches,
    requests: server.requests,
    ledger: () => reportOf(ledger),
    effects: (reference) => ledger.effects(reference),
    book: () => ledger.process('book'),
    reject: () => ledger.process('reject'),
    removeErrors: () => ledger.removeErrors(),
    removeItems: (reference) => ledger.removeItems(reference),
    editItem(dbId, { amount, ...change }) {
      const ore = amount === undefined ? null : parseAmount(amount);
      if (amount !== undefined && ore === null) throw new Error(`Not an amount: ${amount}`);
      const sums = ore === null ? {} : { amount: ore, invoiceAmount: ore };
      ledger.editItem(Number(dbId), { ...change, ...sums });
    },
    reset() {
      ledger.clear();
      faults.clear();
      limits.reset();
      server.requests.length = 0;
      Object.assign(switches, defaultSwitches());
    },
    close: () => server.close(),
  };
}

/**
 * The fault "Your query timed out." (contract 3.2): the answer is the same whether the request was
 * applied or not.
 */
export function timedOut(isApplied: boolean, operation = 'addGLImportItems'): FaultInput {
  const body = { errors: [TIMED_OUT] };
  return { kind: 'status', status: 200, body, apply: isApplied, operation };
}

function grantsOf(options: XledgerSandboxOptions, master: MasterData): Map<string, Grant> {
  const [top] = master.entities;
  if (top === undefined) throw new Error('The sandbox needs an entity');
  return new Map(
    (options.tokens ?? DEFAULTS.tokens).map((option) => {
      if (typeof option === 'string') return [option, { entity: top, scopes: null }];
      const entity = option.entity === undefined ? top : entityOf(master.entities, option.entity);
      return [option.token, { entity, scopes: option.scopes ?? null }];
    }),
  );
}
