import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import pg from 'pg';
import t from 'tap';

import { createEmptyDatabase, useServer } from './support/database.ts';
import { loadPgtap, runPgtapFile, type PgtapResult } from './support/pgtap.ts';
import { judgeTap } from './support/tap-lines.ts';

const { release } = await useServer();
t.teardown(release);

await t.test('what pgTAP writes is judged line by line', (t) => {
  const table: [string[], number, number][] = [
    [['1..2', 'ok 1 - a', 'ok 2'], 2, 0],
    [['ok 1 - a', '1..1'], 1, 0],
    [['1..2', 'ok 1 - a', 'not ok 2 - b', '# Failed test 2: "b"'], 1, 1],
    [['1..2', 'ok 1 - a', 'not ok 2 - b # TODO later'], 1, 0],
    [['1..1', 'ok 1 - a # SKIP no reason'], 0, 0],
    [['1..2', 'ok 1 - a'], 1, 1],
    [['1..1', 'ok 1 - a', 'ok 2 - b'], 2, 1],
    [['1..1', '1..1', 'ok 1 - a'], 1, 1],
    [['1..0 # SKIP all'], 0, 1],
    [['ok 1 - a'], 1, 1],
    [['1..1', 'ok 1 - a', 'Bail out! no'], 1, 1],
    [[], 0, 1],
  ];
  for (const [lines, passed, failed] of table) {
    const verdict = judgeTap(lines);
    t.same([verdict.passed, verdict.failed], [passed, failed], lines.join(' | '));
    t.equal(verdict.problems.length > 0, failed > 0, 'a failure has its reason');
  }
  t.end();
});

await t.test('a pgTAP file passes only if it does all it planned and rolls back', async (t) => {
  const databaseUrl = await createEmptyDatabase(t);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  t.teardown(() => client.end());
  await loadPgtap(client);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'accounting-pgtap-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const run = async (text: string): Promise<PgtapResult> => {
    const file = path.join(folder, 'given.sql');
    await writeFile(file, text);
    return runPgtapFile(databaseUrl, file);
  };
  const framed = (plan: number, body: string): string =>
    `begin;\nselect plan(${plan});\n${body}\nselect * from finish();\nrollback;\n`;

  const good = await run(
    framed(
      2,
      `create table kept (n int);
       select pass('one'); set local role pg_monitor; select is(1, 1, 'two');`,
    ),
  );
  t.same([good.passed, good.failed, good.problems], [2, 0, []]);

  const wrong = await run(framed(2, `select is(1, 2, 'they are equal'); select pass('two');`));
  t.same([wrong.passed, wrong.failed], [1, 1]);
  t.match(wrong.problems.join('\n'), /not ok 1 - they are equal\n.*\n.*have: 1\n.*want: 2/s);

  const short = await run(framed(2, `select pass('one');`));
  t.same([short.passed, short.failed], [1, 1], 'fewer assertions than planned');

  const broken = await run(framed(2, `select pass('one');\nselect from nowhere;`));
  t.same([broken.passed, broken.failed], [1, 1], 'an SQL error after an assertion');
  t.match(broken.problems[0], /given\.sql:4: .*SQLSTATE 42P01/);

  const silent = await run('begin; select 1; rollback;');
  t.same([silent.passed, silent.failed], [0, 1], 'no plan');

  const stays = await run(`begin; select plan(1); select pass('one'); select * from finish();`);
  t.same([stays.passed, stays.failed], [1, 1], 'no rollback');

  const kept = await client.query(`select to_regclass('public.kept') as kept`);
  t.same(kept.rows, [{ kept: null }], 'nothing of a file remains');
});
