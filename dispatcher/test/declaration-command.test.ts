/** `npm run declaration -- import`: from a file to a draft. */
import { readFile, writeFile } from 'node:fs/promises';
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

await t.test('a file becomes a draft, and the same file again changes nothing', async (t) => {
  const world = await startDeclarations(t);
  const command = commandOf(world);
  const first = await command('import', example, '--author', 'admin');
  t.equal(first.code, 0, first.stderr);
  t.match(first.stdout, /^created: version 1 \(nb\), draft/);
  t.match(first.stdout, /sign_off_declaration_template/, 'says how it is signed off, and does not');
  t.match(first.stdout, /"p_valid_from":"2027-01-01"/);
  t.match(first.stdout, /rule is each_version, and yearly is meant/);
  const stored = await storedIn(world);
  t.match(stored, [
    { version: 1, state: 'draft', way_of_acknowledging: 'tick_box', authors: ['admin'] },
  ]);

  const again = await command('import', example, '--author', 'admin');
  t.match(again.stdout, /^unchanged: version 1 \(nb\), draft/);
  t.equal(again.code, 0);
  t.same(await storedIn(world), stored, 'nothing was written');

  const folder = t.testdir();
  const changed = path.join(folder, 'changed.txt');
  await writeFile(changed, (await readFile(example, 'utf8')).replaceAll('\n', '\r\n') + 'Mer.\r\n');
  t.match((await command('import', changed)).stdout, /^updated: version 1 \(nb\), draft/);
  const [draft] = (await storedIn(world)) as [{ body: string; authors: string[] }];
  t.equal(draft.authors.length, 2, 'whoever runs the command is an author too');
  t.notMatch(draft.body, /\r|---|^\s|\s$/, 'line ends are \\n, and nothing but the text is there');
});

await t.test('what was signed off is not imported over: the next version begins', async (t) => {
  const world = await startDeclarations(t);
  const command = commandOf(world);
  const folder = t.testdir({ 'one.txt': 'Tekst en.\n', 'two.txt': 'Tekst to.\n' });
  const options = ['--language', 'nb', '--way', 'tick_box'];
  await world.publish(world.day(), 'Tekst en.');
  const same = await command('import', path.join(folder, 'one.txt'), ...options);
  t.match(same.stdout, /^unchanged: version 1 \(nb\), published/);
  t.notMatch(same.stdout, /sign_off/);
  const next = await command('import', path.join(folder, 'two.txt'), ...options);
  t.match(next.stdout, /^created: version 2 \(nb\), draft/);
  t.match(await storedIn(world), [{ state: 'published', body: 'Tekst en.' }, { state: 'draft' }]);
});

t.end();
