/**
 * Reading the status of exports through PostgREST. Needs no library of its own: whoever calls it
 * brings the client, normally supabase-js's.
 */

/** What is needed of a client: supabase-js's, or the one of `@supabase/postgrest-js`. */
export interface ExportStatusClient {
  schema(name: 'api'): {
    rpc(
      name: 'get_export_status',
      args: { readonly p_run_id: string | null; readonly p_limit: number },
    ): PromiseLike<ExportStatusReply>;
  };
}

/** PostgREST's answer as supabase-js gives it: rows, or an error. */
export interface ExportStatusReply {
  readonly data: unknown;
  readonly error: {
    readonly message: string;
    readonly code: string;
    readonly details: string | null;
    readonly hint: string | null;
  } | null;
}

/** Where a run stands (docs/states.md). */
export type IntegrationStatus =
  | 'queued'
  | 'sending'
  | 'retry_wait'
  | 'in_doubt'
  | 'reconciling'
  | 'needs_review'
  | 'produced'
  | 'exported'
  | 'partially_exported'
  | 'rejected'
  | 'failed'
  | 'skipped'
  | 'cancelled';

/** One run. Claims that are still open or were skipped are in the total only. */
export interface ExportStatus {
  readonly runId: string;
  /** ISO 8601 with an offset; null while nothing is delivered. */
  readonly exportedAt: string | null;
  readonly totalClaims: number;
  readonly successCount: number;
  readonly failureCount: number;
  readonly integrationStatus: IntegrationStatus;
}

export interface ExportStatusQuery {
  /** Only this run. Default: the newest ones. */
  readonly runId?: string | undefined;
  /** At most so many runs, 1 to 200. Default 20. */
  readonly limit?: number | undefined;
}

/** PostgREST refused, or could not be asked. */
export class ExportStatusError extends Error {
  override readonly name = 'ExportStatusError';
  /** A SQLSTATE (ours begin with `AX`) or PostgREST's own code; empty if there was no answer. */
  readonly code: string;
  readonly details: string | null;
  readonly hint: string | null;

  constructor(error: NonNullable<ExportStatusReply['error']>) {
    super(error.message);
    this.code = error.code;
    this.details = error.details;
    this.hint = error.hint;
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Asks how exports stand, newest first, of the organisation that the client is signed in for.
 *
 * @returns The runs; empty if there are none, or if the one asked for is unknown or not ours.
 * @throws ExportStatusError with the code that PostgREST gave.
 * @throws RangeError if `limit` or `runId` makes no sense; then nothing is asked.
 * @throws TypeError if the rows are not what the function promises.
 */
export async function getExportStatus(
  client: ExportStatusClient,
  query: ExportStatusQuery = {},
): Promise<ExportStatus[]> {
  const { runId, limit = 20 } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
    throw new RangeError(`limit must be a whole number from 1 to 200, not ${limit}`);
  }
  if (runId !== undefined && !UUID.test(runId)) throw new RangeError('runId must be a uuid');
  const args = { p_run_id: runId ?? null, p_limit: limit };
  const { data, error } = await client.schema('api').rpc('get_export_status', args);
  if (error !== null) throw new ExportStatusError(error);
  if (!Array.isArray(data)) throw new TypeError('get_export_status gave no rows');
  return data.map(toExportStatus);
}

function toExportStatus(row: unknown): ExportStatus {
  if (!isExportStatus(row)) throw new TypeError('get_export_status gave a row of another shape');
  const { runId, exportedAt, totalClaims, successCount, failureCount, integrationStatus } = row;
  return { runId, exportedAt, totalClaims, successCount, failureCount, integrationStatus };
}

/** Any text passes as status: a state that a newer database knows is no reason to show nothing. */
function isExportStatus(row: unknown): row is ExportStatus {
  if (typeof row !== 'object' || row === null) return false;
  const { runId, exportedAt, totalClaims, successCount, failureCount, integrationStatus } =
    row as Partial<Record<keyof ExportStatus, unknown>>;
  return (
    typeof runId === 'string' &&
    (exportedAt === null || typeof exportedAt === 'string') &&
    [totalClaims, successCount, failureCount].every((count) => Number.isInteger(count)) &&
    typeof integrationStatus === 'string'
  );
}
