/** Plays the parts: puts the claims, asks for the exports, and waits for each to end. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { ApiClient } from './api-client.ts';
import type { Act, Part } from './acts.ts';
import type { Claim } from './claims.ts';
import type { Screen } from './screen.ts';
import type { Organisation, World } from './world.ts';

/** A row of `api.export_status`. */
export interface StatusRow {
  readonly run_id: string;
  readonly integration_status: string;
  readonly total_claims: number;
  readonly success_count: number;
  readonly failure_count: number;
  readonly skipped_count: number;
  readonly attempts: number;
  readonly last_http_status: number | null;
  readonly last_error: string | null;
}

/** A row of `api.export_runs`. */
export interface TrailRow {
  readonly kind: string;
  readonly outcome: string;
  readonly attempt_no: number | null;
  readonly claim_ids: readonly string[];
  readonly http_status: number | null;
  readonly error_message: string | null;
  readonly started_at: string | null;
  readonly recorded_at: string;
}

/** A row of `api.export_claims`. */
export interface ClaimRow {
  readonly claim_id: string;
  readonly reference: string;
  readonly verdict: string;
  readonly outcome: string | null;
  readonly error: string | null;
  readonly exported_at: string | null;
}

/** What the API tells of a run that was played. */
export interface PlayedRun {
  readonly organisation: Organisation;
  readonly act: Act;
  readonly runId: string;
  readonly status: StatusRow;
  readonly trail: readonly TrailRow[];
  readonly claims: readonly ClaimRow[];
}

/** The demo did not get where it wanted. */
export class DemoError extends Error {
  override readonly name = 'DemoError';
}

const ENDED = new Set([
  'exported',
  'partially_exported',
  'rejected',
  'failed',
  'skipped',
  'cancelled',
]);
const RUN_TIMEOUT_MS = 60_000;
const POLL_MS = 100;

/** The app puts what it approved. */
export async function putClaims(
  api: ApiClient,
  parts: readonly Pick<Part, 'organisation' | 'claims'>[],
): Promise<number> {
  const put = await Promise.all(
    parts.map(({ organisation, claims }) =>
      api.post<{ claim_id: string }>(organisation.tokens.app, '/rpc/put_claims', {
        p_claims: claims,
      }),
    ),
  );
  return put.flat().length;
}

/**
 * Plays both parts at the same time.
 *
 * @throws DemoError if a run doesn't end, or the dispatcher does.
 */
export async function play(
  world: World,
  api: ApiClient,
  parts: readonly Part[],
  screen: Screen,
  signal: AbortSignal,
): Promise<PlayedRun[]> {
  let restartsTold = 0;
  const statuses = new Map<string, { part: Part; status: StatusRow }>();
  const failing = new AbortController();
  const either = AbortSignal.any([signal, failing.signal]);
  const watch = (part: Part, status: StatusRow): void => {
    const problem = world.dispatcher.ended();
    if (problem !== undefined) throw new DemoError(`the dispatcher ended: ${problem}`);
    if (world.dispatcher.restarts > restartsTold) {
      restartsTold = world.dispatcher.restarts;
      const killed = `the dispatcher was killed; process ${world.dispatcher.pid} goes on`;
      screen.line(`  ${screen.elapsed().padStart(6)}  ${killed}`);
    }
    statuses.set(status.run_id, { part, status });
    const all = [...statuses.values()];
    screen.progress(`delivered: ${parts.map((one) => progressOf(one, all)).join(', ')}`);
  };
  const playing = parts.map(async (part) => {
    try {
      return await playPart(api, part, screen, either, watch);
    } catch (error) {
      failing.abort(error);
      throw error;
    }
  });
  await Promise.allSettled(playing);
  // The first failure, not what it brought down with it.
  if (failing.signal.aborted) throw failing.signal.reason;
  return (await Promise.all(playing)).flat();
}

