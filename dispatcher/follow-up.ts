/**
 * Carries one follow-up: asks the accounting system what became of delivered claims, and hands the
 * answer to the database. Nothing is sent and nothing goes into the trail; an answer that is lost is
 * asked for again.
 */
import type { ClientOptions, CarrySignals } from './accounting-integration-client.ts';
import type { FollowUpResult } from './adapters/adapter.ts';
import { masker, openClient, type Setting } from './attempt.ts';
import { LeaseClock, leaseMarginMs } from './lease-clock.ts';
import { errorFields } from './log.ts';
import { isTransientDatabaseError, type FollowUpStart, type Lease } from './queue.ts';
import { withRetry } from './with-retry.ts';

/** @throws StaleLeaseError if somebody else may ask by now. */
export async function carryFollowUp(
  options: ClientOptions,
  lease: Lease,
  signals: CarrySignals,
): Promise<void> {
  const { queue, log } = options;
  const { organisationId } = lease;
  const clock = new LeaseClock();
  const start = await queue.startFollowUp(lease);
  if (!start.isStarted) return;
  clock.set(start.leaseMs - leaseMarginMs);
  const result = await ask(options, start, clock, signals);
  const isRecorded = await withRetry(() => queue.recordFollowUp(lease, result), {
    maxAttempts: 10_000,
    baseDelayMs: 100,
    maxDelayMs: 5_000,
    maxElapsedMs: start.leaseMs,
    isTransient: isTransientDatabaseError,
  });
  log(result.problem === null ? 'info' : 'warn', 'follow_up.recorded', {
    organisation_id: organisationId,
    run_id: null,
    claim_count: result.claimIds.length,
    count: result.bookedClaimIds.length,
    is_late: !isRecorded,
  });
}

async function ask(
  { adapters, credentialFor, config, log }: ClientOptions,
  start: FollowUpStart & { isStarted: true },
  clock: LeaseClock,
  { cutting }: CarrySignals,
): Promise<FollowUpResult> {
  const { batch, sendTimeoutMs } = start;
  const adapter = adapters[batch.input.system];
  const credential = await credentialFor(batch.credentialRef);
  if (typeof credential === 'string') return nothing(credential);
  if (adapter.followUp === undefined) return nothing('this dispatcher has no follow-up for it');
  const setting: Setting = {
    start: {
      sendTimeoutMs,
      batch: { organisationId: batch.organisationId, runId: null, input: batch.input },
    },
    clock,
    credential,
    config,
    log,
    signal: cutting,
  };
  const tokens = new Set<string>();
  const mask = masker(setting, tokens);
  const http = openClient(setting, tokens, () => undefined);
  try {
    return masked(await adapter.followUp(batch, { http, credential }), mask);
  } catch (error) {
    const { message } = errorFields(error);
    log('error', 'adapter.failed', {
      organisation_id: batch.organisationId,
      run_id: null,
      message: error instanceof Error ? error.name : typeof error,
    });
    return nothing(mask(`The adapter failed: ${message}`));
  } finally {
    http.close();
  }
}

/** Every text that leaves for the database goes through the mask. */
function masked(result: FollowUpResult, mask: (text: string) => string): FollowUpResult {
  const faults = Object.entries(result.faults ?? {}).map(([id, text]) => [id, mask(text)] as const);
  return {
    ...result,
    faults: result.faults === null ? null : Object.fromEntries(faults),
    problem: result.problem === null ? null : mask(result.problem),
  };
}

function nothing(problem: string): FollowUpResult {
  return { claimIds: [], bookedClaimIds: [], faults: null, problem, retryAfterMs: null };
}
