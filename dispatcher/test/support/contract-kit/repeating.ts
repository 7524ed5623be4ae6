/** The same batch again: nothing is booked twice, whatever the adapter calls it. */
import type { Test } from 'tap';
import { claim } from './claims.ts';
import { sentence } from './stage.ts';
import type { Stage } from './stage.ts';
import { lies, outcomeOf } from './truth.ts';

export function repeating(t: Test, stage: Stage): Promise<void> {
  const { sandbox } = stage;
  const [one, two] = [claim(1), claim(2)];

  sentence(t, stage, 'a batch that is there already', async (t) => {
    const batch = stage.batch([one, two]);
    const { results: first } = await stage.submit(t, batch);
    for (let round = 0; round < 2; round += 1) {
      const attempt = await stage.submit(t, { ...batch, attemptNo: 2 + round });
      t.same(lies(sandbox, batch, attempt), []);
      // Accepted may be told by a system that answers a second send as it answered the first.
      const told = outcomeOf(attempt.results, one.claim_id) ?? '';
      t.ok(['unknown', 'accepted'].includes(told), `it is there: ${told}`);
      t.notOk(attempt.results.some(({ outcome }) => outcome === 'rejected'));
    }
    t.ok(first.every(({ outcome }) => outcome === 'accepted'));
    t.same([sandbox.effects(one.reference), sandbox.effects(two.reference)], [1, 1]);
  });

  sentence(t, stage, 'a batch that a person has booked for good', async (t) => {
    const batch = stage.batch([one, two]);
    await stage.submit(t, batch);
    await sandbox.person.post?.(one.reference);
    const attempt = await stage.submit(t, batch);
    t.same(lies(sandbox, batch, attempt), []);
    t.notOk(attempt.results.some(({ outcome }) => outcome === 'rejected'));
    t.same([sandbox.effects(one.reference), sandbox.effects(two.reference)], [1, 1]);
  });

  sentence(t, stage, 'a batch of which some is there: the rest is not lost', async (t) => {
    const batch = stage.batch([one, two]);
    await stage.submit(t, { ...batch, openClaimIds: [one.claim_id] });
    const attempt = await stage.submit(t, batch);
    const { results } = attempt;
    t.same(lies(sandbox, batch, attempt), []);
    t.not(outcomeOf(results, one.claim_id), 'rejected', 'it is there');
    t.not(outcomeOf(results, two.claim_id), 'rejected', 'nothing is wrong with it');
    t.equal(sandbox.effects(one.reference), 1);
  });

  return Promise.resolve();
}
