/** Vouchers put into an Xledger sandbox past the adapter, under any number. */
import type { XledgerSandbox } from '../../adapters/xledger/sandbox/xledger-sandbox.ts';
import type { Batch } from '../../adapters/adapter.ts';
import { mapVoucher } from '../../adapters/xledger/mapper.ts';
import type { GlImportInput, Voucher } from '../../adapters/xledger/mapper.ts';
import { ADD_GL_IMPORT_ITEMS } from '../../adapters/xledger/queries.ts';
import { batchOf, claim, frozenInput } from './xledger.ts';

/** A balanced voucher of a claim that is in none of the batches. */
export const OTHERS: readonly GlImportInput[] = vouchersOf(
  batchOf('', frozenInput([claim(99, ['diet', '1.00'])])),
).flatMap(({ inputs }) => inputs);

/** The vouchers of all claims of a batch. */
export function vouchersOf({ input, batchKey }: Batch): readonly Voucher[] {
  return input.claims.map(({ claim_id: claimId }) => mapVoucher(input, batchKey, claimId));
}

/** The number that a voucher is sent under. */
export function numberOf(voucher: Voucher | undefined): number {
  return voucher?.inputs[0]?.node.trRegNumber ?? 0;
}

/** The same items under other voucher numbers. */
export function renumbered(
  inputs: readonly GlImportInput[],
  trRegNumber: (index: number) => number,
): readonly GlImportInput[] {
  return inputs.map((input, index) => {
    return { ...input, node: { ...input.node, trRegNumber: trRegNumber(index) } };
  });
}

/** Sends items as they are; throws if they are not taken. */
export async function post(sandbox: XledgerSandbox, i: readonly GlImportInput[]): Promise<void> {
  const response = await fetch(sandbox.graphqlUrl, {
    method: 'POST',
    headers: { authorization: 'token sandbox-token', 'content-type': 'application/json' },
    body: JSON.stringify({ query: ADD_GL_IMPORT_ITEMS, variables: { i } }),
  });
  const answer = (await response.json()) as { errors?: unknown };
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
}
