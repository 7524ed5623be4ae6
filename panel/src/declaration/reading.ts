/** One driver's declaration: loaded, checked, acknowledged, taken back. */
import type { Surroundings } from '../loading.ts';
import {
  acknowledgeDeclaration,
  currentDeclaration,
  withdrawAcknowledgement,
  type Acknowledged,
  type Channel,
  type Declaration,
} from './api.ts';
import { problemOf, type Problem } from './problem.ts';
import { sha256Of, textElement } from './text.ts';

/** An acknowledgement that counts today. */
export interface Receipt {
  readonly at: string;
  readonly version: number;
  /** Null: not told. */
  readonly language: string | null;
  readonly sha256: string | null;
  /** The last day on which it counts; null: no end is known. */
  readonly until: string | null;
}

export type Fault = 'tick' | 'name' | 'longName';
/** What has happened that the driver should know of. */
export type News =
  { readonly kind: 'changed' } | { readonly kind: 'withdrawn'; readonly at: string };

/** The longest name that is taken, in characters. */
export const longestName = 200;

export class Reading {
  readonly #around: Surroundings;
  readonly #ended = new AbortController();
  /** Null: none is in force, or nothing was loaded yet. */
  declaration: Declaration | null = null;
  /** What is shown, and hashed. */
  shown: HTMLElement | null = null;
  receipt: Receipt | null = null;
  news: News | null = null;
  loadedAt: number | null = null;
  isLoading = false;
  /** Of the last load. */
  problem: Problem | null = null;
  /** Why what is shown can't be acknowledged: it isn't what the API sent, or nobody can tell. */
  doubt: Problem | null = null;
  /** Of the last act. */
  actProblem: Problem | null = null;
  isActing = false;
  isTicked = false;
  typedName = '';
  /** The driver acknowledges anew what counts already. */
  isRenewing = false;
  faults: ReadonlySet<Fault> = new Set();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  end(): void {
    this.#ended.abort();
  }

  get needsTick(): boolean {
    return this.declaration !== null && this.declaration.way_of_acknowledging !== 'typed_name';
  }

  get needsName(): boolean {
    return this.declaration !== null && this.declaration.way_of_acknowledging !== 'tick_box';
  }

  /** Whether the receipt is of the text on the screen. */
  get isReceiptOfShown(): boolean {
    const { receipt, declaration } = this;
    return receipt !== null && receipt.sha256 === declaration?.content_sha256;
  }

  /** Whether what counts is another version than the one on the screen. */
  get isReceiptOfOther(): boolean {
    const { receipt, declaration } = this;
    if (receipt === null || declaration === null) return false;
    return (
      receipt.version !== declaration.version ||
      (receipt.language !== null && receipt.language !== declaration.language)
    );
  }

  /** Whether acknowledging once more would add anything. */
  get canRenew(): boolean {
    return this.isReceiptOfOther || (this.receipt?.until ?? null) !== null;
  }

