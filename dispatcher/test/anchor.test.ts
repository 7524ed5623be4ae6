/** Heads that are kept outside of the database: printed, posted, and checked against. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import t from 'tap';

import { freePort } from '../../sandbox/free-port.ts';
import { readHeads, writeHeads } from '../anchor-heads.ts';
import { postLines } from '../anchor-post.ts';
import { checkTrails, describeTrail, readCurrentHeads } from '../anchor-trails.ts';
import { createTestDatabase, type Teardown, type TestDatabase } from './support/database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const hlf = '00000000-0000-4000-8000-000000000001';
const blindeforbundet = '00000000-0000-4000-8000-000000000002';

async function createTrails(t: Teardown, rows: number): Promise<TestDatabase> {
  const database = await createTestDatabase(t);
  await database.pool.query(
    `insert into accounting.organisations (id, name, organisation_number, reference_prefix)
       values ($1, 'HLF', '123456785', 'HLF'), ($2, 'Blindeforbundet', '987654325', 'BF')`,
    [hlf, blindeforbundet],
  );
  await append(database, hlf, rows);
  return database;
}

async function append({ pool }: TestDatabase, organisationId: string, rows: number): Promise<void> {
  await pool.query(
    `select accounting.append_export_run(jsonb_populate_record(null::accounting.export_runs,
       jsonb_build_object('organisation_id', $1::uuid, 'run_id', gen_random_uuid(),
         'kind', 'attempt', 'outcome', 'rejected', 'attempt_no', n, 'actor', 'a-test',
         'http_status', 400, 'claim_ids', jsonb_build_array(gen_random_uuid()))))
       from generate_series(1, $2::integer) as n`,
    [organisationId, rows],
  );
}

/** As somebody with a superuser's rights, who knows how rows are sealed, would do it. */
async function rewriteFrom({ pool }: TestDatabase, seq: number): Promise<void> {
  await pool.query(
    `do $$
     declare
       v_row accounting.export_runs;
       v_hash text;
     begin
       alter table accounting.export_runs disable trigger all;
       alter table accounting.audit_heads disable trigger all;
       update accounting.export_runs set actor = 'somebody else'
        where organisation_id = '${hlf}' and seq = ${seq};
       select previous_hash into v_hash from accounting.export_runs
        where organisation_id = '${hlf}' and seq = ${seq};
       for v_row in
         select * from accounting.export_runs
          where organisation_id = '${hlf}' and seq >= ${seq} order by seq
       loop
         v_row.previous_hash := v_hash;
         v_hash := accounting.hash_export_run(v_row);
         update accounting.export_runs set previous_hash = v_row.previous_hash, hash = v_hash
          where organisation_id = '${hlf}' and seq = v_row.seq;
       end loop;
       update accounting.audit_heads set hash = v_hash where organisation_id = '${hlf}';
     end $$`,
  );
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function runAnchor(
  database: Pick<TestDatabase, 'superuserUrl'>,
  args: readonly string[],
  options: { environment?: Readonly<Record<string, string>>; input?: string } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'dispatcher/anchor.ts', ...args], {
    cwd: root,
    stdio: 'pipe',
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.superuserUrl,
      ...options.environment,
    },
  });
  child.stdin.end(options.input ?? '');
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

