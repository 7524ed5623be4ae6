/** All that the database says, read once, for the checks to look at. */
import type pg from 'pg';

/** A run. */
export interface RunRow {
  readonly organisation_id: string;
  readonly run_id: string;
  readonly state: string;
  readonly claim_ids: readonly string[];
  readonly attempt_no: number;
  readonly charged_attempts: number;
  readonly max_attempts: number;
  readonly question_count: number;
  readonly review_reason: string | null;
  readonly is_ended: boolean;
  /** Whether it has a time, a lease, or a row in `api.export_attention`. */
  readonly has_time: boolean;
  readonly has_lease: boolean;
  readonly has_attention: boolean;
  /** Whether it ended, and is asked about once more. */
  readonly is_asked: boolean;
  /** Asked for, less what succeeded, failed and was skipped. */
  readonly still_open: number;
}

/** What a run has to do with a claim. */
export interface ReservationRow {
  readonly organisation_id: string;
  readonly run_id: string;
  readonly claim_id: string;
  readonly verdict: string;
  readonly outcome: string | null;
  readonly is_delivered: boolean;
  readonly is_released: boolean;
  /** What the ledger was found to disagree in, or that it booked the claim after its release. */
  readonly problem: string | null;
}

/** A row of the trail; times in microseconds since 1970. */
export interface TrailRow {
  readonly organisation_id: string;
  readonly run_id: string | null;
  readonly seq: number;
  readonly kind: string;
  readonly outcome: string;
  readonly attempt_no: number | null;
  readonly claim_ids: readonly string[];
  readonly is_late: boolean;
  readonly actor: string;
  readonly http_status: number | null;
  readonly error_message: string | null;
  readonly started_us: number | null;
  readonly recorded_us: number;
}

export interface ClaimRow {
  readonly organisation_id: string;
  readonly id: string;
  readonly reference: string;
  readonly total: string;
  readonly exported_run_id: string | null;
  /** Whether it is doubted, and no person is needed to answer. */
  readonly is_in_question: boolean;
}

/** An organisation whose chain of hashes doesn't hold. */
export interface BrokenChain {
  readonly organisation_id: string;
  readonly reason: string;
}

export interface Snapshot {
  readonly runs: readonly RunRow[];
  readonly reservations: readonly ReservationRow[];
  readonly trail: readonly TrailRow[];
  readonly claims: readonly ClaimRow[];
  readonly brokenChains: readonly BrokenChain[];
}

const RUNS = `
  select e.organisation_id, e.run_id, e.state, e.claim_ids::text[] as claim_ids, e.attempt_no,
    e.charged_attempts, i.max_attempts, e.question_count, e.review_reason,
    e.ended_at is not null as is_ended,
    e.next_attempt_at is not null as has_time,
    e.lease_id is not null as has_lease,
    e.ask_at is not null as is_asked,
    exists (select from api.export_attention as a
      where a.organisation_id = e.organisation_id and a.run_id = e.run_id) as has_attention,
    (s.total_claims - s.success_count - s.failure_count - s.skipped_count)::integer as still_open
  from accounting.export_requests as e
  join accounting.integrations as i
    on i.organisation_id = e.organisation_id and i.system = e.system
  join api.export_status as s
    on s.organisation_id = e.organisation_id and s.run_id = e.run_id
  order by e.requested_at, e.run_id`;

const RESERVATIONS = `
  select organisation_id, run_id, claim_id, verdict, outcome,
    delivered_at is not null as is_delivered, released_at is not null as is_released,
    coalesce(fault, case when booked_late_at is not null then 'booked after its release' end)
      as problem
  from accounting.claim_reservations
  order by organisation_id, run_id, claim_id`;

const TRAIL = `
  select organisation_id, run_id, seq::integer, kind, outcome, attempt_no, claim_ids, is_late, actor,
    http_status, error_message,
    (extract(epoch from started_at) * 1000000)::float8 as started_us,
    (extract(epoch from recorded_at) * 1000000)::float8 as recorded_us
  from accounting.export_runs
  order by organisation_id, seq`;

const CLAIMS = `
  select c.organisation_id, c.id, c.reference, c.total::text as total, c.exported_run_id,
    c.flagged_at is not null and not exists (
      select from accounting.claim_questions as q
      where q.organisation_id = c.organisation_id and q.claim_id = c.id and q.problem is not null
    ) as is_in_question
  from accounting.claims as c
  order by organisation_id, reference`;

const BROKEN_CHAINS = `
  select o.id as organisation_id, v.reason
  from accounting.organisations as o
  cross join lateral accounting.verify_trail_of(o.id) as v
  where not v.is_valid
  order by o.id`;

/** Reads everything. Nothing may be going on meanwhile, or the parts don't fit together. */
export async function takeSnapshot(client: Pick<pg.ClientBase, 'query'>): Promise<Snapshot> {
  return {
    runs: (await client.query<RunRow>(RUNS)).rows,
    reservations: (await client.query<ReservationRow>(RESERVATIONS)).rows,
    trail: (await client.query<TrailRow>(TRAIL)).rows,
    claims: (await client.query<ClaimRow>(CLAIMS)).rows,
    brokenChains: (await client.query<BrokenChain>(BROKEN_CHAINS)).rows,
  };
}
