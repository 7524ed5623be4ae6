/** What is too much for one envelope, and for one answer. */
import type { Test } from 'tap';
import { claim } from './claims.ts';
import { httpOf, sentence } from './stage.ts';
import type { Stage } from './stage.ts';
import { goOn, lies, outcomeOf, wrongAnswers } from './truth.ts';

export function limits(t: Test, stage: Stage): Promise<void> {
  const { sandbox, system } = stage;
  const http = httpOf(stage);
  const [small, large, larger] = [
    claim(1),
    claim(2, { lineCount: system.mostLines }),
    claim(3, { lineCount: system.mostLines }),
  ];

  sentence(t, stage, 'sends what one envelope does not hold in several', async (t) => {
    const batch = stage.batch([large, larger]);
    const { results, made } = await stage.submit(t, batch);
    t.same(new Set(results.map(({ outcome }) => outcome)), new Set(['accepted']));
    t.equal(made.filter(({ booked }) => booked.length > 0).length, 2);
    t.same([sandbox.effects(large.reference), sandbox.effects(larger.reference)], [1, 1]);
    const envelopes = results.map(({ envelopeNo }) => envelopeNo);
    t.equal(new Set(envelopes).size, envelopes.length, 'each has its number');
  });

  sentence(t, stage, 'holds back the envelopes behind a doubt', async (t) => {
    http.faults.add({ ...http.lines, kind: 'drop_after' });
    const batch = stage.batch([large, larger]);
    const { results, made } = await stage.submit(t, batch);
    t.equal(made.filter(({ booked }) => booked.length > 0).length, 1);
    t.equal(outcomeOf(results, large.claim_id), 'unknown');
    t.match(
      results.filter(({ claimIds }) => claimIds.includes(larger.claim_id)),
      [{ outcome: 'not_applied', failure: 'undone' }],
    );
    t.same(await goOn(system, sandbox, batch, results), []);
  });

  sentence(t, stage, 'rejects a claim of one line more, and sends the others', async (t) => {
    const excess = claim(4, { lineCount: system.mostLines + 1 });
    const batch = stage.batch([small, excess]);
    const { results } = await stage.submit(t, batch);
    t.same(
      batch.openClaimIds.map((id) => outcomeOf(results, id)),
      ['accepted', 'rejected'],
      'the guard lets none through, and if it did nothing is half booked',
    );
    t.equal(sandbox.effects(excess.reference), 0);
  });

  sentence(t, stage, 'takes no answer over the byte cap for a whole one', async (t) => {
    const batch = stage.batch([small]);
    const { made } = await stage.submit(t, batch);
    const sizes = new Set(made.map(sizeOf).filter((size) => size > 0));
    for (const size of sizes) {
      sandbox.reset();
      const attempt = await stage.submit(t, batch, { maxBodyBytes: size - 1 });
      const { results } = attempt;
      t.same(lies(sandbox, batch, attempt), [], `cut before byte ${size}`);
      t.notMatch(results, [{ outcome: 'rejected' }]);
      const { answers } = await stage.ask(t, batch, { maxBodyBytes: size - 1 });
      t.same(wrongAnswers(sandbox, batch, answers), []);
      t.same(await goOn(system, sandbox, batch, results), []);
    }
    t.ok(sizes.size > 0);
  });

  return Promise.resolve();
}

function sizeOf({ result }: { readonly result: { readonly kind: string } }): number {
  return 'text' in result ? Buffer.byteLength(String(result.text)) : 0;
}
