/** What `npm run declaration` says of a file that can't be a declaration. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import t from 'tap';

import { startDeclarations, type Declarations, type Row } from './support/declarations.ts';
import { runCommand, type Ended } from './support/run-command.ts';

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

await t.test(
  'a text that cannot be a declaration is refused, each fault with its line',
  async (t) => {
    const world = await startDeclarations(t);
    const command = commandOf(world);
    const front = '---\nlanguage: nb\nway_of_acknowledging: tick_box\n---\n';
    const lines = [
      '',
      'Jeg, {{driver_name}}, lover',
      '{{navn}} og {{driver_name}',
      '<script>alert(1)</script>',
      'og &lt;',
      'to\u001b[31m, tek\u202est',
    ];
    const cases: readonly [string, RegExp[]][] = [
      [
        front + lines.join('\n'),
        [
          /:7: .*: \{\{driver_name\}\n/,
          /:7: .*: \{\{navn\}\}\n/,
          /:8: .*HTML/,
          /:9: .*HTML/,
          /:10: .*U\+001B, U\+202E/,
        ],
      ],
      [`${front}${'a\n'.repeat(10_001)}`, [/\.txt: the text has 20001 characters, at most 20000/]],
      [`${front}\n \n`, [/\.txt: the text is empty/]],
      [`\ufeff${front}Tekst\n`, [/\.txt:1: .*byte order mark/]],
    ];
    const file = path.join(t.testdir(), 'text.txt');
    for (const [content, expected] of cases) {
      await writeFile(file, content);
      const ended = await command('import', file);
      t.equal(ended.code, 1);
      for (const one of expected) t.match(ended.stderr, one);
      t.notMatch(ended.stderr, /(?!\n)\p{Cc}|\p{Cf}|:6:| {2}at /u, 'no hidden character, no stack');
    }
    await writeFile(file, front + lines.join('\n'));
    const shown = await command('preview', file);
    t.equal(shown.code, 1, 'nor is it shown');
    t.equal(shown.stdout, '');
    t.same(await storedIn(world), [], 'nothing was stored');
  },
);

t.end();
