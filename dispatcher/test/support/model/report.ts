/** What a dispatcher reports, as `record_results` takes it, and in words for the story. */
import { claimId, collides, organisationId } from './world.ts';

/** The claims that share an outcome. */
export interface Row {
  readonly outcome: string;
  readonly failure: string | null;
  readonly isForPerson: boolean;
  readonly claims: number[];
  readonly ids: Record<string, readonly string[]>;
}

/** What is told of one claim. */
export interface Told {
  readonly no: number;
  readonly outcome: string;
  readonly failure: string | null;
  readonly isForPerson: boolean;
  readonly ids: readonly string[];
}

export function grouped(told: readonly Told[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { no, outcome, failure, isForPerson, ids } of told) {
    const at = `${outcome} ${failure ?? ''} ${isForPerson}`;
    const row = rows.get(at) ?? { outcome, failure, isForPerson, claims: [], ids: {} };
    row.claims.push(no);
    if (ids.length > 0) row.ids[claimId(no)] = ids;
    rows.set(at, row);
  }
  return [...rows.values()];
}

export function describe(rows: readonly Row[]): string {
  return rows
    .map(({ outcome, failure, isForPerson, claims }) => {
      const why = failure ?? (isForPerson ? 'for a person' : null);
      return `${outcome}${why === null ? '' : ` (${why})`} ${claims.join(', ')}`;
    })
    .join('; ');
}

const statuses: Readonly<Record<string, number>> = {
  accepted: 200,
  found: 200,
  absent: 200,
  rejected: 400,
  not_applied: 429,
};

export function reportOf(
  from: { organisation: number; runId: string | null; leaseId: string },
  kind: string,
  attemptNo: number | null,
  rows: readonly Row[],
  { envelopeNo, keepLeaseMs }: { envelopeNo: number; keepLeaseMs: number },
): string {
  return JSON.stringify([
    {
      organisation_id: organisationId(from.organisation),
      run_id: from.runId,
      lease_id: from.leaseId,
      kind,
      attempt_no: attemptNo,
      actor: 'dispatcher-1',
      mapper_version: 'a-mapper/1',
      keep_lease_ms: keepLeaseMs,
      rows: rows.map((row) => ({
        envelope_no: envelopeNo,
        outcome: row.outcome,
        claim_ids: row.claims.map(claimId),
        http_status: statuses[row.outcome] ?? 500,
        error_message: row.outcome,
        external_ids: row.ids,
        failure: row.failure,
        collides: row.outcome === 'absent' && collides(from.organisation),
        needs_person: row.isForPerson,
        retry_after_ms: row.failure === 'throttled' ? 3_000 : null,
      })),
    },
  ]);
}