interface Received {
  readonly method: string | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

async function startReceiver(t: Teardown, status: number, headers = {}) {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ method: request.method, headers: request.headers, body });
      response.writeHead(status, headers).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/heads`, received };
}

await t.test('a trail that was rewritten whole is found by the heads that were kept', async (t) => {
  const database = await createTrails(t, 4);
  const folder = t.testdir();
  const file = path.join(folder, 'heads.jsonl');
  const printed = await runAnchor(database, []);
  t.match(printed, { code: 0, stderr: '' });
  await append(database, hlf, 3);
  const later = await readCurrentHeads(database.superuserUrl);
  await writeFile(file, printed.stdout + writeHeads(later));
  await append(database, hlf, 2);

  const kept = readHeads(await readFile(file, 'utf8'));
  t.match(kept, [
    { organisation_id: hlf, seq: 4 },
    { organisation_id: hlf, seq: 7 },
  ]);
  t.same((await checkTrails(database.superuserUrl, kept)).map(describeTrail), [
    `${hlf}: ok (9 rows; kept heads that agree: 2)`,
    `${blindeforbundet}: ok (0 rows; no head of it was kept)`,
  ]);

  await rewriteFrom(database, 6);
  const { rows } = await database.pool.query<{ is_valid: boolean }>(
    'select is_valid from accounting.verify_trail_of($1)',
    [hlf],
  );
  t.same(rows, [{ is_valid: true }], 'the chain itself can not tell');
  const after = await runAnchor(database, ['--check', file]);
  t.equal(after.code, 1);
  const [line = '', other] = after.stdout.trim().split('\n');
  t.match(line, new RegExp(`^${hlf}: NOT OK from row 5: row 7 is not the one that was kept`));
  t.match(line, /rewritten between rows 5 and 7.*Rows up to 4 still fit together.*docs\/audit\.md/);
  t.equal(other, `${blindeforbundet}: ok (0 rows; no head of it was kept)`);

  const fromInput = await runAnchor(database, ['--check', '-', '--organisation', blindeforbundet], {
    input: await readFile(file, 'utf8'),
  });
  t.match(fromInput, { code: 0, stdout: /^[^\n]*0002: ok[^\n]*\n$/ }, 'one organisation, by stdin');
});

await t.test('a trail that was cut off, or emptied, is found too', async (t) => {
  const database = await createTrails(t, 6);
  const kept = await readCurrentHeads(database.superuserUrl, hlf);
  const cut = (rows: number) =>
    database.pool.query(
      `do $$ begin
         alter table accounting.export_runs disable trigger all;
         alter table accounting.audit_heads disable trigger all;
         delete from accounting.export_runs where seq > ${rows};
         delete from accounting.audit_heads;
         insert into accounting.audit_heads
           select organisation_id, seq, hash from accounting.export_runs where seq = ${rows};
       end $$`,
    );
  for (const rows of [3, 0]) {
    await cut(rows);
    t.match((await checkTrails(database.superuserUrl, kept))[0], {
      organisationId: hlf,
      isValid: false,
      rowsChecked: rows,
      firstBadSeq: rows + 1,
      reason: new RegExp(`row 6, kept at .*, is gone: the trail ends at row ${rows}$`),
    });
  }
});

await t.test('heads are posted, with the header from the environment', async (t) => {
  const database = await createTrails(t, 2);
  const receiver = await startReceiver(t, 201);
  const posted = await runAnchor(database, ['--post', `${receiver.url}?key=hidden`], {
    environment: { ANCHOR_AUTHORIZATION: 'Bearer hidden\n' },
  });
  t.match(posted, { code: 0, stdout: /^heads posted to 127\.0\.0\.1:\d+: 1\n$/, stderr: '' });
  t.match(receiver.received, [
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', authorization: 'Bearer hidden' },
    },
  ]);
  const [head] = readHeads(receiver.received[0]?.body ?? '');
  t.match(head, { organisation_id: hlf, seq: 2 });
  t.match(await checkTrails(database.superuserUrl, head === undefined ? [] : [head], hlf), [
    { isValid: true, headsChecked: 1 },
  ]);
});

await t.test('heads that nobody kept are a failure, told in one sentence', async (t) => {
  const database = await createTrails(t, 2);
  const elsewhere = await startReceiver(t, 201);
  const redirecting = await startReceiver(t, 307, { location: elsewhere.url });
  const refusing = await startReceiver(t, 403);
  const nobody = `http://127.0.0.1:${await freePort()}/`;
  const ended = await runAnchor(database, ['--post', `${refusing.url}?key=hidden`], {
    environment: { ANCHOR_AUTHORIZATION: 'Bearer hidden' },
  });
  t.match(ended, {
    code: 1,
    stdout: '',
    stderr: /^- The heads were not kept: 127\.0\.0\.1:\d+ answered 403\.\n$/,
  });
  t.notMatch(ended.stderr, 'hidden');
  t.match(
    await postLines(`${redirecting.url}?key=hidden`, 'x\n'),
    /^127\.0\.0\.1:\d+ answered 307$/,
  );
  t.match(
    await postLines(nobody, 'x\n', { authorization: 'Bearer hidden' }),
    /^127\.0\.0\.1:\d+ could not be told: .*ECONNREFUSED/,
  );
  t.same(elsewhere.received, [], 'a redirect is not followed');
});

await t.test('a check that could not be made is no good check', async (t) => {
  const database = await createTrails(t, 1);
  const [head] = await readCurrentHeads(database.superuserUrl);
  if (head === undefined) throw new Error('there is no head');
  const heads = writeHeads([{ ...head, organisation_id: blindeforbundet }]);
  const folder = t.testdir({ 'bad.jsonl': '\nnot a head\n', 'heads.jsonl': heads });
  const at = (name: string) => path.join(folder, name);
  const unknown = '00000000-0000-4000-8000-00000000000f';
  const nobody = `postgresql://a:b@127.0.0.1:${await freePort()}/none`;
  for (const [args, code, stderr, environment] of [
    [['--check', at('bad.jsonl')], 78, /^- line 2 is not a kept head: /],
    [['--check', at('bad.jsonl'), '--post', 'https://a.example'], 2, /cannot be used with/],
    [['--organisation', unknown], 78, /^- AX014 /],
    [
      ['--organisation', hlf, '--check', at('heads.jsonl')],
      78,
      /^- there is no kept head of 00000000-0000-4000-8000-000000000001 to check against/,
    ],
    [['--post', 'http://heads.example/'], 78, /^- --post: the address must begin with https/],
    [[], 69, /ECONNREFUSED/, { DATABASE_URL: nobody }],
  ] as const) {
    const ended = await runAnchor(database, args, environment ? { environment } : {});
    t.match(ended, { code, stdout: '', stderr }, args.join(' ') || JSON.stringify(environment));
  }
});

t.end();
