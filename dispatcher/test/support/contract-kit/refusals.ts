/** A batch of which the ledger refuses one claim. */
import type { Test } from 'tap';
import { claim } from './claims.ts';
import { sentence } from './stage.ts';
import type { Stage } from './stage.ts';
import { lies, next, outcomeOf } from './truth.ts';

export function refusals(t: Test, stage: Stage): Promise<void> {
  const { sandbox } = stage;
  const [one, two, refused] = [claim(1), claim(2), claim(4, { type: 'nowhere' })];

  sentence(t, stage, 'rejects the claim that is refused, and loses no other', async (t) => {
    const batch = stage.batch([one, refused, two]);
    const attempt = await stage.submit(t, batch);
    const { results } = attempt;
    t.same(lies(sandbox, batch, attempt), []);
    t.equal(outcomeOf(results, refused.claim_id), 'rejected', 'the one that names no account');
    for (const { claimIds, outcome, failure } of results) {
      if (claimIds.includes(refused.claim_id)) t.same(claimIds, [refused.claim_id]);
      else if (outcome !== 'accepted') t.same([outcome, failure], ['not_applied', 'undone']);
    }
    const others = next(batch, results);
    if (others.openClaimIds.length > 0) {
      t.notOk(others.openClaimIds.includes(refused.claim_id));
      const { results: again } = await stage.submit(t, others);
      t.ok(again.every(({ outcome }) => outcome === 'accepted'));
    }
    t.same(
      [one, refused, two].map(({ reference }) => sandbox.effects(reference)),
      [1, 0, 1],
    );
  });

  return Promise.resolve();
}
