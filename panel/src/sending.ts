/** "Send to accounting": first what the guard would say, then the request for what may go. */
import { checkExport, readRunsById, requestExport } from './api.ts';
import { dayOf } from './format.ts';
import { Loading, type Surroundings } from './loading.ts';
import type { Day } from './oslo.ts';
import { actProblemOf, type Problem } from './problem.ts';
import type { CheckedClaim, Run, Verdict } from './rows.ts';

/** Claims that aren't sent for the same reason; those already exported apart by day. */
export interface HeldBack {
  readonly verdict: Exclude<Verdict, 'exportable'>;
  readonly day: Day | null;
  readonly claims: readonly CheckedClaim[];
}

export class Sending extends Loading {
  readonly claimIds: readonly string[];
  exportable: readonly CheckedClaim[] = [];
  heldBack: readonly HeldBack[] = [];
  isSending = false;
  sendProblem: Problem | null = null;

  constructor(around: Surroundings, claimIds: readonly string[]) {
    super(around);
    // An app's list may name one twice, or write its id in capitals.
    this.claimIds = [...new Set(claimIds.map((id) => id.trim().toLowerCase()))];
  }

  protected override async fetch(signal: AbortSignal): Promise<boolean> {
    const client = this.around.client();
    const checked = await checkExport(client, this.claimIds, signal);
    const runIds = checked.flatMap((claim) =>
      claim.verdict === 'already_exported' && claim.run_id !== null ? [claim.run_id] : [],
    );
    const runs = await readRunsById(client, [...new Set(runIds)], signal);
    if (signal.aborted) return false;
    this.exportable = checked.filter((claim) => claim.verdict === 'exportable');
    this.heldBack = groupHeldBack(checked, runs);
    return true;
  }

  /** Sends what may go; gives the run, or null with `sendProblem` said. */
  async send(): Promise<string | null> {
    if (this.isSending || this.exportable.length === 0) return null;
    this.isSending = true;
    this.sendProblem = null;
    this.around.changed();
    try {
      const ids = this.exportable.map((claim) => claim.claim_id);
      return await requestExport(this.around.client(), ids, this.endSignal);
    } catch (error) {
      if (!this.endSignal.aborted) this.sendProblem = actProblemOf(error);
      return null;
    } finally {
      this.isSending = false;
      this.around.changed();
    }
  }
}

/** Those already exported first, by day, newest first; then by verdict. */
export function groupHeldBack(checked: readonly CheckedClaim[], runs: readonly Run[]): HeldBack[] {
  const byId = new Map(runs.map((run) => [run.run_id, run]));
  const groups = new Map<string, { group: HeldBack; claims: CheckedClaim[] }>();
  for (const claim of checked) {
    const { verdict } = claim;
    if (verdict === 'exportable') continue;
    const run = verdict === 'already_exported' ? byId.get(claim.run_id ?? '') : undefined;
    // A file that nobody confirmed yet has no delivery: the day on which it was asked for is as good.
    const day = run === undefined ? null : dayOf(run.exported_at ?? run.requested_at);
    const key = [verdict === 'already_exported' ? 0 : 1, verdict, sortKey(day)].join(' ');
    const known = groups.get(key);
    if (known !== undefined) known.claims.push(claim);
    else {
      const claims = [claim];
      groups.set(key, { group: { verdict, day, claims }, claims });
    }
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { group }]) => group);
}

/** Later days come first. */
function sortKey(day: Day | null): string {
  if (day === null) return '99999999';
  return String(99999999 - (day.year * 10000 + day.month * 100 + day.day)).padStart(8, '0');
}
