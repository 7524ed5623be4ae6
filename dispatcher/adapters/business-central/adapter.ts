/**
 * Business Central by API v2.0: a journal for each run, general journal lines that wait there for
 * a person to post them, or are posted once all are in (Business Central contract 7).
 *
 * Which promise holds: R1 until the journal is posted, since its code and its line numbers are
 * fixed and taken numbers are refused; R2 after, by the references in the ledger. Where we post, R2
 * begins with the mark that the journal gets before (`posting-mark.ts`).
 */
import type { Adapter, AdapterContext, AnswerResult, AttemptResult, Batch } from '../adapter.ts';
import { createApi } from './api.ts';
import type { Api } from './api.ts';
import { check } from './check.ts';
import { findExisting } from './find-existing.ts';
import { MAPPER_VERSIONS } from './mapper.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { readSettings } from './settings.ts';
import { preview } from './preview.ts';
import { submit } from './submit.ts';
import { TokenCache } from './token.ts';

/** Makes the adapter; it keeps access tokens, so one serves the whole process. */
export function createBusinessCentralAdapter(): Adapter {
  const tokens = new TokenCache();
  return {
    system: 'business_central',
    async submit(batch, context, report) {
      if (batch.openClaimIds.length === 0) return;
      const job = prepare(batch, context, tokens);
      if (typeof job === 'string') await report([notSetUp(batch, job)]);
      else await submit(job.api, job.plan, report);
    },
    async findExisting(batch, context) {
      if (batch.openClaimIds.length === 0) return [];
      const job = prepare(batch, context, tokens);
      return typeof job === 'string' ? [notAskable(batch, job)] : findExisting(job.api, job.plan);
    },
    preview,
    check: (subject, context) => check(subject, context, tokens),
  };
}

/** What both questions need; a sentence if the integration isn't set up for it. */
function prepare(
  batch: Batch,
  context: AdapterContext,
  tokens: TokenCache,
): { api: Api; plan: Plan } | string {
  const { mapper_version: mapper } = batch.input;
  // Frozen by a newer database than this dispatcher: nothing is wrong with the claims.
  if (!MAPPER_VERSIONS.includes(mapper)) return `no mapper ${mapper} in this dispatcher`;
  const settings = readSettings(batch.input.settings);
  if (typeof settings === 'string') return settings;
  const { http, credential } = context;
  if (!('client_id' in credential)) return "the credential is not one of Business Central's";
  const api = createApi({ http, tokens, credential, endpoint: batch.endpoint, settings });
  return { api, plan: planOf(batch, settings) };
}

function notSetUp(batch: Batch, message: string): AttemptResult {
  return {
    envelopeNo: 1,
    outcome: 'not_applied',
    claimIds: batch.openClaimIds,
    httpStatus: null,
    errorMessage: message,
    externalIds: {},
    wireSha256: null,
    failure: 'configuration',
    retryAfterMs: null,
  };
}

function notAskable(batch: Batch, message: string): AnswerResult {
  return {
    outcome: 'unclear',
    claimIds: batch.openClaimIds,
    httpStatus: null,
    errorMessage: message,
    externalIds: {},
    collides: false,
    needsPerson: false,
    retryAfterMs: null,
    failure: 'configuration',
  };
}