  async load(): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    this.#around.changed();
    try {
      const declaration = await currentDeclaration(this.#around.client(), this.#ended.signal);
      await this.#show(declaration);
      this.loadedAt = Date.now();
    } catch (error) {
      if (!this.#ended.signal.aborted) this.problem = problemOf(error);
    } finally {
      this.isLoading = false;
      this.#around.changed();
    }
  }

  edit(change: (reading: this) => void): void {
    change(this);
    // What was wrong is said anew when it is sent; until then only what is still wrong stays.
    if (this.faults.size > 0) this.faults = this.#check();
    this.#around.changed();
  }

  /** The acknowledgement, or null: `faults`, `news`, `doubt` or `actProblem` say why not. */
  async acknowledge(channel: Channel): Promise<Acknowledged | null> {
    const { declaration } = this;
    if (declaration === null || this.isActing) return null;
    this.faults = this.#check();
    this.actProblem = null;
    this.news = null;
    this.#around.changed();
    if (this.faults.size > 0) return null;
    return this.#act(async (signal) => {
      const sha256 = await this.#hashOfShown();
      if (sha256 === null) return null;
      const typedName = this.needsName ? this.typedName.trim() : null;
      const acknowledged = await acknowledgeDeclaration(
        this.#around.client(),
        {
          templateId: declaration.template_id,
          version: declaration.version,
          sha256,
          typedName,
          channel,
        },
        signal,
      );
      this.receipt = {
        at: acknowledged.acknowledged_at,
        version: acknowledged.version,
        language: acknowledged.language,
        sha256: acknowledged.content_sha256,
        until: acknowledged.acknowledged_until,
      };
      this.#clear();
      return acknowledged;
    });
  }

  /** True: it is withdrawn. */
  async withdraw(): Promise<boolean> {
    if (this.isActing) return false;
    this.actProblem = null;
    const withdrawn = await this.#act((signal) =>
      withdrawAcknowledgement(this.#around.client(), signal),
    );
    if (withdrawn === null) return false;
    this.receipt = null;
    this.#clear();
    await this.load();
    this.news = { kind: 'withdrawn', at: withdrawn.withdrawn_at };
    return true;
  }

  async #act<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | null> {
    this.isActing = true;
    this.#around.changed();
    try {
      return await work(this.#ended.signal);
    } catch (error) {
      if (!this.#ended.signal.aborted) await this.#refused(problemOf(error));
      return null;
    } finally {
      this.isActing = false;
      this.#around.changed();
    }
  }

  /** What was shown may be another text by now: then that one is to be read. */
  async #refused(problem: Problem): Promise<void> {
    if (problem.kind !== 'stale') {
      this.actProblem = problem;
      return;
    }
    const before = this.declaration?.content_sha256;
    this.#clear();
    await this.load();
    if (this.problem !== null) return;
    if (before === this.declaration?.content_sha256) this.actProblem = problem;
    else this.news = { kind: 'changed' };
  }

  async #show(declaration: Declaration | null): Promise<void> {
    const isSame = declaration?.content_sha256 === this.declaration?.content_sha256;
    // A tick stands for the text that it was set under.
    if (!isSame) this.#clear();
    this.problem = null;
    this.declaration = declaration;
    this.receipt = declaration === null ? null : receiptOf(declaration);
    this.shown =
      declaration === null ? null : textElement(declaration.content, declaration.language);
    await this.#hashOfShown();
  }

  /** The hash of what stands on the screen; null: it isn't the API's, and `doubt` says so. */
  async #hashOfShown(): Promise<string | null> {
    const { shown, declaration } = this;
    this.doubt = null;
    if (shown === null || declaration === null) return null;
    const sha256 = await sha256Of(shown.textContent ?? '');
    if (sha256 === declaration.content_sha256) return sha256;
    this.doubt =
      sha256 === null
        ? { kind: 'insecure', raw: 'crypto.subtle is missing: the page is not a secure context' }
        : { kind: 'different', raw: `${sha256} ≠ ${declaration.content_sha256}` };
    return null;
  }

  #check(): ReadonlySet<Fault> {
    const faults = new Set<Fault>();
    if (this.needsTick && !this.isTicked) faults.add('tick');
    const name = this.typedName.trim();
    if (this.needsName && name === '') faults.add('name');
    if (this.needsName && [...name].length > longestName) faults.add('longName');
    return faults;
  }

  #clear(): void {
    this.isTicked = false;
    this.isRenewing = false;
    this.faults = new Set();
  }
}

function receiptOf(declaration: Declaration): Receipt | null {
  const { acknowledged_at: at, acknowledged_version: version } = declaration;
  if (!declaration.is_acknowledged || at === null || version === null) return null;
  return {
    at,
    version,
    language: declaration.acknowledged_language ?? null,
    sha256: declaration.acknowledged_sha256 ?? null,
    until: declaration.acknowledged_until,
  };
}
