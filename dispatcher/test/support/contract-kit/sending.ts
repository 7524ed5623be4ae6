/** What is sent: each open claim once, whole, and told once. */
import type { Test } from 'tap';
import { claim } from './claims.ts';
import { sentence } from './stage.ts';
import type { Stage } from './stage.ts';
import { goOn, outcomeOf } from './truth.ts';

export function sending(t: Test, stage: Stage): Promise<void> {
  const { sandbox, system } = stage;
  const [one, two, three] = [claim(1), claim(2), claim(3)];

  sentence(t, stage, 'books each open claim once, and names the ids of each', async (t) => {
    const batch = stage.batch([one, two, three]);
    const { results } = await stage.submit(t, batch);
    t.same(new Set(results.map(({ outcome }) => outcome)), new Set(['accepted']));
    for (const { claim_id, reference } of [one, two, three]) {
      t.equal(sandbox.effects(reference), 1);
      const ids = results.flatMap(({ externalIds }) => externalIds[claim_id] ?? []);
      t.ok(ids.length > 0, `${reference} has ids`);
    }
    t.ok(results.every(({ failure, errorMessage }) => failure === null && errorMessage === null));
  });

  sentence(t, stage, 'sends settled claims no more', async (t) => {
    const batch = stage.batch([one, two], { openClaimIds: [two.claim_id] });
    t.match((await stage.submit(t, batch)).results, [{ outcome: 'accepted' }]);
    t.equal(sandbox.effects(one.reference), 0);
    t.equal(sandbox.effects(two.reference), 1);
    const rest = { ...batch, openClaimIds: [one.claim_id] };
    const { results } = await stage.submit(t, rest);
    const isBooked = system.isWrittenOnce !== true;
    t.match(results, [{ outcome: isBooked ? 'accepted' : 'unknown' }]);
    t.equal(sandbox.effects(one.reference), isBooked ? 1 : 0);
    t.equal(sandbox.effects(two.reference), 1);
  });

  sentence(t, stage, 'sends and tells nothing where none is open', async (t) => {
    const { results, made } = await stage.submit(t, stage.batch([one], { openClaimIds: [] }));
    t.same([results, made], [[], []]);
  });

  for (const [title, bad] of [
    ['a type that is not mapped', claim(5, { type: 'unmapped' })],
    ['a foreign currency', claim(5, { currency: 'XAF' })],
    ['lines that do not sum to the total', { ...claim(5), total: '1.00' }],
  ] as const) {
    sentence(t, stage, `rejects ${title}, and sends the others`, async (t) => {
      const batch = stage.batch([one, bad, two]);
      const { results } = await stage.submit(t, batch);
      t.same(
        batch.openClaimIds.map((id) => outcomeOf(results, id)),
        ['accepted', 'rejected', 'accepted'],
      );
      t.same(
        [one, bad, two].map(({ reference }) => sandbox.effects(reference)),
        [1, 0, 1],
      );
    });
  }

  sentence(t, stage, 'sends nothing that was frozen for another mapper', async (t) => {
    const batch = stage.batch([one]);
    const input = { ...batch.input, mapper_version: 'nobody/7' };
    const { results } = await stage.submit(t, { ...batch, input });
    t.match(results, [{ outcome: 'not_applied', failure: 'configuration' }]);
    t.equal(sandbox.effects(one.reference), 0);
  });

  sentence(t, stage, 'sends a claim of the most lines in one piece', async (t) => {
    const large = claim(6, { lineCount: system.mostLines });
    const batch = stage.batch([large, one]);
    const { results } = await stage.submit(t, batch);
    t.same(await goOn(system, sandbox, batch, results), []);
    t.equal(outcomeOf(results, large.claim_id), 'accepted');
  });

  return Promise.resolve();
}
