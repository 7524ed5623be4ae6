/** One function per object of schema `api`: docs/api.md. */
import { request, rowsOf, type Client } from './http.ts';
import type {
  Attention,
  CheckedClaim,
  Claim,
  FoundExport,
  MissingDeclaration,
  Run,
  TrailRow,
} from './rows.ts';
import { fileNameOf } from './file-name.ts';
import { contentOf } from './file-content.ts';

/** Newest first; the run after which to go on, or none for the first page. */
export async function readRuns(
  client: Client,
  page: {
    readonly after?: Pick<Run, 'requested_at' | 'run_id'>;
    readonly from?: string;
    readonly before?: string;
    readonly limit: number;
  },
  signal: AbortSignal,
): Promise<Run[]> {
  const query: Record<string, string | number> = {
    order: 'requested_at.desc,run_id.asc',
    limit: page.limit,
  };
  const and = [];
  if (page.from !== undefined) and.push(`requested_at.gte."${page.from}"`);
  if (page.before !== undefined) and.push(`requested_at.lt."${page.before}"`);
  if (page.after !== undefined) {
    const { requested_at: at, run_id: id } = page.after;
    // The first condition alone bounds the index scan; the second takes the equal ones apart.
    and.push(`requested_at.lte."${at}"`);
    and.push(`or(requested_at.lt."${at}",run_id.gt.${id})`);
  }
  if (and.length > 0) query['and'] = `(${and.join(',')})`;
  return rowsOf<Run>(await request(client, 'export_status', { query, signal }));
}

/** Runs by their ids; those of others are left out. */
export async function readRunsById(
  client: Client,
  runIds: readonly string[],
  signal: AbortSignal,
): Promise<Run[]> {
  if (runIds.length === 0) return [];
  const query = { run_id: `in.(${runIds.join(',')})`, limit: runIds.length };
  return rowsOf<Run>(await request(client, 'export_status', { query, signal }));
}

/** All claims of a run: at most 500. */
export async function readClaims(
  client: Client,
  runId: string,
  signal: AbortSignal,
): Promise<Claim[]> {
  const query = { run_id: `eq.${runId}`, order: 'reference.asc.nullslast,claim_id.asc' };
  return rowsOf<Claim>(await request(client, 'export_claims', { query, signal }));
}

/** The references of claims, wherever they were asked for. */
export async function readReferences(
  client: Client,
  claimIds: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const query = {
    claim_id: `in.(${claimIds.join(',')})`,
    select: 'claim_id,reference',
    limit: 500,
  };
  const rows = rowsOf<Pick<Claim, 'claim_id' | 'reference'>>(
    await request(client, 'export_claims', { query, signal }),
  );
  return new Map(
    (await rows).flatMap((row) => (row.reference === null ? [] : [[row.claim_id, row.reference]])),
  );
}

/** By a claim's reference or its beginning, a run's id, a claim's id, or an id of the ledger's. */
export async function findExports(
  client: Client,
  term: string,
  limit: number,
  signal: AbortSignal,
): Promise<FoundExport[]> {
  const body = { p_term: term, p_limit: limit };
  return rowsOf<FoundExport>(await request(client, 'rpc/find_exports', { body, signal }));
}

/** The trail of a run in the order in which it was written, from after `afterSeq` on. */
export async function readTrail(
  client: Client,
  runId: string,
  afterSeq: number,
  limit: number,
  signal: AbortSignal,
): Promise<TrailRow[]> {
  const query = { run_id: `eq.${runId}`, seq: `gt.${afterSeq}`, order: 'seq.asc', limit };
  return rowsOf<TrailRow>(await request(client, 'export_runs', { query, signal }));
}

/** What a person should look at, longest first; of one run, or of all. */
export async function readAttention(
  client: Client,
  filter: { readonly runId?: string; readonly limit: number },
  signal: AbortSignal,
): Promise<Attention[]> {
  const query: Record<string, string | number> = { order: 'since.asc', limit: filter.limit };
  if (filter.runId !== undefined) query['run_id'] = `eq.${filter.runId}`;
  return rowsOf<Attention>(await request(client, 'export_attention', { query, signal }));
}

