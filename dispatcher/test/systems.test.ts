/** An accounting system is known everywhere or nowhere (docs/new-accounting-system.md). */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import t from 'tap';
import { SYSTEMS } from '../adapters/adapter.ts';
import { createAdapters } from '../adapters/index.ts';
import { createTestDatabase } from './support/database.ts';

void t.test('the database knows the systems that the dispatcher knows', async (t) => {
  const { pool } = await createTestDatabase(t);
  const { rows } = await pool.query<{ system: string }>(
    'select system from accounting.known_systems() order by system',
  );
  t.same(
    rows.map(({ system }) => system),
    [...SYSTEMS].sort(),
  );
});

void t.test('each system has an adapter of its name', (t) => {
  const adapters = createAdapters();
  for (const system of SYSTEMS) t.equal(adapters[system].system, system);
  t.end();
});

void t.test('each system has passed the contract test kit', (t) => {
  for (const system of SYSTEMS) {
    const file = `contract-${system.replaceAll('_', '-')}.test.ts`;
    t.ok(existsSync(fileURLToPath(new URL(file, import.meta.url))), file);
  }
  t.end();
});
