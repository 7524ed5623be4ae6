import type { Problem } from './classify.ts';

/** A request didn't give what was asked for. Stays inside the adapter, which returns it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}
