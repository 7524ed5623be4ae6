/** What a search finds. A run's id leads to the run itself; a day to the runs of that day. */
import { findExports } from './api.ts';
import { Loading, type Surroundings } from './loading.ts';
import type { FoundExport } from './rows.ts';
import { RunList } from './run-list.ts';
import { readTerm, type SearchTerm } from './search-term.ts';

export const mostFound = 100;

export class Search extends Loading {
  readonly typed: string;
  readonly term: SearchTerm;
  hits: readonly FoundExport[] = [];
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
    if (this.dayList !== null) return (await this.dayList.load()) === 'changed';
    if (this.term.kind !== 'text') return false;
    const hits = await findExports(this.around.client(), this.term.text, mostFound, signal);
    if (signal.aborted) return false;
    this.foundRunId = hits.find((hit) => hit.matched_by === 'run_id')?.run_id ?? null;
    const isNew = JSON.stringify(hits) !== JSON.stringify(this.hits);
    this.hits = hits;
    return isNew;
  }
}
