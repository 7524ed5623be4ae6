/** What `npm run declaration` refuses, and how it ends. */
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

await t.test('an author has to be named where another person signs off', async (t) => {
  const world = await startDeclarations(t);
  const command = commandOf(world);
  await world.rows(
    'set_declaration_rules',
    {
      p_validity: 'yearly',
      p_needs_another_signer: true,
      p_language: 'nb',
      p_retention_months: null,
      p_reason: 'the board decided so',
    },
    'admin',
  );
  const unnamed = await command('import', example);
  t.equal(unnamed.code, 1);
  t.match(unnamed.stderr, /AX030[^]*author/);
  t.same(await storedIn(world), []);
  const named = await command('import', example, '--author', 'admin');
  t.match(named.stdout, /who is none of its authors/);
  t.notMatch(named.stdout, /is meant/, 'the rule is the one that the file is meant for');
  const { rows } = await world.database.pool.query<Row>(
    'select id, version, body_sha256 from accounting.declaration_templates',
  );
  const refused = await world.call(
    'sign_off_declaration_template',
    {
      p_template_id: rows[0]?.['id'],
      p_version: 1,
      p_body_sha256: rows[0]?.['body_sha256'],
      p_way_of_acknowledging: 'tick_box',
      p_reference: 'board 13/2026',
    },
    'admin',
  );
  t.match(refused, { status: 403, body: { code: 'AX034' } }, 'the author that was named');
});

await t.test('wrong arguments, settings and organisations end as in other commands', async (t) => {
  const world = await startDeclarations(t);
  const url = { DATABASE_URL: world.database.superuserUrl };
  const file = 'dispatcher/declaration.ts';
  const named = ['--organisation', world.organisationId];
  const folder = t.testdir({ 'bare.txt': 'Tekst.\n' });
  const bare = path.join(folder, 'bare.txt');
  const cases = [
    [['sign-off'], url, 2, /unknown command/],
    [['import', bare, ...named], url, 2, /language is missing/],
    [['import', example, ...named, '--language', 'nn'], url, 2, /says language: nb/],
    [['import', '/nowhere/x.txt', ...named], url, 1, /there is no such file/],
    [['preview', example, ...named, '--version', '1'], url, 2, /leave FILE or --version out/],
    [['preview', example, ...named, '--html', bare], url, 2, /ends in \.html/],
    [['list', '--organisation', 'nobody'], url, 1, /AX014/],
    [['list', ...named], {}, 78, /DATABASE_URL is not set/],
    [
      ['list', ...named],
      { DATABASE_URL: 'postgresql://a:secret@127.0.0.1:1/x' },
      69,
      /ECONNREFUSED/,
    ],
  ] as const;
  // Side by side: each is a process of its own.
  const ends = await Promise.all(
    cases.map(([args, environment]) =>
      runCommand(file, args, environment as Record<string, string>),
    ),
  );
  for (const [index, [args, , code, message]] of cases.entries()) {
    const ended = ends[index];
    if (ended === undefined) throw new Error('a command has no end');
    t.equal(ended.code, code, args.join(' '));
    t.match(ended.stderr, message);
    t.notMatch(ended.stderr + ended.stdout, /secret/);
  }
  const help = await runCommand(file, ['--help'], {});
  t.equal(help.code, 0);
  t.match(help.stdout, /import[^]*preview[^]*list[^]*missing[^]*Exit code/);
});

t.end();
