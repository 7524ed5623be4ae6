/** What Business Central's holdings mean for one claim. Pure. */
import { alignLines, compareEntries, compareLines, entriesOf, linesOf } from './compare.ts';
import { elsewhereId, entryExternalId } from './external-ids.ts';
import { journalSuspicion } from './journal-suspicion.ts';
import { otherLinesOf } from './holdings.ts';
import type { Holdings } from './holdings.ts';
import type { Unmapped, Voucher } from './mapper.ts';
import type { Plan } from './plan.ts';
import { postingEvidence } from './posting-mark.ts';
import type { Journal, JournalLine } from './records.ts';

/** `ids` are those that the trail knows lines and entries by. */
export type Judgement =
  /** Posted as we would send it. */
  | { readonly kind: 'posted'; readonly ids: readonly string[] }
  /** All of its lines are in one journal; their dimensions are still to be compared. */
  | {
      readonly kind: 'draft';
      readonly ids: readonly string[];
      readonly journal: Journal;
      /** Whether dimensions that they lack may be set there. */
      readonly mayFill: boolean;
      /** The claim's, with the voucher's line numbers. */
      readonly lines: readonly JournalLine[];
    }
  | { readonly kind: 'person'; readonly ids: readonly string[]; readonly reason: string }
  | { readonly kind: 'absent' };

/** Where the lines of a claim wait. */
interface Place {
  readonly journal: Journal;
  readonly mayFill: boolean;
  readonly lines: readonly JournalLine[];
}

/** Judges a claim that can be mapped. */
export function judge(voucher: Voucher, holdings: Holdings, plan: Plan): Judgement {
  const { documentNumber } = voucher;
  const places = placesOf(voucher, holdings);
  const entries = entriesOf(voucher, voucher.lines, holdings.entries, plan);
  const ids = idsOf(places, entries, holdings);
  const person = (reason: string): Judgement => ({ kind: 'person', ids, reason });
  const [place, second] = places;

  if (place !== undefined && entries.length > 0) {
    return person(`${documentNumber} is both in the journal and in the ledger`);
  }
  if (second !== undefined) {
    return person(`${documentNumber} is in ${String(places.length)} journals`);
  }
  if (place !== undefined) {
    const isOwn = place.journal === holdings.journal;
    // Where we sent it, it has our numbers; else lines may have got any.
    const lines = isOwn ? place.lines : alignLines(voucher, place.lines);
    const comparison = compareLines(voucher, lines);
    if (comparison.kind === 'different') return person(comparison.detail);
    return { ...place, kind: 'draft', ids, lines };
  }
  const posted = compareEntries(voucher, entries);
  if (posted.kind === 'different') return person(posted.detail);
  if (posted.kind === 'equal') return { kind: 'posted', ids };

  const suspicion = journalSuspicion(holdings.journal, holdings.lines, plan.known);
  if (suspicion !== null) return person(suspicion);
  const begun = postingEvidence(plan, holdings.journal, holdings.journals);
  if (begun !== null) {
    return person(`${begun}, and the ledger has nothing under ${documentNumber}`);
  }
  const numbers = new Set(voucher.lines.map((line) => line.lineNumber));
  if (holdings.lines.some((line) => numbers.has(line.lineNumber))) {
    return person(`other lines of the journal bear the numbers of ${documentNumber}`);
  }
  return { kind: 'absent' };
}

/** Judges a claim that can't be mapped: there is nothing to compare with. */
export function judgeUnmapped(claim: Unmapped, holdings: Holdings, plan: Plan): Judgement {
  const places = placesOf(claim, holdings);
  const entries = entriesOf(claim, null, holdings.entries, plan);
  if (places.length === 0 && entries.length === 0) return { kind: 'absent' };
  return { kind: 'person', ids: idsOf(places, entries, holdings), reason: claim.reason };
}

function placesOf(claim: { readonly documentNumber: string }, holdings: Holdings): Place[] {
  const { journal } = holdings;
  const own =
    journal === null ? [] : [{ journal, mayFill: true, lines: linesOf(claim, holdings.lines) }];
  const others = holdings.others.map((other) => ({
    journal: other.journal,
    mayFill: other.isOurs,
    lines: otherLinesOf(claim, other),
  }));
  return [...own, ...others].filter(({ lines }) => lines.length > 0);
}

function idsOf(
  places: readonly Place[],
  entries: Parameters<typeof entryExternalId>[0][],
  holdings: Holdings,
): readonly string[] {
  const lines = places.flatMap((place) =>
    place.lines.map(({ id }) => (place.journal === holdings.journal ? id : elsewhereId(id))),
  );
  return [...lines, ...entries.map(entryExternalId)];
}
