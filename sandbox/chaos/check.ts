/** All checks, over all that there is once everything is quiet. */
import { businessCentralBooks, xledgerBooks, type Books } from '../demo/checks.ts';
import type { Breach, Evidence } from './breach.ts';
import { checkClaims, type Fates } from './check-claims.ts';
import { checkRuns } from './check-runs.ts';
import { checkTrail } from './check-trail.ts';
import type { ChaosWorld } from './world.ts';

/** What came out. */
export interface Verdict {
  readonly breaches: readonly Breach[];
  readonly fates: Fates;
}

/** Looks at everything; each broken promise is told once for each run or claim. */
export function check(evidence: Evidence): Verdict {
  const { breaches, fates } = checkClaims(evidence);
  return { breaches: [...breaches, ...checkRuns(evidence), ...checkTrail(evidence)], fates };
}

/** What all ledgers hold, by reference. */
export function booksOf(world: Pick<ChaosWorld, 'businessCentral' | 'xledger'>): Books {
  return new Map([...businessCentralBooks(world.businessCentral), ...xledgerBooks(world.xledger)]);
}
