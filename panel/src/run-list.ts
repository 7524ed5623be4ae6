/** The latest runs, page by page, and what needs a person. */
import { readAttention, readReferences, readRuns, readRunsById } from './api.ts';
import { isMoving } from './claim-groups.ts';
import { Loading, type Surroundings } from './loading.ts';
import { boundsOf, type Day } from './oslo.ts';
import type { Attention, Run } from './rows.ts';

const pageSize = 25;
const attentionSize = 30;

export class RunList extends Loading {
  /** Only the runs of a day, and without what needs a person. */
  readonly day: Day | null;
  runs: readonly Run[] = [];
  attention: readonly Attention[] = [];
  hasMoreAttention = false;
  /** Of the claims in `attention`. */
  references: ReadonlyMap<string, string> = new Map();
  hasMore = false;
  isLoadingMore = false;

  constructor(around: Surroundings, day: Day | null = null) {
    super(around);
    this.day = day;
  }

  get movingRuns(): readonly Run[] {
    return this.runs.filter((run) => isMoving(run.integration_status));
  }

  protected override async fetch(signal: AbortSignal): Promise<boolean> {
    const client = this.around.client();
    const [page, attention] = await Promise.all([
      readRuns(client, { ...this.#bounds, limit: pageSize + 1 }, signal),
      this.day === null ? readAttention(client, { limit: attentionSize + 1 }, signal) : [],
    ]);
    const first = page.slice(0, pageSize);
    const onPage = new Set(first.map((run) => run.run_id));
    // What moves further down is looked at too; what ended there can't change.
    const below = this.movingRuns.map((run) => run.run_id).filter((id) => !onPage.has(id));
    const moved = await readRunsById(client, below, signal);
    const references = await this.#referencesOf(attention, signal);
    if (signal.aborted) return false;
    const merged = mergeRuns(this.runs, [...first, ...moved]);
    const shown = attention.slice(0, attentionSize);
    const isNew = JSON.stringify([merged, shown]) !== JSON.stringify([this.runs, this.attention]);
    // A gap would open if more came in than one page holds: begin anew instead.
    const isJoined = this.runs.length === 0 || this.runs.some((run) => onPage.has(run.run_id));
    if (this.loadedAt === null || !isJoined || this.runs.length <= first.length) {
      this.runs = first;
      this.hasMore = page.length > pageSize;
    } else this.runs = merged;
    this.attention = shown;
    this.hasMoreAttention = attention.length > attentionSize;
    this.references = references;
    return isNew;
  }

  async more(): Promise<void> {
    const last = this.runs.at(-1);
    if (last === undefined || this.isLoadingMore) return;
    this.isLoadingMore = true;
    this.around.changed();
    await this.beside(async (signal) => {
      try {
        const page = await readRuns(
          this.around.client(),
          { ...this.#bounds, after: last, limit: pageSize + 1 },
          signal,
        );
        this.runs = mergeRuns(this.runs, page.slice(0, pageSize));
        this.hasMore = page.length > pageSize;
      } finally {
        this.isLoadingMore = false;
      }
    });
  }

  get #bounds(): { from?: string; before?: string } {
    return this.day === null ? {} : boundsOf(this.day);
  }

  async #referencesOf(
    attention: readonly Attention[],
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, string>> {
    const claimIds = [...new Set(attention.flatMap((row) => row.claim_id ?? []))];
    if (claimIds.length === 0) return new Map();
    if (claimIds.every((id) => this.references.has(id))) return this.references;
    return readReferences(this.around.client(), claimIds, signal);
  }
}

/** Newest first, each once, as it was read last. */
export function mergeRuns(known: readonly Run[], read: readonly Run[]): Run[] {
  const byId = new Map([...known, ...read].map((run) => [run.run_id, run]));
  return [...byId.values()].sort(
    (a, b) => compareTimes(b.requested_at, a.requested_at) || compareTexts(a.run_id, b.run_id),
  );
}

/** To the microsecond, of which `Date` knows the first three digits; trailing zeros aren't written. */
function compareTimes(a: string, b: string): number {
  return Date.parse(a) - Date.parse(b) || compareTexts(a, b);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
