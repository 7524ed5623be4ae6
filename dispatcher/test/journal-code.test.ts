import fc from 'fast-check';
import t from 'tap';

import { journalCode } from '../adapters/business-central/journal-code.ts';
import { createTestDatabase } from './support/database.ts';

t.test(
  'the database, which holds journal codes unique, computes them as the adapter does',
  async (t) => {
    const { pool } = await createTestDatabase(t);
    const keys = fc.sample(fc.stringMatching(/^[0-9a-f]{64}$/), 200);
    keys.push('0'.repeat(64), 'f'.repeat(64));
    const { rows } = await pool.query<{ key: string; code: string }>(
      'select k.key, accounting.journal_code(k.key) as code from unnest($1::text[]) as k (key)',
      [keys],
    );
    t.equal(rows.length, keys.length);
    for (const { key, code } of rows) {
      if (code !== journalCode(key)) t.fail(`${key}: ${code} and ${journalCode(key)}`);
    }
  },
);
