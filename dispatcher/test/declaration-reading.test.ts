/** What of a declaration `npm run declaration` shows and lists. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import t from 'tap';

import { startDeclarations, type Declarations, type Row } from './support/declarations.ts';
import { runCommand, type Ended } from './support/run-command.ts';

const example = 'docs/examples/declaration/example.nb.txt';

/** Runs the command against a database. */
function commandOf({ database, organisationId }: Declarations) {
  return (action: string, ...args: string[]): Promise<Ended> =>
    runCommand('dispatcher/declaration.ts', [action, '--organisation', organisationId, ...args], {
      DATABASE_URL: database.superuserUrl,
    });
}

async function storedIn({ database }: Declarations): Promise<unknown[]> {
  const { rows } = await database.pool.query<Row>(
    `select language, version, state, way_of_acknowledging, body, authors, edited_at
       from accounting.declaration_templates order by language, version`,
  );
  return rows;
}

await t.test('a file is previewed without a row being touched', async (t) => {
  const world = await startDeclarations(t);
  const command = commandOf(world);
  await world.database.pool.query(
    `update accounting.organisations set name = '<img src=x> & sønner' where id = $1`,
    [world.organisationId],
  );
  const page = path.join(t.testdir(), 'out.html');
  const ended = await command('preview', example, '--html', page);
  t.equal(ended.code, 0, ended.stderr);
  t.match(ended.stdout, /Jeg, Kari Eksempel, har lest/);
  t.match(ended.stdout, /\{\{valid_from\}\} = 2027-01-01/);
  t.match(ended.stdout, /version 1 \(nb\), not stored/);
  t.same(await storedIn(world), []);

  const html = await readFile(page, 'utf8');
  t.match(html, /<p>Jeg, Kari Eksempel, har lest organisasjonens egen tekst/);
  t.match(html, /&lt;img src=x&gt; &amp; sønner/);
  t.notMatch(html, /<img|<script|<link|https?:|\bon\w+=/i, 'no markup from outside, no script');
  t.match(html, /default-src 'none'/);
  t.match(html, /<html lang="nb">/);
});

await t.test(
  'a stored version is previewed, also one with placeholders to be mended',
  async (t) => {
    const world = await startDeclarations(t);
    const command = commandOf(world);
    const none = await command('preview');
    t.equal(none.code, 1);
    t.match(none.stderr, /There is no version in nb/);
    await world.publish(world.day(), 'Versjon {{version}}.');
    await world.rows(
      'put_declaration_template',
      { p_language: 'nb', p_body: 'Neste {{version}} {{navn}}.', p_way_of_acknowledging: 'both' },
      'admin',
    );
    t.match((await command('preview', '--version', '1')).stdout, /in_force[^]*Versjon 1\./);
    const newest = (await command('preview')).stdout;
    t.match(
      newest,
      /version 2 \(nb\), draft[^]*both[^]*to be mended[^]*\{\{navn\}\}[^]*Neste 2 \{\{navn\}\}\./,
    );
  },
);

await t.test('the list tells state, first day, signer and reference', async (t) => {
  const world = await startDeclarations(t);
  const command = commandOf(world);
  t.match((await command('list')).stdout, /There is no version yet/);
  await world.publish(world.day());
  await command('import', example);
  const { stdout } = await command('list');
  t.match(stdout, `nb 1: in_force, from ${world.day()}, tick_box`);
  t.match(stdout, /signed off \d{4}-\d\d-\d\d by admin on: board 12\/2026/);
  t.match(stdout, /nb 2: draft, no day yet, tick_box\n {2}not signed off/);
});

await t.test('who lacks an acknowledgement is told by ids and references', async (t) => {
  const world = await startDeclarations(t);
  const command = commandOf(world);
  t.match((await command('missing')).stdout, /No honorarium is held up/);
  const early = await world.honorarium([-3]);
  await world.publish(world.day());
  const today = await world.honorarium([0]);
  const { stdout, code } = await command('missing');
  t.equal(code, 0);
  t.match(
    stdout,
    new RegExp(`driver driver\n[^]*${early}\\): ${world.day(-3)}, no version was in force`),
  );
  t.match(stdout, new RegExp(`${today}\\): ${world.day()}, needs version 1 \\(nb\\)`));
  t.match(stdout, /1 driver, 2 honoraria held up/);
  t.notMatch(stdout, /Kari/);
  await world.acknowledge();
  t.match((await command('missing')).stdout, /1 driver, 1 honorarium held up/);
});

t.end();
