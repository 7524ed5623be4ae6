/** docs/data.md judges every column that can hold words, and names none that isn't there. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import t from 'tap';

import { createTestDatabase } from './support/database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What can hold no words. A type that isn't here is asked about, not passed over. */
const wordless = [
  'uuid',
  'uuid[]',
  'boolean',
  'integer',
  'bigint',
  'numeric',
  'date',
  'timestamp with time zone',
];

void t.test('every column that can hold words is judged, once', async (t) => {
  const { pool } = await createTestDatabase(t);
  const { rows } = await pool.query<{ column: string }>(
    `select c.relname || '.' || a.attname as column
       from pg_catalog.pg_attribute as a
       join pg_catalog.pg_class as c on c.oid = a.attrelid
      where c.relnamespace = 'accounting'::regnamespace
        and c.relkind in ('r', 'p')
        and a.attnum > 0
        and not a.attisdropped
        and format_type(a.atttypid, null) <> all ($1)`,
    [wordless],
  );
  const text = await readFile(path.join(root, 'docs/data.md'), 'utf8');
  const [, section = ''] = text.split('## Every column');
  const judged = [...section.matchAll(/^\| `(\w+)` \|(.*)\|(.*)\|$/gm)].flatMap(
    ([, table = '', some = '', none = '']) =>
      [...`${some} ${none}`.matchAll(/`(\w+)`/g)].map(([, column = '']) => `${table}.${column}`),
  );
  t.strictSame(judged.sort(), rows.map(({ column }) => column).sort());
  t.ok(judged.length > 60);
});
