/** What a search finds. A run's id leads to the run itself; a day to the runs of that day. */
import { findClaims, readRunsById } from './api.ts';
import { Loading, type Surroundings } from './loading.ts';
import { RunList } from './run-list.ts';
import type { Claim, Run } from './rows.ts';
import { readTerm, type SearchTerm } from './search-term.ts';

export const mostFound = 100;

export interface Hit {
  readonly claim: Claim;
  readonly run: Run | null;
}

export class Search extends Loading {
  readonly typed: string;
  readonly term: SearchTerm;
  hits: readonly Hit[] = [];
  /** The term is the id of this run. */
  foundRunId: string | null = null;
  /** The runs of the day that was searched for. */
  readonly dayList: RunList | null;

  constructor(around: Surroundings, typed: string) {
    super(around);
    this.typed = typed.trim();
    this.term = readTerm(typed, new Date());
    this.dayList = this.term.kind === 'day' ? new RunList(around, this.term.day) : null;
  }

  override end(): void {
    super.end();
    this.dayList?.end();
  }

  protected override async fetch(signal: AbortSignal): Promise<boolean> {
    const { term } = this;
    if (this.dayList !== null) {
      const result = await this.dayList.load();
      return result === 'changed';
    }
    const claims = await this.#find(signal);
    if (this.foundRunId !== null) return true;
    const runIds = [...new Set(claims.map((claim) => claim.run_id))];
    const client = this.around.client();
    const runs = new Map(
      (await readRunsById(client, runIds, signal)).map((run) => [run.run_id, run]),
    );
    if (signal.aborted) return false;
    this.hits = claims
      .map((claim) => ({ claim, run: runs.get(claim.run_id) ?? null }))
      .sort(
        (a, b) => Date.parse(b.run?.requested_at ?? '') - Date.parse(a.run?.requested_at ?? ''),
      );
    return term.kind !== 'empty';
  }

  async #find(signal: AbortSignal): Promise<Claim[]> {
    const { term } = this;
    const client = this.around.client();
    switch (term.kind) {
      case 'empty':
      case 'day':
        return [];
      case 'id': {
        const [run] = await readRunsById(client, [term.id], signal);
        if (run !== undefined) this.foundRunId = run.run_id;
        return run !== undefined
          ? []
          : findClaims(client, { claimIds: [term.id] }, mostFound, signal);
      }
      case 'text': {
        // Two requests instead of one `or`: each has its own index.
        const [byReference, byVoucher] = await Promise.all([
          term.reference === null
            ? []
            : findClaims(client, { reference: term.reference }, mostFound, signal),
          findClaims(client, { externalIds: term.externalIds }, mostFound, signal),
        ]);
        const both = [...byReference, ...byVoucher];
        return [...new Map(both.map((c) => [`${c.run_id} ${c.claim_id}`, c])).values()].slice(
          0,
          mostFound,
        );
      }
    }
  }
}
