/**
 * What the sandbox remembers. All of it is immutable and replaced when it changes, so that undoing a
 * batch is going back to the state that was there before.
 */
import type { CompanySettings } from './options.ts';

export interface LineDimension {
  readonly code: string;
  readonly value: string;
}

/** A Gen. Journal Line. */
export interface JournalLine {
  readonly id: string;
  /** Grows with every change of any record; written into the etag. */
  readonly version: number;
  readonly lineNumber: number;
  readonly accountType: string;
  readonly accountNumber: string;
  /** YYYY-MM-DD */
  readonly postingDate: string;
  readonly documentNumber: string;
  readonly externalDocumentNumber: string;
  /** In kroner, with at most two decimals; debit is positive. */
  readonly amount: number;
  readonly description: string;
  readonly comment: string;
  readonly taxCode: string;
  readonly balanceAccountType: string;
  readonly balancingAccountNumber: string;
  readonly lastModifiedDateTime: string;
  readonly dimensions: readonly LineDimension[];
}

/** A Gen. Journal Batch with its lines, in the order of their numbers. */
export interface Journal {
  readonly id: string;
  readonly version: number;
  readonly template: string;
  readonly code: string;
  readonly displayName: string;
  readonly balancingAccountNumber: string;
  readonly lastModifiedDateTime: string;
  readonly lines: readonly JournalLine[];
}

/** A posted G/L entry. */
export interface LedgerEntry {
  readonly id: string;
  readonly entryNumber: number;
  /** One number for each time that a journal was posted. */
  readonly transactionNumber: number;
  readonly postingDate: string;
  readonly documentNumber: string;
  /** As on the line, when a series replaced it. The API doesn't show it. */
  readonly originalDocumentNumber: string;
  /** Kept in the table; the API doesn't show it. */
  readonly externalDocumentNumber: string;
  readonly accountNumber: string;
  readonly description: string;
  readonly amount: number;
  readonly lastModifiedDateTime: string;
  readonly dimensions: readonly LineDimension[];
}

export interface Company {
  readonly settings: CompanySettings;
  readonly journals: readonly Journal[];
  readonly entries: readonly LedgerEntry[];
  /** The next number of the posting series; null where there is none. */
  readonly nextPostingNumber: string | null;
}

export type State = readonly Company[];

/** Holds the current state. */
export class Store {
  readonly #settings: readonly CompanySettings[];
  #state: State;
  #version = 0;

  constructor(settings: readonly CompanySettings[]) {
    this.#settings = settings;
    this.#state = emptyState(settings);
  }

  /** The whole state, to be given to {@link restore}. */
  snapshot(): State {
    return this.#state;
  }

  restore(state: State): void {
    this.#state = state;
  }

  reset(): void {
    this.#state = emptyState(this.#settings);
  }

  /** A number that no record has had. */
  nextVersion(): number {
    this.#version += 1;
    return this.#version;
  }

  company(id: string): Company | undefined {
    return this.#state.find((company) => company.settings.id === id);
  }

  putCompany(changed: Company): void {
    this.#state = this.#state.map((company) =>
      company.settings.id === changed.settings.id ? changed : company,
    );
  }

  /** Inserts a journal, or replaces the one with its id. */
  putJournal(companyId: string, journal: Journal): void {
    const company = this.company(companyId);
    if (company === undefined) throw new Error(`no company ${companyId}`);
    const isKnown = company.journals.some((other) => other.id === journal.id);
    const journals = isKnown
      ? company.journals.map((other) => (other.id === journal.id ? journal : other))
      : [...company.journals, journal];
    this.putCompany({ ...company, journals });
  }
}

function emptyState(settings: readonly CompanySettings[]): State {
  return settings.map((company) => ({
    settings: company,
    journals: [],
    entries: [],
    nextPostingNumber: company.postingNoSeries,
  }));
}

/** The etag of a version, in Business Central's form (contract 7.3). */
export function etagOf(version: number): string {
  const text = `'19;${String(version).padStart(20, '0')}1;00;'`;
  return `W/"${Buffer.from(text).toString('base64')}"`;
}

/** Kroner to whole øre, for exact sums. */
export function toOre(amount: number): number {
  return Math.round(amount * 100);
}
