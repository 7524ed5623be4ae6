/**
 * Random stories of claims, requests, dispatchers that die, ledgers that book late, and people, told to
 * the real SQL and to a small model of docs/states.md: both must agree after each step.
 *
 * SEED and RUNS in the environment tell other stories, and more of them. A story that fails is
 * shortened and printed; its seed tells it again.
 */
import fc from 'fast-check';
import t, { type Test } from 'tap';

import { commands } from './support/model/commands.ts';
import { openDatabase } from './support/model/database.ts';
import { finish } from './support/model/finish.ts';
import { key, newWorld } from './support/model/world.ts';

const seed = Number(process.env['SEED'] ?? 20261122);
const runs = Number(process.env['RUNS'] ?? 20);
/** A slow machine tells fewer stories; shortening one that fails ends here too. */
const seconds = Number(process.env['LIMIT'] ?? 15);

t.setTimeout(3_600_000); // A failing story takes a while to shorten.
const database = await openDatabase(t);

async function tell(t: Test, isHonest: boolean): Promise<void> {
  const deadline = performance.now() + seconds * 1_000;
  let count = 0;
  const property = fc.asyncProperty(commands(120), fc.nat(999_999), async (story, chance) => {
    // A story that has begun is told to its end: the next one is told on the same connection.
    if (performance.now() > deadline) return;
    count += 1;
    await database.begin(chance);
    const world = newWorld(isHonest);
    for (const organisation of [1, 2]) {
      for (const no of [1, 2, 3]) world.known.set(key(organisation, no), world.now);
    }
    await fc.asyncModelRun(() => ({ model: world, real: database }), story);
    await finish(world, database);
  });
  const told = await fc.check(property, { seed, numRuns: runs });
  if (!told.failed) {
    t.ok(count > 0, `${count} stories end well`);
    return;
  }
  t.fail(`story ${told.counterexamplePath} of SEED=${told.seed} does not end well`, {
    story: (told.errorInstance instanceof Error ? told.errorInstance.message : '').split('\n'),
  });
}

await t.test(
  'nothing is in a ledger twice, lost or stuck, whoever dies and whatever comes late',
  async (t) => {
    t.setTimeout(3_600_000);
    await tell(t, true);
  },
);

await t.test(
  'whatever is told, each run is where the rules have it, and the trail is whole',
  async (t) => {
    t.setTimeout(3_600_000);
    await tell(t, false);
  },
);

t.end();
