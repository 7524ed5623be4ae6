/**
 * The contract test kit: the same sentences for every accounting system, against its sandbox.
 * docs/new-accounting-system.md says what they are for and how a system joins.
 */
import t from 'tap';
import { answers } from './answers.ts';
import { asking } from './asking.ts';
import { cuts } from './cuts.ts';
import { guard } from './guard.ts';
import { late } from './late.ts';
import { limits } from './limits.ts';
import { refusals } from './refusals.ts';
import { repeating } from './repeating.ts';
import { sending } from './sending.ts';
import { stageOf } from './stage.ts';
import type { SystemUnderTest } from './system.ts';
import { TOPICS } from './system.ts';

/** Milliseconds for all of it: many times what it takes, for a busy machine. */
const TIME_LIMIT_MS = 300_000;
/** Less is no reason. */
const SHORTEST_REASON = 20;

/** Runs the whole kit; what a system says doesn't apply is told in the output, with its reason. */
export async function describeSystem(system: SystemUnderTest): Promise<void> {
  t.setTimeout(TIME_LIMIT_MS);
  const sandbox = await system.start();
  t.teardown(() => sandbox.close());
  const stage = stageOf(system, sandbox);
  void t.test(`${system.name} is sent to`, (t) => sending(t, stage));
  void t.test(`${system.name} books nothing twice`, (t) => repeating(t, stage));
  const parts = { refusals, answers, cuts, late, asking, limits, guard };
  for (const topic of TOPICS) {
    const reason = system.doesNotApply?.[topic];
    if (reason === undefined) {
      void t.test(`${system.name}: ${topic}`, (t) => parts[topic](t, stage));
    } else {
      t.ok(
        reason.length >= SHORTEST_REASON,
        `DOES NOT APPLY to ${system.name}: ${topic}, since ${reason}`,
      );
    }
  }
}
