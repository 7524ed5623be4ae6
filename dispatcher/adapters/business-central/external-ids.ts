/** How the trail names Business Central's lines and entries; a journal is `journal:<id>`. */
import type { LedgerEntry } from './records.ts';

export const ELSEWHERE = 'elsewhere:';

/** How the trail names a line in a journal that isn't the run's; one that is has its bare id. */
export function elsewhereId(lineId: string): string {
  return `${ELSEWHERE}${lineId}`;
}

/** A line's own id, wherever the trail knows it to be; other ids are left as they are. */
export function lineIdOf(externalId: string): string {
  return externalId.startsWith(ELSEWHERE) ? externalId.slice(ELSEWHERE.length) : externalId;
}

/** How the trail names a posted entry. */
export function entryExternalId(entry: LedgerEntry): string {
  return `entry:${entry.id}`;
}
