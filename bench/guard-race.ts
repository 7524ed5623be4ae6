/**
 * `npm run bench -- guard-race [sessions] [rounds]`: sessions that ask for overlapping
 * claims at once, in an embedded Postgres of its own. Default: 16 sessions, 200 rounds. Exits with 1
 * if a claim came into two runs, or a request got no answer.
 */
import { performance } from 'node:perf_hooks';

import {
  connectSession,
  raceForClaims,
  randomFrom,
} from '../dispatcher/test/support/guard-race.ts';
import { startTwoOrganisations } from '../dispatcher/test/support/two-organisations.ts';
import { createTeardown } from './teardown.ts';

const sessionCount = Number(process.argv[2] ?? 16);
const rounds = Number(process.argv[3] ?? 200);
const seed = Number(process.env['SEED'] ?? 20_260_302);

const t = createTeardown();
try {
  const world = await startTwoOrganisations(t);
  const sessions = await Promise.all(
    Array.from({ length: sessionCount }, () => connectSession(t, world.database.superuserUrl)),
  );
  const random = randomFrom(seed);
  const started = performance.now();
  const errors: (string | null)[] = [];
  let [answers, wrong] = [0, 0];
  for (let round = 1; round <= rounds; round += 1) {
    const organisation = round % 2 === 0 ? world.hlf : world.blindeforbundet;
    const result = await raceForClaims(world, organisation, sessions, random);
    answers += result.answers;
    wrong += result.wrongClaims.length;
    errors.push(...result.errors);
  }
  const deadlocks = errors.filter((code) => code === '40P01').length;
  console.log(
    `${sessionCount} sessions, ${rounds} rounds, seed ${seed}, ` +
      `${((performance.now() - started) / 1000).toFixed(1)} s: ${answers} of ` +
      `${sessionCount * rounds} requests answered, ${wrong} claims in no run or in two, ` +
      `${deadlocks} deadlocks, ${errors.length - deadlocks} other errors`,
  );
  if (wrong > 0 || errors.length > 0 || answers !== sessionCount * rounds) process.exitCode = 1;
} finally {
  await t.close();
}
