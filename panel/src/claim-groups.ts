/** Claims as a person sorts them: delivered, not delivered, still open. */
import type { Claim, RunState } from './rows.ts';

export const claimGroups = [
  'delivered',
  'file',
  'open',
  'refused',
  'heldBack',
  'withdrawn',
] as const;
export type ClaimGroup = (typeof claimGroups)[number];

const ended: readonly RunState[] = [
  'exported',
  'partially_exported',
  'rejected',
  'failed',
  'skipped',
  'cancelled',
];

export function hasEnded(state: RunState): boolean {
  return ended.includes(state);
}

/** Whether the state changes without a person. */
export function isMoving(state: RunState): boolean {
  return ['queued', 'sending', 'retry_wait', 'in_doubt', 'reconciling'].includes(state);
}

export function groupOf(claim: Claim, state: RunState): ClaimGroup {
  if (claim.verdict !== 'exportable') return 'heldBack';
  switch (claim.outcome) {
    case 'accepted':
    case 'found':
    case 'booked_by_hand':
      return state === 'produced' ? 'file' : 'delivered';
    case 'voided':
    case 'cancelled':
      return 'withdrawn';
    case 'rejected':
    case 'proved_absent':
      return 'refused';
    case 'not_applied':
    case 'unknown':
    case 'absent':
    case null:
      if (!hasEnded(state)) return 'open';
      return state === 'cancelled' ? 'withdrawn' : 'refused';
  }
}

/** How many claims of each group; groups without any are left out. */
export function countGroups(claims: readonly Claim[], state: RunState): Map<ClaimGroup, number> {
  const counts = new Map<ClaimGroup, number>();
  for (const group of claimGroups) {
    const count = claims.filter((claim) => groupOf(claim, state) === group).length;
    if (count > 0) counts.set(group, count);
  }
  return counts;
}

/** A ledger's id, apart from the word before the colon that says what it is the id of. */
export function readVoucher(externalId: string): { kind: string | null; number: string } {
  const [, kind, number] = /^([a-z]+):(.+)$/.exec(externalId) ?? [];
  return kind === undefined || number === undefined
    ? { kind: null, number: externalId }
    : { kind, number };
}
