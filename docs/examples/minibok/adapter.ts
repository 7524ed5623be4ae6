/**
 * Minibok, an accounting system that doesn't exist: the worked example of
 * docs/new-accounting-system.md. One request books one voucher, final at once.
 *
 * Its promise is R1: it refuses a reference that it has, so a second send collides with the first
 * one for as long as that is there.
 */
import type {
  Adapter,
  AdapterContext,
  Batch,
  System,
} from '../../../dispatcher/adapters/adapter.ts';
import { createApi } from './api.ts';
import type { Api } from './api.ts';
import { check } from './check.ts';
import { findExisting } from './find-existing.ts';
import { MAPPER_VERSION, mapClaims } from './mapper.ts';
import type { Mapped } from './mapper.ts';
import { answerOf, resultOf } from './results.ts';
import { preview } from './preview.ts';
import { readSettings } from './settings.ts';
import { submit } from './submit.ts';

/** An example is in no list of systems; a real one is in SYSTEMS, and just says its name. */
export const MINIBOK = 'minibok' as string as System;

export function createMinibokAdapter(): Adapter {
  return {
    system: MINIBOK,
    async submit(batch, context, report) {
      if (batch.openClaimIds.length === 0) return;
      const job = prepare(batch, context);
      if (typeof job !== 'string') return submit(job.api, job.claims, report);
      const refused = { errorMessage: job, failure: 'configuration' } as const;
      await report([resultOf(1, 'not_applied', batch.openClaimIds, refused)]);
    },
    async findExisting(batch, context) {
      if (batch.openClaimIds.length === 0) return [];
      const job = prepare(batch, context);
      if (typeof job !== 'string') return findExisting(job.api, job.claims, batch);
      const refused = { errorMessage: job, failure: 'configuration' } as const;
      return [answerOf('unclear', batch.openClaimIds, refused)];
    },
    preview,
    check,
  };
}

/** What both need; a sentence if the integration isn't set up for it, which no claim is to blame for. */
function prepare(
  { input, endpoint, openClaimIds }: Batch,
  context: AdapterContext,
): { api: Api; claims: Mapped[] } | string {
  if (input.mapper_version !== MAPPER_VERSION) {
    return `no mapper ${input.mapper_version} in this dispatcher`;
  }
  const settings = readSettings(input.settings);
  if (typeof settings === 'string') return settings;
  if (!('token' in context.credential)) return 'the credential is not {"token"}';
  return {
    api: createApi(endpoint, context.credential.token, context),
    claims: mapClaims(input, openClaimIds, settings),
  };
}
