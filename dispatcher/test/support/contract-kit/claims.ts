/** The claims of the contract test kit. Their names and texts must come up in no message. */
import type { Batch, FrozenClaim } from '../../../adapters/adapter.ts';
import type { Setup } from './system.ts';

export const BATCH_KEY = 'c0ffee'.padEnd(64, '7');
export const OTHER_KEY = '0badcafe'.padEnd(64, '3');

/** What is personal in every claim. */
export const PERSONAL = ['Kari Nordmann', 'lunch with my doctor'] as const;

export interface ClaimChanges {
  readonly lineCount?: number;
  /** Of its first line; the others are meals. */
  readonly type?: string;
  readonly currency?: string;
}

/** Claim `n`, whose lines are of different sums. */
export function claim(n: number, changes: ClaimChanges = {}): FrozenClaim {
  const { lineCount = 2, type = 'travel', currency = 'NOK' } = changes;
  const ore = (index: number) => 10_010 + 100 * n + index;
  const lines = Array.from({ length: lineCount }, (_, index) => ({
    line_no: index + 1,
    type: index === 0 ? type : 'meals',
    date: '2026-02-12',
    amount: kroner(ore(index)),
    quantity: null,
    text: PERSONAL[1],
  }));
  return {
    claim_id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    reference: `KIT-${n}`,
    kind: 'travel_expense',
    claimant_id: 'driver-1',
    claimant_name: PERSONAL[0],
    currency,
    total: kroner(lines.reduce((sum, _, index) => sum + ore(index), 0)),
    lines,
  };
}

/** A run's batch in which all claims are open. */
export function batchOf({ endpoint, input }: Setup, changes: Partial<Batch> = {}): Batch {
  return {
    organisationId: '10000000-0000-4000-8000-000000000000',
    runId: '20000000-0000-4000-8000-000000000000',
    attemptNo: 1,
    search: 'run',
    batchKey: BATCH_KEY,
    endpoint,
    input,
    openClaimIds: input.claims.map(({ claim_id }) => claim_id),
    knownExternalIds: [],
    voidedExternalIds: [],
    voidedClaimIds: [],
    ...changes,
  };
}

function kroner(ore: number): string {
  return (ore / 100).toFixed(2);
}
