/** What the tests of the Xledger sandbox send and read. */
import type { Test } from 'tap';
import type { WireError } from '../../dispatcher/adapters/xledger/sandbox/errors.ts';
import type {
  XledgerSandbox,
  XledgerSandboxOptions,
} from '../../dispatcher/adapters/xledger/sandbox/xledger-sandbox.ts';
import { startXledgerSandbox } from '../../dispatcher/adapters/xledger/sandbox/xledger-sandbox.ts';

export interface LineNode {
  readonly dbId: string | number;
  readonly extIdentifier: string | null;
  readonly amount: string | number;
  readonly [field: string]: unknown;
}

export interface Connection {
  readonly edges:
    | readonly { readonly cursor: string; readonly clientId: string; readonly node: LineNode }[]
    | null;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
}

export interface Answer {
  readonly status: number;
  readonly data: Readonly<Record<string, Connection | null>> | null | undefined;
  readonly errors: readonly WireError[] | undefined;
}

export const ADD = `mutation ($i:[AddGLImportItemsInput!]!){ addGLImportItems(inputs:$i){
  edges{ clientId node{ dbId extIdentifier trRegNumber } } } }`;

export const ITEMS = `query ($x:[String!]!){ glImportItems(first:1000, objectStatus:ALL,
  filter:{extIdentifier_in:$x}) { pageInfo{hasNextPage hasPreviousPage}
  edges{cursor node{dbId extIdentifier trRegNumber amount invoiceAmount postedDate createdAt}} } }`;

export const ENTRIES = `query ($x:[String!]!){ journalEntries(first:1000,
  filter:{extIdentifier_in:$x}) { pageInfo{hasNextPage}
  edges{cursor node{dbId extIdentifier amount journalHeader{transactionNumber}}} } }`;

export const ERRORS = `{ glImportItemErrors(first:1000){
  edges{node{dbId createdAt message errorLevel{code name} transactionDbId}} } }`;

export async function start(t: Test, options: XledgerSandboxOptions = {}): Promise<XledgerSandbox> {
  const sandbox = await startXledgerSandbox(options);
  t.teardown(() => sandbox.close());
  return sandbox;
}

export async function post(
  sandbox: XledgerSandbox,
  query: string,
  variables: object = {},
  authorization: string | null = 'token sandbox-token',
): Promise<Answer> {
  const response = await fetch(sandbox.graphqlUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(authorization === null ? {} : { authorization }),
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Pick<Answer, 'data' | 'errors'>;
  return { status: response.status, data: body.data, errors: body.errors };
}

/** The two lines of contract 8.1, with other references or members where asked for. */
export function voucher(reference: string, trRegNumber: number, debit: object = {}) {
  const shared = {
    trRegNumber,
    postedDate: '2026-03-02',
    transactionSource: { code: 'GL' },
    jobLevel: { dbSubId: 1 },
    text: 'Travel 12-14 Feb',
    extIdentifier: reference,
    extOrderNumber: 'BF-R-0000041',
  };
  return [
    {
      clientId: `${reference}/1`,
      node: {
        ...shared,
        account: { code: '7140' },
        amount: '1234.50',
        invoiceAmount: '1234.50',
        project: { code: '100' },
        ...debit,
      },
    },
    {
      clientId: `${reference}/2`,
      node: {
        ...shared,
        account: { code: '2910' },
        amount: '-1234.50',
        invoiceAmount: '-1234.50',
      },
    },
  ];
}

export function add(sandbox: XledgerSandbox, reference: string, trRegNumber = 41012, debit = {}) {
  return post(sandbox, ADD, { i: voucher(reference, trRegNumber, debit) });
}
