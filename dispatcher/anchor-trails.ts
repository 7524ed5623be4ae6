/** What `npm run anchor` asks the database: the trails' heads, and whether the trails are whole. */
import type { Head } from './anchor-heads.ts';
import { withOwnerDatabase } from './owner-database.ts';

/** How an organisation's trail stands against its kept heads. */
export interface CheckedTrail {
  readonly organisationId: string;
  readonly isValid: boolean;
  /** All of them, or up to and with the first bad one. */
  readonly rowsChecked: number;
  readonly headsChecked: number;
  readonly firstBadSeq: number | null;
  readonly reason: string | null;
}

/**
 * The heads of all organisations that have a trail, or of one.
 *
 * @param databaseUrl a login that owns the schemas, as for `migrate`.
 * @throws a database error with SQLSTATE AX014 for an organisation that isn't there.
 */
export async function readCurrentHeads(
  databaseUrl: string,
  organisationId: string | null = null,
): Promise<Head[]> {
  return withOwnerDatabase(databaseUrl, 'anchor', async (client) => {
    const { rows } = await client.query<{
      organisation_id: string;
      seq: string;
      hash: string;
      taken_at: Date;
    }>('select * from accounting.audit_heads_now($1)', [organisationId]);
    return rows.map((row) => ({
      organisation_id: row.organisation_id,
      seq: Number(row.seq),
      hash: row.hash,
      taken_at: row.taken_at.toISOString(),
    }));
  });
}

/**
 * Verifies each chain, and holds it against the heads that were kept of it.
 *
 * @param databaseUrl a login that owns the schemas, as for `migrate`.
 * @returns one element per organisation of the database or of the heads, or for the one named.
 */
export async function checkTrails(
  databaseUrl: string,
  heads: readonly Head[],
  organisationId: string | null = null,
): Promise<CheckedTrail[]> {
  return withOwnerDatabase(databaseUrl, 'anchor', async (client) => {
    // A login's own time-outs are for its daily work; a trail takes as long as it is.
    await client.query('set statement_timeout = 0');
    const { rows } = await client.query<{
      organisation_id: string;
      is_valid: boolean;
      rows_checked: string;
      anchors_checked: string;
      first_bad_seq: string | null;
      reason: string | null;
    }>('select * from accounting.check_anchors($1, $2)', [JSON.stringify(heads), organisationId]);
    return rows.map((row) => ({
      organisationId: row.organisation_id,
      isValid: row.is_valid,
      rowsChecked: Number(row.rows_checked),
      headsChecked: Number(row.anchors_checked),
      firstBadSeq: row.first_bad_seq === null ? null : Number(row.first_bad_seq),
      reason: row.reason,
    }));
  });
}

/** One line for a person: `ok`, or what is wrong, what it means and what to do. */
export function describeTrail(trail: CheckedTrail): string {
  const { organisationId, rowsChecked, headsChecked } = trail;
  if (trail.isValid) {
    const kept =
      headsChecked === 0 ? 'no head of it was kept' : `kept heads that agree: ${headsChecked}`;
    return `${organisationId}: ok (${rowsChecked} rows; ${kept})`;
  }
  const from = trail.firstBadSeq ?? 0;
  const meaning =
    from > 1
      ? `Rows up to ${from - 1} still fit together; from row ${from} on the trail proves nothing.`
      : 'The trail proves nothing.';
  return (
    `${organisationId}: NOT OK from row ${from}: ${trail.reason ?? ''}. ${meaning} ` +
    'Change nothing, save the database as it is now, and go on with docs/audit.md.'
  );
}
