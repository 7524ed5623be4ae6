/**
 * The name under which a run's file is saved. From another origin a browser shows `Content-Disposition`
 * only if `Access-Control-Expose-Headers` names it, which PostgREST's doesn't.
 */
export function fileNameOf(disposition: string | null, runId: string): string {
  const name = /filename="([^"/\\]+)"/.exec(disposition ?? '')?.[1];
  return name ?? `export-${runId.slice(0, 8)}.csv`;
}
