/** The README's table of error codes against what the database raises and answers. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import t from 'tap';

import { createTestDatabase } from './support/database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

void t.test('the README lists each error code with the HTTP status that it gets', async (t) => {
  const { pool } = await createTestDatabase(t);
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const listed = [...readme.matchAll(/^\| (AX\d{3}) \| (\d{3}) \|/gm)].map(([, code, status]) => ({
    code,
    status: Number(status),
  }));
  const { rows } = await pool.query(
    `select code, accounting.http_status_of(code) as status
       from unnest($1::text[]) with ordinality as u (code, place) order by place`,
    [listed.map(({ code }) => code)],
  );
  t.strictSame(listed, rows, 'the statuses are those of the API');
});

void t.test('the README lists each error code that is raised, and no other', async (t) => {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const listed = [...readme.matchAll(/^\| (AX\d{3}) \|/gm)].map(([, code]) => code);
  const raised = new Set<string>();
  const folder = path.join(root, 'db');
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.sql') || name.startsWith('tests')) continue;
    const sql = await readFile(path.join(folder, name), 'utf8');
    for (const [, code] of sql.matchAll(/(?:errcode = |raise_again\(\s*)'(AX\d{3})'/g)) {
      if (code !== undefined) raised.add(code);
    }
  }
  t.strictSame(listed, [...raised].sort(), 'in their order');
});
