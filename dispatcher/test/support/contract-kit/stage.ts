/** What every part of the kit plays on: one sandbox, emptied before each sentence. */
import type { Test } from 'tap';
import type { Batch, FrozenClaim } from '../../../adapters/adapter.ts';
import { batchOf } from './claims.ts';
import { ask, submit } from './run.ts';
import type { Attempt, Question, RunOptions } from './run.ts';
import type { HttpSandbox, SystemSandbox, SystemUnderTest } from './system.ts';

export interface Stage {
  readonly system: SystemUnderTest;
  readonly sandbox: SystemSandbox;
  /** A run of these claims. */
  batch(claims: readonly FrozenClaim[], changes?: Partial<Batch>): Batch;
  /** Sends, and fails the test for whatever no attempt may do. */
  submit(t: Test, batch: Batch, options?: RunOptions): Promise<Attempt>;
  /** Asks, and fails the test for whatever no question may do. */
  ask(t: Test, batch: Batch, options?: RunOptions): Promise<Question>;
}

export function stageOf(system: SystemUnderTest, sandbox: SystemSandbox): Stage {
  const origin = sandbox.http?.origin ?? '';
  return {
    system,
    sandbox,
    batch: (claims, changes) => batchOf(sandbox.setup(claims, origin), changes),
    async submit(t, batch, options) {
      const attempt = await submit(system, sandbox, batch, options);
      t.same(attempt.problems, [], 'the attempt keeps the contract');
      return attempt;
    },
    async ask(t, batch, options) {
      const question = await ask(system, sandbox, batch, options);
      t.same(question.problems, [], 'the question keeps the contract');
      return question;
    },
  };
}

/** What a part needs of a system with HTTP; a part of a system without says that it doesn't apply. */
export function httpOf({ sandbox, system }: Stage): HttpSandbox {
  if (sandbox.http !== null) return sandbox.http;
  throw new Error(`${system.name} has no HTTP: say under doesNotApply why that is no matter`);
}

/** A sentence of the kit. */
export function sentence(
  t: Test,
  stage: Stage,
  title: string,
  work: (t: Test) => Promise<void>,
): void {
  void t.test(title, async (t) => {
    stage.sandbox.reset();
    await work(t);
  });
}
