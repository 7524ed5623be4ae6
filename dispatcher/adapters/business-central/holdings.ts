/** What Business Central has that could concern some claims: drafts and entries. */
import type { Api } from './api.ts';
import { linesOf } from './compare.ts';
import { readJournals, readLinesAcross } from './other-journals.ts';
import type { Plan } from './plan.ts';
import { findJournal, isOurs, readEntries, readLines, sameCode } from './records.ts';
import type { Journal, JournalLine, LedgerEntry } from './records.ts';

/** A journal that isn't the one that the run was sent to, with the lines of the open claims in it. */
export interface OtherJournal {
  readonly journal: Journal;
  readonly lines: readonly JournalLine[];
  /** We made it, so that what it lacks may be filled in. */
  readonly isOurs: boolean;
}

export interface Holdings {
  /** The one that the run was sent to; null if there is none. */
  readonly journal: Journal | null;
  /** All of its lines, less the voided. */
  readonly lines: readonly JournalLine[];
  /** Other journals of our template; none where no claim had to be looked for there. */
  readonly journals: readonly Journal[];
  readonly others: readonly OtherJournal[];
  readonly entries: readonly LedgerEntry[];
}

interface Document {
  readonly documentNumber: string;
}

/**
 * Reads our journal, then all other journals of our template, and the ledger last, so that what is
 * posted meanwhile is seen twice rather than not at all. Where the claims aren't to be looked for
 * everywhere, the other journals are asked only for those that ours doesn't hold: a person may have
 * moved their lines.
 *
 * @throws ProblemError if any of it can't be read
 */
export async function readHoldings(api: Api, plan: Plan): Promise<Holdings> {
  const { code, settings, voided } = plan;
  const claims: readonly Document[] = [...plan.open, ...plan.unmapped];
  const journal = code === null ? null : await findJournal(api, code, settings);
  const all = journal === null ? [] : await readLines(api, journal.id);
  const lines = all.filter((line) => !voided.has(line.id));
  const sought =
    plan.search === 'references'
      ? claims
      : claims.filter((claim) => linesOf(claim, lines).length === 0);
  const journals = sought.length === 0 ? [] : await readOtherJournals(api, plan, journal);
  const others = await readOthers(api, plan, journals, sought);
  const entries = await readEntries(api, numbersOf(claims), true);
  return { journal, lines, journals, others, entries };
}

async function readOtherJournals(api: Api, plan: Plan, own: Journal | null): Promise<Journal[]> {
  return (await readJournals(api, plan.settings)).filter(({ id }) => id !== own?.id);
}

async function readOthers(
  api: Api,
  plan: Plan,
  journals: readonly Journal[],
  claims: readonly Document[],
): Promise<OtherJournal[]> {
  const byJournal = await readLinesAcross(api, journals, numbersOf(claims));
  return journals.flatMap((journal) => {
    const found = byJournal.get(journal.id) ?? [];
    const lines = found.filter((line) => !plan.voided.has(line.id));
    return lines.length === 0 ? [] : [{ journal, lines, isOurs: isOurs(journal) }];
  });
}

/** The lines of another journal that are a document's, by either of their numbers. */
export function otherLinesOf(claim: Document, { lines }: OtherJournal): JournalLine[] {
  return lines.filter(
    (line) =>
      sameCode(line.documentNumber, claim.documentNumber) ||
      sameCode(line.externalDocumentNumber, claim.documentNumber),
  );
}

function numbersOf(claims: readonly Document[]): string[] {
  return claims.map(({ documentNumber }) => documentNumber);
}
