/**
 * Writes vouchers into a file that a person imports. It calls nobody: the file travels with the
 * result, and the database stores both in one transaction, or neither. So its promise is R1: the batch
 * key is unique there, and whoever writes it a second time meets the first file.
 */
import { createHash } from 'node:crypto';

import type { Adapter, AnswerResult, AttemptResult, Batch } from '../adapter.ts';
import { check } from './check.ts';
import { FILE_MAPPER_VERSIONS } from './mapper.ts';
import { preview } from './preview.ts';
import { produceFile } from './produce.ts';

/** Makes the adapter for files. It holds nothing between calls. */
export function createFileAdapter(): Adapter {
  return {
    system: 'file',
    submit: async (batch, _context, report) => {
      if (batch.openClaimIds.length > 0) await report(attemptResults(batch));
    },
    findExisting: (batch) => Promise.resolve(answers(batch)),
    preview,
    check,
  };
}

/** The id of a claim in a file: what a void names, and no other claim's. */
function externalId(name: string, reference: string): string {
  return `${name}#${reference}`;
}

function attemptResults(batch: Batch): AttemptResult[] {
  const common = { envelopeNo: 1, httpStatus: null, failure: null, retryAfterMs: null } as const;
  if (!FILE_MAPPER_VERSIONS.includes(batch.input.mapper_version)) {
    const errorMessage = `no mapper ${batch.input.mapper_version} in this dispatcher`;
    return [
      {
        ...common,
        outcome: 'not_applied',
        claimIds: batch.openClaimIds,
        errorMessage,
        externalIds: {},
        wireSha256: null,
        failure: 'configuration',
      },
    ];
  }
  const { file, vouchers, refused } = produceFile(batch.input, batch.batchKey, batch.openClaimIds);
  const results: AttemptResult[] = [...refused].map(([claimId, message]) => ({
    ...common,
    outcome: 'rejected',
    claimIds: [claimId],
    errorMessage: message,
    externalIds: {},
    wireSha256: null,
  }));
  if (file === null) return results;
  return [
    ...results,
    {
      ...common,
      outcome: 'accepted',
      claimIds: vouchers.map(({ claimId }) => claimId),
      errorMessage: null,
      externalIds: Object.fromEntries(
        vouchers.map(({ claimId, reference }) => [claimId, [externalId(file.name, reference)]]),
      ),
      wireSha256: createHash('sha256').update(file.content, 'utf8').digest('hex'),
      file,
    },
  ];
}

/** What the database saw when the question began: a file can't come late. One answer an outcome. */
function answers(batch: Batch): AnswerResult[] {
  const { files } = batch;
  if (files === undefined) throw new Error('the batch does not say which files there are');
  const referenceOf = new Map(
    batch.input.claims.map((claim) => [claim.claim_id, claim.reference] as const),
  );
  const idOf = (claimId: string): string | undefined => {
    const name = files.nameByClaimId[claimId];
    const id = name === undefined ? undefined : externalId(name, referenceOf.get(claimId) ?? '');
    // What a person removed isn't ours any more.
    return id === undefined || batch.voidedExternalIds.includes(id) ? undefined : id;
  };
  const found = batch.openClaimIds.filter((claimId) => idOf(claimId) !== undefined);
  const missing = batch.openClaimIds.filter((claimId) => idOf(claimId) === undefined);
  const doubt = files.isTaken
    ? "another run's file has this batch key"
    : files.isHistoryLost
      ? 'the database was restored, and a file that was made before may have been imported'
      : null;
  const common = { httpStatus: null, retryAfterMs: null, failure: null } as const;
  const results: AnswerResult[] = [
    {
      ...common,
      outcome: 'found',
      claimIds: found,
      errorMessage: null,
      externalIds: Object.fromEntries(found.map((claimId) => [claimId, [idOf(claimId) ?? '']])),
      collides: false,
      needsPerson: false,
    },
    {
      ...common,
      outcome: doubt === null ? 'absent' : 'unclear',
      claimIds: missing,
      errorMessage: doubt,
      externalIds: {},
      collides: doubt === null && batch.search === 'run',
      needsPerson: doubt !== null,
    },
  ];
  return results.filter(({ claimIds }) => claimIds.length > 0);
}
