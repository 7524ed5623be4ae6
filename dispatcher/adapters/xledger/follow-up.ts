/** Asks what Xledger booked of what it took, and what it found wrong (Xledger contract 8.4, step 5). */
import type { AdapterContext, DeliveredClaim, FollowUp, FollowUpResult } from '../adapter.ts';
import { clip } from './classify.ts';
import type { Problem } from './classify.ts';
import { byReference } from './find-lines.ts';
import { targetOf } from './graphql.ts';
import { readImportErrors } from './import-errors.ts';
import type { ImportError } from './import-errors.ts';
import { readLines } from './ledger-lines.ts';
import { liveLines } from './open-claims.ts';
import type { SchemaMemory } from './schema-memory.ts';

/**
 * Two requests for up to 500 claims: the journal by reference, and the newest import errors; one where
 * all is booked. A claim of which the journal has a line is booked: vouchers are booked whole (A).
 */
export async function followUp(
  batch: FollowUp,
  context: AdapterContext,
  memory: SchemaMemory,
): Promise<FollowUpResult> {
  const target = targetOf(batch, context, memory);
  const { delivered } = batch;
  const entries = await readLines(target, {
    connection: 'journalEntries',
    status: 'ALL',
    references: delivered.map(({ reference }) => reference),
    since: bookedSince(batch),
  });
  if (entries.kind === 'problem') return unanswered(entries);
  const lines = byReference(entries.lines);
  const isBooked = ({ claimId, reference }: DeliveredClaim) =>
    liveLines(lines.get(reference), batch, { claimId, voucher: null }).length > 0;
  const answer = {
    claimIds: delivered.map(({ claimId }) => claimId),
    bookedClaimIds: delivered.filter(isBooked).map(({ claimId }) => claimId),
  };
  const waiting = delivered.filter((claim) => !isBooked(claim));
  if (waiting.length === 0) return { ...answer, faults: {}, problem: null, retryAfterMs: null };

  const reading = await readImportErrors(target, dayBefore(waiting.map((one) => one.sentAfter)));
  if (reading.kind === 'problem') return { ...unanswered(reading), ...answer };
  const faults = faultsOf(waiting, reading.errors);
  return { ...answer, faults, problem: null, retryAfterMs: null };
}

/**
 * Ties errors to claims (A): by a reference of ours in the words, else by the item that the error names,
 * if its id is one that the claim's mutation was answered with. An error that is tied to none of these
 * claims is somebody else's.
 */
export function faultsOf(
  claims: readonly DeliveredClaim[],
  errors: readonly ImportError[],
): Readonly<Record<string, string>> {
  const byName = new Map(claims.map(({ reference, claimId }) => [reference, claimId]));
  const byItem = new Map(
    claims.flatMap(({ externalIds, claimId }) =>
      externalIds.map((id) => [id.replace(/^item:/, ''), claimId] as const),
    ),
  );
  const faults = new Map<string, Set<string>>();
  for (const { message, itemDbId } of errors) {
    const words = message.match(/[A-Z0-9][A-Z0-9-]*/g) ?? [];
    const named = words.flatMap((word) => byName.get(word.replace(/-+$/, '')) ?? []);
    const item = byItem.get(itemDbId ?? '');
    for (const claimId of named.length > 0 ? named : item === undefined ? [] : [item]) {
      const told = faults.get(claimId) ?? new Set();
      faults.set(claimId, told.add(message === '' ? 'an import error without words' : message));
    }
  }
  return Object.fromEntries(
    [...faults].map(([claimId, told]) => [claimId, clip([...told].join('; '))]),
  );
}

/**
 * Where the journal can't be asked by reference: what changed since we last asked. Where something was
 * voided, what it undid may be a year older (as in sentSince).
 */
function bookedSince({ delivered, voidedExternalIds, voidedClaimIds }: FollowUp): string {
  const hasVoided = voidedExternalIds.length > 0 || voidedClaimIds.length > 0;
  if (hasVoided)
    return dayBefore(
      delivered.map((one) => one.sentAfter),
      366,
    );
  return dayBefore(delivered.map((one) => one.askedAt));
}

/** The day before the earliest: Xledger's times are Central European, and clocks differ. */
function dayBefore(times: readonly string[], days = 1): string {
  const earliest = Math.min(...times.map((time) => Date.parse(time)));
  return new Date(earliest - days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

function unanswered({ message, retryAfterMs }: Problem): FollowUpResult {
  return { claimIds: [], bookedClaimIds: [], faults: null, problem: message, retryAfterMs };
}
