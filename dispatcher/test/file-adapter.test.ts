/** The adapter for files: what it reports, and how it answers from what the database looked up. */
import { createHash } from 'node:crypto';

import t from 'tap';

import type { AdapterContext, AttemptResult, Batch, FileLookUp } from '../adapters/adapter.ts';
import { createFileAdapter } from '../adapters/file/adapter.ts';
import { createHttpClient } from '../http.ts';
import { BATCH_KEY, fileClaim, fileClaimId, fileInput } from './support/file-input.ts';

const adapter = createFileAdapter();
const nothing: FileLookUp = { nameByClaimId: {}, isTaken: false, isHistoryLost: false };

function batch(changes: Partial<Batch> = {}): Batch {
  return {
    organisationId: '6f1d6e0c-5a0e-4c1e-9d55-1f0f6a3d1a02',
    runId: '00000000-0000-4000-a000-000000000001',
    attemptNo: 1,
    search: 'run',
    batchKey: BATCH_KEY,
    endpoint: '',
    input: fileInput([fileClaim(1), fileClaim(2)]),
    openClaimIds: [fileClaimId(1), fileClaimId(2)],
    knownExternalIds: [],
    voidedExternalIds: [],
    voidedClaimIds: [],
    files: nothing,
    ...changes,
  };
}

/** A client that may write nothing: whoever calls somebody fails. */
function context(): AdapterContext & { close(): void } {
  const http = createHttpClient({
    deadlineAt: performance.now() + 60_000,
    maxBodyBytes: 1,
    allowPrivateAddresses: false,
    mayWrite: () => false,
    signal: new AbortController().signal,
    observe: () => {
      throw new Error('a request was made');
    },
  });
  return { http, credential: { token: '' }, close: () => http.close() };
}

async function submit(given: Batch): Promise<readonly AttemptResult[]> {
  const reports: (readonly AttemptResult[])[] = [];
  const calls = context();
  await adapter.submit(given, calls, (results) => {
    reports.push(results);
    return Promise.resolve();
  });
  calls.close();
  if (reports.length !== 1) throw new Error(`${reports.length} reports`);
  return reports[0] ?? [];
}

void t.test(
  'all is reported at once, so that one transaction has the file and its claims',
  async (t) => {
    const claims = [fileClaim(1), fileClaim(2, { currency: 'EUR' })];
    const [refused, accepted] = await submit(batch({ input: fileInput(claims) }));
    t.match(refused, { outcome: 'rejected', claimIds: [fileClaimId(2)], httpStatus: null });
    t.match(accepted, {
      outcome: 'accepted',
      claimIds: [fileClaimId(1)],
      externalIds: { [fileClaimId(1)]: ['BF-4A626E17A66F7E29C59A.csv#BF-2026-00001'] },
      file: { name: 'BF-4A626E17A66F7E29C59A.csv', format: 'csv' },
    });
    const hash = createHash('sha256')
      .update(accepted?.file?.content ?? '', 'utf8')
      .digest('hex');
    t.equal(accepted?.wireSha256, hash);
  },
);

void t.test('with nothing that fits, there is no file', async (t) => {
  const results = await submit(
    batch({
      input: fileInput([fileClaim(1)], { format: 'csv', x: '1' }),
      openClaimIds: [fileClaimId(1)],
    }),
  );
  t.match(results, [{ outcome: 'rejected', claimIds: [fileClaimId(1)] }]);
  t.equal(results.length, 1);
});

void t.test('asking tells what the database saw', async (t) => {
  const ask = async (changes: Partial<Batch>) => {
    const calls = context();
    const answers = await adapter.findExisting(batch(changes), calls);
    calls.close();
    return answers;
  };
  t.match(await ask({ files: { ...nothing, nameByClaimId: { [fileClaimId(1)]: 'BF-X.csv' } } }), [
    { outcome: 'found', externalIds: { [fileClaimId(1)]: ['BF-X.csv#BF-2026-00001'] } },
    { outcome: 'absent', collides: true, claimIds: [fileClaimId(2)] },
  ]);
  t.same(
    await ask({ search: 'references', runId: null }).then((answers) =>
      answers.map(({ outcome, collides, claimIds }) => [outcome, collides, claimIds]),
    ),
    [['absent', false, [fileClaimId(1), fileClaimId(2)]]],
    'without a run nothing collides',
  );
  for (const doubt of ['isTaken', 'isHistoryLost'] as const) {
    t.match(
      await ask({ files: { ...nothing, [doubt]: true }, openClaimIds: [fileClaimId(1)] }),
      [{ outcome: 'unclear', needsPerson: true }],
      doubt,
    );
  }
});