async function playPart(
  api: ApiClient,
  part: Part,
  screen: Screen,
  signal: AbortSignal,
  watch: (part: Part, status: StatusRow) => void,
): Promise<PlayedRun[]> {
  const { organisation } = part;
  const { coordinator } = organisation.tokens;
  const runs: PlayedRun[] = [];
  for (const act of part.acts) {
    if (act.fault !== undefined) part.faults.add(act.fault);
    const runId = await request(api, organisation.tokens[act.requestedBy], act.claims);
    const status = await untilEnded(api, coordinator, runId, signal, (now) => watch(part, now));
    screen.line(`  ${screen.elapsed().padStart(6)}  ${endOf(organisation, status)}`);
    runs.push({
      organisation,
      act,
      runId,
      status,
      trail: await api.get<TrailRow>(coordinator, `/export_runs?run_id=eq.${runId}&order=seq`),
      claims: await claimsOf(api, coordinator, runId),
    });
  }
  return runs;
}

/** A run that is no part of the story. */
export type PlayedRequest = Pick<PlayedRun, 'runId' | 'status' | 'claims'>;

/**
 * The app asks for one claim; waits for the run's end.
 *
 * @throws DemoError if it doesn't end, or the dispatcher does.
 */
export async function requestAndWait(
  world: World,
  api: ApiClient,
  { tokens }: Organisation,
  claim: Claim,
  signal: AbortSignal,
): Promise<PlayedRequest> {
  const runId = await request(api, tokens.app, [claim]);
  const status = await untilEnded(api, tokens.coordinator, runId, signal, () => {
    const problem = world.dispatcher.ended();
    if (problem !== undefined) throw new DemoError(`the dispatcher ended: ${problem}`);
  });
  return { runId, status, claims: await claimsOf(api, tokens.coordinator, runId) };
}

async function request(api: ApiClient, token: string, claims: readonly Claim[]): Promise<string> {
  const [made] = await api.post<{ run_id: string }>(token, '/export_requests', {
    claim_ids: claims.map(({ id }) => id),
  });
  if (made === undefined) throw new DemoError('a request for an export gave no run');
  return made.run_id;
}

function claimsOf(api: ApiClient, token: string, runId: string): Promise<readonly ClaimRow[]> {
  return api.get<ClaimRow>(token, `/export_claims?run_id=eq.${runId}`);
}

async function untilEnded(
  api: ApiClient,
  token: string,
  runId: string,
  signal: AbortSignal,
  watch: (status: StatusRow) => void,
): Promise<StatusRow> {
  const deadline = Date.now() + RUN_TIMEOUT_MS;
  for (;;) {
    const [status] = await api.get<StatusRow>(token, `/export_status?run_id=eq.${runId}`);
    if (status !== undefined) {
      watch(status);
      if (ENDED.has(status.integration_status)) return status;
    }
    const state = status?.integration_status ?? 'missing';
    if (state === 'needs_review' || Date.now() > deadline) {
      throw new DemoError(`run ${runId} is ${state}, and was to end by itself`);
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}

function endOf(organisation: Organisation, status: StatusRow): string {
  const parts = [
    `${status.success_count} delivered`,
    ...(status.failure_count > 0 ? [`${status.failure_count} refused`] : []),
    ...(status.skipped_count > 0 ? [`${status.skipped_count} held back by the guard`] : []),
  ];
  return (
    `${organisation.name.padEnd(16)} run ${shortId(status.run_id)}  ` +
    `${status.integration_status.padEnd(18)}  ${parts.join(', ')}`
  );
}

function progressOf(
  part: Part,
  all: readonly { readonly part: Part; readonly status: StatusRow }[],
): string {
  const own = all.filter((one) => one.part === part).map(({ status }) => status);
  const delivered = own.reduce((sum, { success_count }) => sum + success_count, 0);
  const isDone = own.length === part.acts.length && own.every(isOver);
  const state = isDone ? 'done' : (own.at(-1)?.integration_status ?? 'begins');
  return `${part.organisation.name} ${delivered}/${part.claims.length} (${state})`;
}

function isOver(status: StatusRow): boolean {
  return ENDED.has(status.integration_status);
}

/** The first digits of an id: enough to tell one run from the other. */
export function shortId(id: string): string {
  return id.slice(0, 8);
}
