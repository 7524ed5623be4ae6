/** What the things have in common that are loaded and then kept up to date. */
import type { Client } from './http.ts';
import type { PollResult } from './polling.ts';
import { problemOf, type Problem } from './problem.ts';

export interface Surroundings {
  readonly client: () => Client;
  /** Something is to be drawn anew. */
  readonly changed: () => void;
}

/** One load at a time: a newer one ends an older one. */
export abstract class Loading {
  protected readonly around: Surroundings;
  /** When what is shown was true; null: nothing was loaded yet. */
  loadedAt: number | null = null;
  /** Of the last load; what was loaded before it stays. */
  problem: Problem | null = null;
  isLoading = false;
  readonly #ended = new AbortController();
  #current: AbortController | null = null;

  constructor(around: Surroundings) {
    this.around = around;
  }

  /** Nobody looks at it any more. */
  end(): void {
    this.#ended.abort();
  }

  /** Aborted once nobody looks at it any more. */
  get endSignal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Loads anew, and says whether that brought anything new. */
  async load(): Promise<PollResult> {
    this.#current?.abort();
    const current = new AbortController();
    this.#current = current;
    const signal = AbortSignal.any([current.signal, this.#ended.signal]);
    this.isLoading = true;
    this.around.changed();
    try {
      const isNew = await this.fetch(signal);
      if (signal.aborted) return 'same';
      this.problem = null;
      this.loadedAt = Date.now();
      return isNew ? 'changed' : 'same';
    } catch (error) {
      if (signal.aborted) return 'same';
      this.problem = problemOf(error);
      return 'failed';
    } finally {
      if (this.#current === current) {
        this.#current = null;
        this.isLoading = false;
        this.around.changed();
      }
    }
  }

  /** Stores what it fetched only if `signal` isn't aborted by then; true: something is new. */
  protected abstract fetch(signal: AbortSignal): Promise<boolean>;

  /** Loads something beside, such as the next page; its failure is the same kind of problem. */
  protected async beside(task: (signal: AbortSignal) => Promise<void>): Promise<void> {
    try {
      await task(this.#ended.signal);
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      this.problem = problemOf(error);
    } finally {
      this.around.changed();
    }
  }
}
