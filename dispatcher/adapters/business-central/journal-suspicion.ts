import { ELSEWHERE } from './external-ids.ts';
import { isBlank } from './records.ts';
import type { Journal, JournalLine } from './records.ts';

/**
 * Why our journal must not be taken for one that never held the claims, or null: a blank line, one
 * that is gone, empty or another though the trail knows better, or lines that somebody took away.
 *
 * @param journal null if there is none
 * @param lines all lines of it
 * @param known ids of the trail, less those that were voided
 */
export function journalSuspicion(
  journal: Journal | null,
  lines: readonly JournalLine[],
  known: readonly string[],
): string | null {
  // Lines of other journals and entries tell nothing of this one: after a restore, another run that
  // we know nothing of may have sent them.
  const own = known.filter((id) => !id.startsWith(ELSEWHERE));
  if (journal === null) {
    const wasThere = own.some((id) => !id.startsWith('entry:'));
    return wasThere ? 'the journal is gone though it was there' : null;
  }
  if (lines.some(isBlank)) return 'the journal holds a blank line, as posting leaves it';
  const journals = own.filter((id) => id.startsWith('journal:'));
  if (lines.length === 0 && journals.length < own.length) {
    return 'the journal is empty though it had lines';
  }
  if (journals.length > 0 && !journals.includes(`journal:${journal.id}`)) {
    return 'the journal is another than the one that was there';
  }
  // Which claim they were of isn't known.
  const there = new Set(lines.map((line) => line.id));
  const isTaken = known.some((id) => !id.includes(':') && !there.has(id));
  return isTaken ? 'lines that were in the journal are gone' : null;
}
