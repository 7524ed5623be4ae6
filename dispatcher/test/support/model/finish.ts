/** The end of a story: systems are up and everybody does their part, so everything must come to an end. */
import { fail } from './check.ts';
import { pass } from './app-steps.ts';
import { ask } from './ask-step.ts';
import type { Database } from './database.ts';
import { lease, start, sweep } from './dispatcher-steps.ts';
import { there } from './ledger.ts';
import { resolve, resume } from './person-steps.ts';
import { isEnded } from './rules.ts';
import { answer, record } from './telling-steps.ts';
import { numberOf, timings, type World } from './world.ts';

const rounds = 200;

/** Carries everything to its end, and looks whether books, ledgers and the trail agree. */
export async function finish(world: World, database: Database): Promise<void> {
  await verifyTrail(world, database);
  if (!world.isHonest) return;
  world.log.push('            from here on all goes well');
  Object.assign(world, { held: [], attempts: [], questions: [] });
  for (let round = 1; ; round += 1) {
    await work(world, database);
    const ms = (await nextWakeUpMs(world, database)) ?? patience(world);
    if (ms === null || isOver(world)) break;
    if (round === rounds) fail(world, [`it is not over after ${rounds} rounds`]);
    await pass(world, database, Math.max(ms, 1));
  }
  await pass(world, database, timings.lease + timings.remoteMax);
  const open = world.runs.filter((run) => !isEnded(run));
  if (open.length > 0) {
    fail(world, [`stuck: ${open.map((run) => `${numberOf(run.runId)} ${run.state}`).join(', ')}`]);
  }
  compareBooks(world);
  await verifyTrail(world, database);
}

async function work(world: World, database: Database): Promise<void> {
  for (const organisation of world.paused) await resume(world, database, organisation);
  await sweep(world, database);
  for (const run of world.runs.filter(({ state }) => state === 'needs_review')) {
    await resolve(world, database, run);
  }
  await lease(world, database, 100);
  for (const held of world.held) {
    if (held.purpose === 'send') {
      await start(world, database, held, [{ fate: 'now', part: 0, delay: 0 }]);
    } else await ask(world, database, held, 0);
  }
  const whole = { isTold: [true], choices: [0], keepLeaseMs: 0 };
  for (const attempt of world.attempts) await record(world, database, attempt, whole);
  for (const question of world.questions) await answer(world, database, question, [0]);
  Object.assign(world, { held: [], attempts: [] });
}

/**
 * Nothing wakes a dispatcher where a person has to look, who waits for the quarantine's end; nor does
 * the last answer of a freeze, whose end the next poll sees.
 */
function patience(world: World): number | null {
  if (world.runs.some(({ state }) => state === 'needs_review')) return timings.quarantine;
  return world.frozen.size > 0 ? 1_000 : null;
}

const isOver = (world: World): boolean =>
  world.runs.every((run) => isEnded(run) && run.askAt === null) && world.frozen.size === 0;

async function nextWakeUpMs(world: World, database: Database): Promise<number | null> {
  const { rows } = await database.step(world.now, 'select accounting.next_wake_up_ms() as ms');
  const ms = rows[0]?.['ms'];
  return typeof ms === 'number' ? ms : null;
}

/** What is told to be exported is in the ledger once, and nothing else is. */
function compareBooks(world: World): void {
  const problems = [...world.known.keys()].flatMap((at) => {
    const [organisation = 0, no = 0] = at.split('/').map(Number);
    const count = there(world.ledger, organisation, no).length;
    const isExported = world.exported.has(at);
    return count === (isExported ? 1 : 0)
      ? []
      : [`claim ${at} is ${isExported ? '' : 'not '}exported, and ${count} times in the ledger`];
  });
  if (problems.length > 0) fail(world, problems);
}

async function verifyTrail(world: World, database: Database): Promise<void> {
  const { rows } = await database.step(
    world.now,
    `select v.reason
     from accounting.organisations as o
     cross join lateral accounting.verify_trail_of(o.id) as v
     where not v.is_valid`,
  );
  if (rows.length > 0)
    fail(
      world,
      rows.map((row) => `the trail: ${String(row['reason'])}`),
    );
}
