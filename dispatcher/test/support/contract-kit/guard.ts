/** What the database knows of the system is what its adapter does. */
import type { Test } from 'tap';
import { createTestDatabase } from '../database.ts';
import { claim } from './claims.ts';
import type { Stage } from './stage.ts';

export async function guard(t: Test, stage: Stage): Promise<void> {
  const { pool } = await createTestDatabase(t);
  const { input } = stage.batch([claim(1)]);
  const { system, settings, mapper_version: mapper } = input;
  const ask = async (query: string, values: unknown[]) =>
    (await pool.query<{ answer: unknown }>(query, values)).rows[0]?.answer;

  const settingsProblems = 'select accounting.settings_problems($1, $2) as answer';
  t.equal(await ask(settingsProblems, [system, settings]), null, 'it takes the settings');
  t.match(await ask(settingsProblems, [system, {}]), /is missing/, 'and knows which it needs');
  t.equal(
    await ask('select accounting.most_lines_of_a_claim($1) as answer', [system]),
    stage.system.mostLines,
    'the guard lets claims through that fit an envelope, and no others',
  );
  const own = 'select mapper as answer from accounting.known_systems() where system = $1';
  const frozenFor = settings['mapper'] ?? (await ask(own, [system]));
  t.equal(mapper, frozenFor, 'a run is frozen for a mapper that is there');
}
