/** What asking tells: whole, absent, or a person's; and it changes no sums. */
import type { Test } from 'tap';
import type { Batch } from '../../../adapters/adapter.ts';
import { claim, OTHER_KEY } from './claims.ts';
import { sentence } from './stage.ts';
import type { Stage } from './stage.ts';
import { outcomeOf } from './truth.ts';

export function asking(t: Test, stage: Stage): Promise<void> {
  const { sandbox, system } = stage;
  const { person } = sandbox;
  const [one, two, three] = [claim(1), claim(2), claim(3)];
  /** As a flag or a restore has it asked: no run is known. */
  const byReference = (batch: Batch): Batch => ({ ...batch, runId: null, search: 'references' });
  const told = async (t: Test, batch: Batch) => {
    const { answers } = await stage.ask(t, batch);
    return batch.openClaimIds.map((id) => outcomeOf(answers, id));
  };

  sentence(t, stage, 'finds what is there whole, and tells it from what is absent', async (t) => {
    const batch = stage.batch([one, two, three]);
    const sent = await stage.submit(t, { ...batch, openClaimIds: [one.claim_id, two.claim_id] });
    const known = sent.results.flatMap(({ externalIds }) => Object.values(externalIds).flat());
    for (const asked of [batch, { ...batch, knownExternalIds: known }, byReference(batch)]) {
      const { answers } = await stage.ask(t, asked);
      t.same(
        batch.openClaimIds.map((id) => outcomeOf(answers, id)),
        ['found', 'found', 'absent'],
        asked.search,
      );
      for (const id of [one.claim_id, two.claim_id]) {
        t.ok(answers.some(({ externalIds }) => (externalIds[id] ?? []).length > 0));
      }
    }
    t.same(await told(t, { ...batch, openClaimIds: [] }), []);
  });

  sentence(t, stage, `calls a second send ${system.promise === 'R1' ? '' : 'not '}colliding`, (t) =>
    stage.ask(t, stage.batch([one])).then(({ answers }) => {
      t.match(answers, [{ outcome: 'absent', collides: system.promise === 'R1' }]);
    }),
  );

  sentence(t, stage, 'finds what a person has booked for good', async (t) => {
    const batch = stage.batch([one, two]);
    await stage.submit(t, batch);
    await person.post?.(one.reference);
    t.same(await told(t, batch), ['found', 'found']);
    t.same(await told(t, byReference(batch)), ['found', 'found']);
  });

  for (const [title, change] of [
    ['partly there', () => person.loseLine(one.reference)],
    ['there with another sum', () => person.changeAmount(one.reference)],
  ] as const) {
    sentence(t, stage, `leaves to a person what is ${title}`, async (t) => {
      const batch = stage.batch([one, two]);
      await stage.submit(t, batch);
      await change();
      for (const asked of [batch, byReference(batch)]) {
        const { answers } = await stage.ask(t, asked);
        t.same(
          [outcomeOf(answers, one.claim_id), outcomeOf(answers, two.claim_id)],
          ['unclear', 'found'],
        );
        t.ok(answers.find(({ claimIds }) => claimIds.includes(one.claim_id))?.needsPerson);
      }
    });
  }

  sentence(t, stage, 'leaves to a person what is there twice', async (t) => {
    const batch = stage.batch([one, two]);
    const { results } = await stage.submit(t, batch);
    if (person.bookAgain !== undefined) await person.bookAgain(one.reference);
    else {
      // Past the look before sending, as if nobody knew of the first.
      const voidedExternalIds = results.flatMap(({ externalIds }) =>
        Object.values(externalIds).flat(),
      );
      const again = { batchKey: OTHER_KEY, voidedExternalIds, openClaimIds: [one.claim_id] };
      await stage.submit(t, { ...batch, ...again });
    }
    t.equal(sandbox.effects(one.reference), 2, 'it is there twice');
    const { answers } = await stage.ask(t, byReference(batch));
    t.same(
      [outcomeOf(answers, one.claim_id), outcomeOf(answers, two.claim_id)],
      ['unclear', 'found'],
    );
    t.match(
      answers.filter(({ outcome }) => outcome === 'unclear'),
      [{ needsPerson: true }],
    );
  });

  sentence(t, stage, 'passes over what a person removed, and lets it be sent again', async (t) => {
    const batch = stage.batch([one, two]);
    const { results } = await stage.submit(t, batch);
    await person.remove(one.reference);
    const voided: Batch = {
      ...batch,
      openClaimIds: [one.claim_id],
      voidedExternalIds: results.flatMap(({ externalIds }) => externalIds[one.claim_id] ?? []),
      voidedClaimIds: [one.claim_id],
      knownExternalIds: results.flatMap(({ externalIds }) => Object.values(externalIds).flat()),
    };
    t.same(await told(t, voided), ['absent']);
    const { results: again } = await stage.submit(t, voided);
    t.match(again, [{ outcome: 'accepted' }]);
    t.same(await told(t, { ...voided, openClaimIds: batch.openClaimIds }), ['found', 'found']);
  });

  sentence(t, stage, 'leaves out what a person named as removed, listed or not', async (t) => {
    const batch = stage.batch([one, two]);
    const { results } = await stage.submit(t, batch);
    const voidedExternalIds = results.flatMap(({ externalIds }) => externalIds[one.claim_id] ?? []);
    const voided = { ...batch, voidedExternalIds, voidedClaimIds: [one.claim_id] };
    t.same(await told(t, voided), ['absent', 'found']);
    t.same(await told(t, byReference(voided)), ['absent', 'found']);
  });

  sentence(t, stage, 'lets a claim that can not be mapped spoil no answer', async (t) => {
    const bad = claim(5, { type: 'unmapped' });
    const batch = stage.batch([one, bad]);
    await stage.submit(t, { ...batch, openClaimIds: [one.claim_id] });
    t.same(await told(t, batch), ['found', 'absent']);
    // The mapping went after it was sent.
    const { mappings, ...input } = stage.batch([two]).input;
    await stage.submit(t, stage.batch([two], { batchKey: OTHER_KEY }));
    const unmapped = byReference({
      ...stage.batch([two]),
      input: { ...input, mappings: { meals: mappings['meals']! } },
    });
    t.match((await stage.ask(t, unmapped)).answers, [{ outcome: 'unclear', needsPerson: true }]);
  });

  return Promise.resolve();
}
