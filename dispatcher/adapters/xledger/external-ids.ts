/** How the trail names Xledger's rows: `item:<dbId>` waits for import, `entry:<dbId>` is booked. */
import type { LedgerLine } from './ledger-lines.ts';

/** The name of an import item, as an answered mutation gives it. */
export function itemId(dbId: string): string {
  return `item:${dbId}`;
}

/** The name of a line that was read. */
export function externalIdOf({ connection, dbId }: LedgerLine): string {
  return connection === 'glImportItems' ? itemId(dbId) : `entry:${dbId}`;
}

/** Whether some ids name a line; a bare dbId, as older rows of the trail have it, names both. */
export function isNamed(line: LedgerLine, ids: ReadonlySet<string>): boolean {
  return ids.has(externalIdOf(line)) || ids.has(line.dbId);
}
