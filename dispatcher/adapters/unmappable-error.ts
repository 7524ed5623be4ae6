import { toMinorUnits } from './amount.ts';

/** A claim that can't become a voucher. The message holds codes and sums, never a claim's texts. */
export class UnmappableError extends Error {
  override readonly name = 'UnmappableError';
}

/**
 * An amount of a claim in whole øre.
 *
 * @throws UnmappableError if it can't be read exactly; see {@link toMinorUnits}
 */
export function claimAmount(decimal: string, reference: string): number {
  try {
    return toMinorUnits(decimal);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UnmappableError(`${reference}: an amount can't be read`);
  }
}
