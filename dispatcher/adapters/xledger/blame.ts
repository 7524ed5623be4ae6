/** Which claims a refusal is about. Pure. */
import type { Refusal } from './classify.ts';
import type { GlImportInput, Voucher } from './mapper.ts';

/**
 * Ties refusals to claims by what their text quotes (`account.code: … code '71400'.`) or by the
 * place that their path names (Xledger contract 8.2; that a path is given at all is A).
 *
 * @param vouchers those of the refused request, in the order sent
 * @returns claim ids; all of them where any refusal can't be tied to only some
 */
export function blamedClaims(
  refusals: readonly Pick<Refusal, 'message' | 'path'>[],
  vouchers: readonly Voucher[],
): readonly string[] {
  const all = vouchers.map((voucher) => voucher.claimId);
  const blamed = new Set<string>();
  for (const refusal of refusals) {
    const some = claimsOf(refusal, vouchers);
    if (some.length === 0 || some.length === all.length) return all;
    for (const claimId of some) blamed.add(claimId);
  }
  return blamed.size === 0 ? all : [...blamed];
}

function claimsOf(
  refusal: Pick<Refusal, 'message' | 'path'>,
  vouchers: readonly Voucher[],
): string[] {
  const index = refusal.path.find((step) => typeof step === 'number');
  if (index !== undefined) {
    const inputs = vouchers.flatMap((voucher) => voucher.inputs.map(() => voucher.claimId));
    return inputs.slice(index, index + 1);
  }
  const field = /^(\w+)\.code:/.exec(refusal.message)?.[1] ?? null;
  const quoted = [...refusal.message.matchAll(/'([^']+)'|"([^"]+)"|`([^`]+)`/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  );
  return vouchers
    .filter((voucher) => voucher.inputs.some((input) => names(input, field, quoted)))
    .map((voucher) => voucher.claimId);
}

/** Whether an item holds one of the quoted words: as its own name, or as a code. */
function names(input: GlImportInput, field: string | null, quoted: readonly string[]): boolean {
  const ids = [input.clientId, input.node.extIdentifier];
  if (field === null && ids.some((id) => quoted.includes(id))) return true;
  return Object.entries(input.node).some(
    ([name, value]) =>
      (field === null || name === field) &&
      typeof value === 'object' &&
      'code' in value &&
      quoted.includes(value.code),
  );
}
