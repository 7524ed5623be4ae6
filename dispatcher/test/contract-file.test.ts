/**
 * Files pass the kit that every system passes. What is asked and booked there is accounting.export_files
 * of a real database: what the adapter reports is stored by the function that records results.
 */
import t from 'tap';

import type { FrozenClaim } from '../adapters/adapter.ts';
import { createFileAdapter } from '../adapters/file/adapter.ts';
import { claim, OTHER_KEY } from './support/contract-kit/claims.ts';
import { describeSystem } from './support/contract-kit/describe-system.ts';
import { sentence, stageOf } from './support/contract-kit/stage.ts';
import type { Setup, SystemSandbox, SystemUnderTest } from './support/contract-kit/system.ts';
import { outcomeOf } from './support/contract-kit/truth.ts';
import { startFileLedger } from './support/file-ledger.ts';

function setup(claims: readonly FrozenClaim[]): Setup {
  const account = (number: string, dimensions = {}) => ({
    account: number,
    tax_code: null,
    dimensions,
  });
  return {
    endpoint: '',
    input: {
      version: 1,
      system: 'file',
      mapper_version: 'file/1',
      organisation: { id: '10000000-0000-4000-8000-000000000000', name: 'Kit', prefix: 'KIT' },
      settings: { format: 'csv', liability_account: '2910' },
      posting_date: '2026-03-02',
      mappings: {
        travel: account('7100', { avdeling: '10' }),
        meals: account('7150'),
        // No ledger is asked; what no cell may hold is refused.
        nowhere: account('-9999'),
      },
      claims,
    },
  };
}

const ledger = await startFileLedger(t);
const sandbox: SystemSandbox = {
  setup,
  effects: (reference) => ledger.effects(reference),
  wireHashes: () => ledger.wireHashes(),
  // A stored file is never changed: see doesNotApply.
  person: { loseLine: nobody, changeAmount: nobody, remove: nobody },
  http: null,
  reset: () => ledger.reset(),
  close: () => Promise.resolve(),
};

function nobody(): never {
  throw new Error('nobody changes a stored file');
}

const system: SystemUnderTest = {
  name: 'File',
  promise: 'R1',
  credential: { token: '' },
  wrongCredential: { token: '' },
  mostLines: 499,
  isWrittenOnce: true,
  createAdapter: () => ledger.behind(createFileAdapter()),
  start: () => Promise.resolve(sandbox),
  doesNotApply: {
    answers: 'nobody is called, so nothing answers: the database stores the file or refuses it',
    cuts: 'there is no connection to cut; dispatcher-file.test.ts kills the dispatcher instead',
    late: 'there is no request that could come late; a late result is told below',
    asking: 'nobody can change, post or double a part of a stored file; what can be asked is below',
    limits: 'a file is one piece of any length; that the guard counts lines, is under guard',
  },
};

await describeSystem(system);

void t.test('File: what can be asked', (t) => {
  const stage = stageOf(system, sandbox);
  const [one, two, three] = [claim(1), claim(2), claim(3)];

  sentence(t, stage, 'finds what is in a file, and tells it from what is not', async (t) => {
    const batch = stage.batch([one, two, three]);
    await stage.submit(t, { ...batch, openClaimIds: [one.claim_id, two.claim_id] });
    for (const asked of [batch, { ...batch, runId: null, search: 'references' as const }]) {
      const { answers } = await stage.ask(t, asked);
      t.same(
        batch.openClaimIds.map((id) => outcomeOf(answers, id)),
        ['found', 'found', 'absent'],
        asked.search,
      );
      t.match(answers, [{ outcome: 'found' }, { collides: asked.search === 'run' }]);
    }
    t.same((await stage.ask(t, { ...batch, openClaimIds: [] })).answers, []);
  });

  sentence(t, stage, 'passes over what a person voided, and writes it anew', async (t) => {
    const batch = stage.batch([one, two]);
    const { results } = await stage.submit(t, batch);
    const voidedExternalIds = results.flatMap(({ externalIds }) => externalIds[one.claim_id] ?? []);
    t.equal(voidedExternalIds.length, 1);
    const { answers } = await stage.ask(t, { ...batch, voidedExternalIds });
    t.same(
      [one, two].map(({ claim_id: id }) => outcomeOf(answers, id)),
      ['absent', 'found'],
    );
    const next = stage.batch([one], { batchKey: OTHER_KEY, voidedExternalIds });
    t.match((await stage.submit(t, next)).results, [{ outcome: 'accepted' }]);
    t.match((await stage.ask(t, next)).answers, [{ outcome: 'found' }]);
  });

  sentence(t, stage, 'writes nothing once the lease has ended', async (t) => {
    const batch = stage.batch([one]);
    ledger.carries = false;
    t.match((await stage.submit(t, batch)).results, [{ outcome: 'not_applied', wireSha256: null }]);
    t.equal(ledger.effects(one.reference), 0);
    t.match((await stage.ask(t, batch)).answers, [{ outcome: 'absent', collides: true }]);
    ledger.carries = true;
    t.match((await stage.submit(t, batch)).results, [{ outcome: 'accepted' }]);
    t.equal(ledger.effects(one.reference), 1);
  });

  sentence(t, stage, 'leaves to a person a key under which another run wrote', async (t) => {
    const batch = stage.batch([one]);
    await stage.submit(t, batch);
    ledger.forgetRuns();
    t.match((await stage.submit(t, batch)).results, [{ outcome: 'unknown' }]);
    t.match((await stage.ask(t, batch)).answers, [{ outcome: 'unclear', needsPerson: true }]);
    t.equal(ledger.effects(one.reference), 1, 'it is in the first file alone');
  });

  t.end();
});
