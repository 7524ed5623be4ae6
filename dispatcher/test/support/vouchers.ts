/** What must hold of the vouchers of any batch, whatever the system. */
import { toMinorUnits } from '../../adapters/amount.ts';
import { generationOf } from '../../adapters/entries.ts';
import type { Batch, FrozenClaim } from '../../adapters/adapter.ts';

/** One line of a voucher, as it stands in the body that is sent. */
export interface SentLine {
  /** As JSON writes it: `123.5`, or `"123.50"`. */
  readonly amount: string;
  readonly account: string;
  readonly text: string;
  /** What ties the line to its claim in the ledger. */
  readonly reference: string;
  /** All other codes: tax codes, dimensions and their values. */
  readonly codes: readonly string[];
  /** Fixed by the claim's place in the run, and no other line's. */
  readonly number: string;
}

/** What a mapper makes of one claim; null: it can't be mapped. */
export interface Sent {
  readonly claimId: string;
  readonly lines: readonly SentLine[] | null;
  /** The very bytes. */
  readonly body: string;
}

/** How the system's fields are. */
export interface FieldLimits {
  readonly text: number;
  readonly code: number;
}

/**
 * Checks all that must hold of a batch's vouchers.
 *
 * @param map the mapper: the open claims of a batch
 * @returns what the mapper made of all claims
 * @throws Error that says what doesn't hold
 */
export function checkVouchers(
  batch: Batch,
  map: (batch: Batch) => readonly Sent[],
  limits: FieldLimits,
): readonly Sent[] {
  const ids = batch.input.claims.map(({ claim_id: id }) => id);
  const all = map({ ...batch, openClaimIds: ids });
  hold(same(all.map(({ claimId }) => claimId).sort(), [...ids].sort()), 'every claim is told of');

  // The same input gives the same bytes, whatever is open, in whatever order, and however often.
  const again = map(structuredClone({ ...batch, openClaimIds: [...ids].reverse() }));
  hold(same(bodies(again), bodies(all)), 'the same input gives the same bytes');
  const open = new Set(batch.openClaimIds);
  const expected = all.filter(({ claimId }) => open.has(claimId));
  hold(same(bodies(map(batch)), bodies(expected)), 'settled claims shift no number');

  const numbers = all.flatMap(({ lines }) => lines ?? []).map(({ number }) => number);
  hold(new Set(numbers).size === numbers.length, 'no two lines share a number');
  for (const sent of all) {
    const claim = batch.input.claims.find(({ claim_id: id }) => id === sent.claimId);
    if (claim === undefined) throw new Error('a voucher of no claim');
    if (sent.lines === null) hold(!isMappable(batch, claim), `${claim.reference} is mapped`);
    else checkVoucher(claim, sent.lines, limits, generationOf(batch.input) === 1);
  }
  return all;
}

function checkVoucher(
  claim: FrozenClaim,
  lines: readonly SentLine[],
  limits: FieldLimits,
  isFirstMapper: boolean,
): void {
  const amounts = lines.map(({ amount }) => toMinorUnits(amount));
  const wanted = claim.lines.map(({ amount }) => toMinorUnits(amount));
  hold(same(amounts.slice(0, -1), wanted), 'a line for each line, to the øre');
  hold(amounts.reduce((sum, one) => sum + one, 0) === 0, 'a voucher balances');
  for (const { account, text, reference, codes } of lines) {
    hold(/^[A-Za-z0-9.-]{1,20}$/.test(account), 'an account is a code');
    hold(reference === claim.reference, 'a line bears the reference');
    hold(/^[A-Z0-9][A-Z0-9-]{0,19}$/.test(reference), 'a reference fits every system');
    for (const code of codes) {
      hold(code.length <= limits.code && !/[\p{Cc}\p{Cs}]/u.test(code), 'a code fits its field');
    }
    // The first mapper's texts are as they were, for better or worse.
    if (isFirstMapper) continue;
    hold(text.length > 0 && text.length <= limits.text, 'a text fits its field');
    hold(!/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text), 'no control character, no half of a pair');
    hold(text === text.trim() && !text.includes('  '), 'one line, one blank between words');
    hold(text.normalize('NFC') === text, 'letters are composed');
  }
}

/** The batches' sums are right; what is left to go wrong is the currency, and a type not mapped. */
function isMappable({ input }: Batch, claim: FrozenClaim): boolean {
  return (
    claim.currency === 'NOK' && claim.lines.every(({ type }) => Object.hasOwn(input.mappings, type))
  );
}

function bodies(all: readonly Sent[]): readonly string[] {
  return all.map(({ claimId, body }) => `${claimId} ${body}`).sort();
}

function same(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

function hold(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(`it doesn't hold that: ${what}`);
}