/** Honoraria that wait for their drivers' declarations, by driver; at most so many. */
export async function missingDeclarations(
  client: Client,
  limit: number,
  signal: AbortSignal,
): Promise<MissingDeclaration[]> {
  const answer = await request(client, 'rpc/missing_declarations', {
    query: { p_limit: limit },
    signal,
  });
  return rowsOf<MissingDeclaration>(answer);
}

export async function checkExport(
  client: Client,
  claimIds: readonly string[],
  signal: AbortSignal,
): Promise<CheckedClaim[]> {
  const body = { p_claim_ids: claimIds };
  return rowsOf<CheckedClaim>(await request(client, 'rpc/check_export', { body, signal }));
}

/** Asks for an export. The same claims again while their run has not ended: the same run. */
export async function requestExport(
  client: Client,
  claimIds: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const answer = await request(client, 'export_requests', {
    body: { claim_ids: claimIds },
    prefer: 'return=representation',
    signal,
  });
  const [run] = await rowsOf<{ run_id: string }>(answer);
  if (run === undefined) throw new Error('no run came back');
  return run.run_id;
}

interface Acted {
  readonly run_id: string | null;
}

async function act(
  client: Client,
  name: string,
  body: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
): Promise<void> {
  await rowsOf<Acted>(await request(client, `rpc/${name}`, { body, signal }));
}

export function reconcileExport(client: Client, runId: string, signal: AbortSignal): Promise<void> {
  return act(client, 'reconcile_export', { p_run_id: runId }, signal);
}

export function cancelExport(client: Client, runId: string, signal: AbortSignal): Promise<void> {
  return act(client, 'cancel_export', { p_run_id: runId }, signal);
}

export type Resolution =
  | { readonly kind: 'proved_absent' }
  | {
      readonly kind: 'booked_by_hand';
      /** By claim the ledger's ids; null: all open claims. */
      readonly externalIds: Readonly<Record<string, readonly string[]>> | null;
    };

export function resolveExport(
  client: Client,
  runId: string,
  resolution: Resolution,
  evidence: string,
  signal: AbortSignal,
): Promise<void> {
  const body = {
    p_run_id: runId,
    p_resolution: resolution.kind,
    p_evidence: evidence,
    p_external_ids: resolution.kind === 'booked_by_hand' ? resolution.externalIds : null,
  };
  return act(client, 'resolve_export', body, signal);
}

export function voidExport(
  client: Client,
  runId: string,
  claimIds: readonly string[],
  evidence: string,
  signal: AbortSignal,
): Promise<void> {
  const body = { p_run_id: runId, p_claim_ids: claimIds, p_evidence: evidence };
  return act(client, 'void_export', body, signal);
}

export function flagClaims(
  client: Client,
  claimIds: readonly string[],
  reason: string,
  signal: AbortSignal,
): Promise<void> {
  return act(client, 'flag_claims', { p_claim_ids: claimIds, p_reason: reason }, signal);
}

export function confirmImport(
  client: Client,
  runId: string,
  evidence: string,
  signal: AbortSignal,
): Promise<void> {
  return act(client, 'confirm_import', { p_run_id: runId, p_evidence: evidence }, signal);
}

/** A paused integration sends again. */
export async function resumeIntegration(
  client: Client,
  system: string,
  evidence: string,
  signal: AbortSignal,
): Promise<void> {
  const body = { p_system: system, p_evidence: evidence };
  await act(client, 'resume_integration', body, signal);
}

export interface DownloadedFile {
  readonly name: string;
  readonly content: Blob;
}

/** The file of a run as CSV, under its name if the answer may tell it. */
export async function exportFile(
  client: Client,
  runId: string,
  signal: AbortSignal,
): Promise<DownloadedFile> {
  const answer = await request(client, 'rpc/export_file', {
    query: { p_run_id: runId },
    accept: 'text/csv',
    signal,
  });
  return {
    name: fileNameOf(answer.headers.get('Content-Disposition'), runId),
    content: await contentOf(answer),
  };
}
