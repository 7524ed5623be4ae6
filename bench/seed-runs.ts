/** Fills a database with what years of exports leave behind, for scripts that measure reading. */
import type pg from 'pg';

export const bigOrganisationId = '00000000-0000-4000-8000-000000000001';

const tables = ['claims', 'export_requests', 'claim_reservations', 'export_runs'];

/** By statement: what is told before it. $1: runs, $2: small organisations. */
const statements: readonly (readonly [string, string])[] = [
  [
    'organisations',
    `with number (text, no) as (
       select n::text, row_number() over (order by n)
       from generate_series(100000000, 100099999) as n
       where accounting.is_organisation_number(n::text)
     )
     insert into accounting.organisations (id, name, organisation_number, reference_prefix)
     select ('00000000-0000-4000-8000-' || lpad(no::text, 12, '0'))::uuid, 'Organisation ' || no,
       text, 'O' || no
     from number where no <= $2::integer + 1 and $1::integer > 0`,
  ],
  [
    'integrations',
    `insert into accounting.integrations (organisation_id, system, endpoint, credential_ref, settings)
     select id, 'xledger', 'https://ledger.example/graphql', 'ledger', '{"liability_account": "2910"}'
     from accounting.organisations where $1::integer > 0 and $2::integer > 0`,
  ],
  [
    // Every tenth run is the big organisation's. Of a thousand 985 went well; a few are open.
    'runs',
    `insert into accounting.export_requests (
       organisation_id, claim_ids, state, request_key, batch_key, reserved_key, system, endpoint,
       frozen_input, input_sha256, mapper_version, attempt_no, next_attempt_at, in_doubt_since,
       quarantine_until, review_reason, requested_by, requested_at, exported_at, ended_at
     )
     select
       ('00000000-0000-4000-8000-' || lpad(
         (case when n % 10 = 0 then 1 else 2 + n % $2::integer end)::text, 12, '0'))::uuid,
       case when n % 10 = 0
         then array[gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(),
           gen_random_uuid()]
         else array[gen_random_uuid()]
       end,
       s.state, n::text, md5(n::text) || md5('b' || n), md5('r' || n), 'xledger',
       'https://ledger.example/graphql',
       jsonb_build_object('version', 2, 'text', repeat(md5(n::text), 12)),
       md5('i' || n) || md5(n::text), '2', 1,
       case when s.state = 'in_doubt' then now() + interval '10 minutes' end,
       case when s.state = 'in_doubt' then now() - interval '2 hours' end,
       case when s.state = 'in_doubt' then now() end,
       case when s.state = 'needs_review' then 'the sums differ' end,
       'coordinator-' || n % 7, s.requested_at,
       case when s.state = 'exported' then s.requested_at + interval '9 seconds' end,
       case when s.state not in ('in_doubt', 'needs_review')
         then s.requested_at + interval '9 seconds' end
     from generate_series(1, $1::integer) as n
     cross join lateral (
       select
         case
           when n % 20000 = 0 then 'needs_review'
           when n % 20000 = 30 then 'in_doubt'
           when n % 1000 = 500 then 'failed'
           when n % 100 = 77 or n % 1000 = 110 then 'rejected'
           else 'exported'
         end,
         timestamptz '2025-01-01 00:00Z' + n * (interval '700 days' / $1::integer)
     ) as s (state, requested_at)`,
  ],
  [
    'reservations',
    `insert into accounting.claim_reservations (
       organisation_id, run_id, claim_id, reference, verdict, outcome, outcome_attempt_no,
       external_ids, error, delivered_at, released_at
     )
     select e.organisation_id, e.run_id, c.id,
       'R-' || lpad(e.request_key, 7, '0') || '-' || c.place, 'exportable',
       case when e.state = 'exported' then 'accepted' when e.ended_at is null then 'unknown'
         else 'rejected' end,
       1,
       case when e.state = 'exported' then jsonb_build_array(
         'entry:' || e.request_key::bigint * 10 + c.place, 'entry:' || e.request_key || 'x' || c.place
       ) else '[]' end,
       case when e.state = 'rejected' then 'no such account' end,
       e.exported_at,
       case when e.ended_at is not null and e.state <> 'exported' then e.ended_at end
     from accounting.export_requests as e
     cross join lateral unnest(e.claim_ids) with ordinality as c (id, place)
     where $1::integer > 0 and $2::integer > 0`,
  ],
  [
    'claims',
    `insert into accounting.claims (
       organisation_id, id, reference, claimant_id, claimant_name, currency, total, exported_at,
       exported_run_id
     )
     select organisation_id, claim_id, reference, 'person-1', 'Kari Eksempel', 'NOK', 186.60,
       delivered_at, case when delivered_at is not null then run_id end
     from accounting.claim_reservations where $1::integer > 0 and $2::integer > 0`,
  ],
  [
    // Their hashes are no chain: nothing here verifies it.
    'the trail',
    `insert into accounting.export_runs (
       organisation_id, seq, run_id, kind, outcome, attempt_no, lease_id, claim_ids, http_status,
       error_message, wire_sha256, mapper_version, actor, started_at, recorded_at, previous_hash, hash
     )
     select e.organisation_id,
       row_number() over (partition by e.organisation_id order by e.requested_at), e.run_id,
       'attempt',
       case when e.state = 'exported' then 'accepted' when e.ended_at is null then 'unknown'
         else 'rejected' end,
       1, gen_random_uuid(), to_jsonb(e.claim_ids),
       case when e.state = 'exported' then 200 when e.ended_at is null then 504 else 400 end,
       case when e.state <> 'exported' then 'the server said no' end,
       e.input_sha256, '2', 'dispatcher-1', e.requested_at + interval '3 seconds',
       e.requested_at + interval '9 seconds', e.input_sha256, e.input_sha256
     from accounting.export_requests as e where $1::integer > 0 and $2::integer > 0`,
  ],
];

/**
 * One organisation with a tenth of the runs and five claims in each; the others share the rest, one
 * claim a run. Set-based, with triggers off and indexes built afterwards; tells how far it is.
 */
export async function seedRuns(
  pool: pg.Pool,
  counts: { readonly runs: number; readonly smallOrganisations: number },
): Promise<void> {
  const client = await pool.connect();
  try {
    // Also turns off foreign keys: what they point to is there.
    await client.query(`set session_replication_role = replica`);
    await client.query(`set maintenance_work_mem = '256MB'`);
    for (const table of [...tables, 'organisations', 'integrations']) {
      await client.query(`alter table accounting.${table} disable trigger all`);
    }
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index as i
       join pg_class as c on c.oid = i.indrelid
       where c.relnamespace = 'accounting'::regnamespace and c.relname = any ($1)
         and not exists (select from pg_constraint as k where k.conindid = i.indexrelid)`,
      [tables],
    );
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    for (const [what, sql] of statements) {
      const { rowCount } = await inTime(what, () =>
        client.query(sql, [counts.runs, counts.smallOrganisations]),
      );
      console.log(`  ${rowCount ?? 0} rows`);
    }
    await inTime(`${indexes.length} indexes`, async () => {
      for (const { definition } of indexes) await client.query(definition);
    });
    for (const table of [...tables, 'organisations', 'integrations']) {
      await client.query(`alter table accounting.${table} enable trigger all`);
    }
    await inTime('vacuum analyze', () => client.query('vacuum (analyze, freeze)'));
  } finally {
    client.release(true);
  }
}

async function inTime<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  console.log(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return result;
}
