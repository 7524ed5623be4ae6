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
  const faults = faultsOf(waiting, reading.errors, batch.voidedExternalIds);
  return { ...answer, faults, problem: null, retryAfterMs: null };
}

/**
 * Ties errors to claims (A): by the item that the error names, else by a reference of ours in its
 * words. A claim that was voided, corrected and sent again has its old reference and new items; what
 * was wrong with the old ones is older, or names one of them. An error that is tied to none of these
 * claims is somebody else's.
 */
export function faultsOf(
  claims: readonly DeliveredClaim[],
  errors: readonly ImportError[],
  voidedExternalIds: readonly string[],
): Readonly<Record<string, string>> {
  const voided = new Set(voidedExternalIds.map(dbIdOf));
  const asked = claims.map(({ claimId, reference, externalIds, sentAfter }) => {
    const items = new Set(externalIds.map(dbIdOf));
    return { claimId, reference, items, since: dayBefore([sentAfter]) };
  });
  const faults = new Map<string, Set<string>>();
  for (const { message, itemDbId, createdAt } of errors) {
    if (itemDbId !== null && voided.has(itemDbId)) continue;
    const names = new Set(
      message.match(/[A-Z0-9][A-Z0-9-]*/g)?.map((one) => one.replace(/-+$/, '')),
    );
    for (const { claimId, reference, items, since } of asked) {
      if (createdAt !== null && createdAt < since) continue;
      // A claim that was delivered without ids can be told by its reference alone.
      const isByName = itemDbId === null || items.size === 0;
      if (!(isByName ? names.has(reference) : items.has(itemDbId))) continue;
      const told = faults.get(claimId) ?? new Set();
      faults.set(claimId, told.add(message === '' ? 'an import error without words' : message));
    }
  }
  return Object.fromEntries(
    [...faults].map(([claimId, told]) => [claimId, clip([...told].join('; '))]),
  );
}

/** Xledger's own number of a row, by whichever name the trail has it. */
function dbIdOf(externalId: string): string {
  return externalId.replace(/^item:/, '');
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
