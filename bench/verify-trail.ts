/**
 * `npm run bench -- verify-trail [rows]`: how long a trail takes to verify, in an embedded
 * Postgres of its own. Default: 100,000 rows.
 */
import { performance } from 'node:perf_hooks';
import pg from 'pg';

import { migrate } from '../dispatcher/migrate.ts';
import { startEmbeddedPostgres } from '../sandbox/embedded-postgres.ts';

const organisationId = '00000000-0000-4000-8000-000000000001';
const batch = 1000;
const rows = Number(process.argv[2] ?? 100_000);

interface Answer {
  readonly is_valid: boolean;
  readonly rows_checked: string;
  readonly version: string;
}

const server = await startEmbeddedPostgres({ isDurable: false });
try {
  await migrate({ databaseUrl: server.url });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(
    `insert into accounting.organisations (id, name, organisation_number, reference_prefix)
       values ($1, 'HLF', '123456785', 'HLF')`,
    [organisationId],
  );
  // Twenty claims a row, as most runs have; a commit per batch, as in real life.
  for (let done = 0; done < rows; done += batch) {
    await client.query(
      `select accounting.append_export_run(jsonb_populate_record(null::accounting.export_runs,
         jsonb_build_object('organisation_id', $1::uuid, 'run_id', gen_random_uuid(),
           'kind', 'attempt', 'outcome', 'rejected', 'attempt_no', 1, 'actor', 'bench',
           'lease_id', gen_random_uuid(), 'http_status', 400, 'error_message', 'no such account',
           'claim_ids', (select jsonb_agg(gen_random_uuid()) from generate_series(1, 20) where n > 0))))
         from generate_series(1, $2::integer) as n`,
      [organisationId, Math.min(batch, rows - done)],
    );
  }
  await client.query('vacuum analyze accounting.export_runs');
  for (let round = 1; round <= 3; round += 1) {
    const started = performance.now();
    const { rows: answers } = await client.query<Answer>(
      `select is_valid, rows_checked, current_setting('server_version') as version
         from accounting.verify_trail_of($1)`,
      [organisationId],
    );
    const seconds = (performance.now() - started) / 1000;
    const { is_valid: isValid, rows_checked: checked, version } = answers[0] as Answer;
    console.log(
      `Postgres ${version}: ${checked} rows, ${isValid ? 'valid' : 'not valid'}, ` +
        `${seconds.toFixed(2)} s (${Math.round(Number(checked) / seconds)} rows/s)`,
    );
  }
  await client.end();
} finally {
  await server.stop();
}
