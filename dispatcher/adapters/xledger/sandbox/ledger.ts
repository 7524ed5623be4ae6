/** What the played Xledger holds: import items, their errors, and the journal. */
import type { Coded, Entity, ReferenceField } from './references.ts';
import { formatAmount } from './values.ts';

/** The members of a line that are kept as they were sent. */
export interface PlainFields {
  readonly trRegNumber: number | null;
  readonly trItemNumber: number | null;
  readonly postedDate: string;
  readonly invoiceDate: string | null;
  readonly dueDate: string | null;
  readonly periodStart: string | null;
  readonly numberPeriod: number | null;
  readonly text: string | null;
  readonly invoiceNumber: string | null;
  readonly extIdentifier: string | null;
  readonly extOrderNumber: string | null;
  readonly paymentReference: string | null;
  readonly yourReference: string | null;
}

/** A line that was checked and can be kept; amounts in øre. */
export interface NewLine extends PlainFields {
  readonly owner: Entity;
  readonly amount: number;
  readonly invoiceAmount: number;
  readonly quantity: string | null;
  readonly references: Readonly<Partial<Record<ReferenceField, Coded>>>;
  readonly jobLevelDbId: number | null;
}

export interface ImportItem extends NewLine {
  readonly dbId: number;
  /** Which mutation brought it: 1, 2, … */
  readonly insertNo: number;
  readonly createdAt: Date;
  modifiedAt: Date;
  isBooked: boolean;
}

export interface JournalHeader {
  readonly dbId: number;
  readonly owner: Entity;
  readonly transactionNumber: number;
  readonly postedDate: string;
  readonly importedAt: Date;
  readonly registeredAt: Date;
  readonly modifiedAt: Date;
}

export interface JournalEntry extends NewLine {
  readonly dbId: number;
  readonly insertNo: number;
  readonly header: JournalHeader;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
}

export interface ImportError {
  readonly dbId: number;
  readonly owner: Entity;
  readonly message: string;
  readonly createdAt: Date;
  /** The first import item of the voucher: what `transactionDbId` points at is assumed. */
  readonly transactionDbId: number;
}

/** The rows as they were. */
export interface Rows {
  readonly items: readonly ImportItem[];
  readonly entries: readonly JournalEntry[];
  readonly headers: readonly JournalHeader[];
  readonly errors: readonly ImportError[];
}

/** Holds the rows of one sandbox; dbIds rise over all kinds of rows. */
export class Ledger {
  items: ImportItem[] = [];
  entries: JournalEntry[] = [];
  headers: JournalHeader[] = [];
  errors: ImportError[] = [];
  readonly #now: () => Date;
  #dbId = 25080390;
  #insertNo = 0;
  #transactionNumber = 100_000;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Keeps lines as open import items. The same lines again are new rows (contract 8.1). */
  insert(lines: readonly NewLine[]): ImportItem[] {
    this.#insertNo += 1;
    const at = this.#now();
    const added = lines.map((line) => ({
      ...line,
      dbId: this.#dbId++,
      insertNo: this.#insertNo,
      createdAt: at,
      modifiedAt: at,
      isBooked: false,
    }));
    this.items.push(...added);
    return added;
  }

  /** Forgets all rows; dbIds and voucher numbers go on rising. */
  clear(): void {
    this.items = [];
    this.entries = [];
    this.headers = [];
    this.errors = [];
  }

  /** The rows as they are now, whatever happens to them later. */
  rows(): Rows {
    return copyOf(this);
  }

  /** Runs something on other rows; what it does to them is forgotten. */
  on<T>(rows: Rows, run: () => T): T {
    const { items, entries, headers, errors } = this;
    Object.assign(this, copyOf(rows));
    try {
      return run();
    } finally {
      Object.assign(this, { items, entries, headers, errors });
    }
  }

  /** Remembers the import items; the function that comes back undoes what was inserted since. */
  checkpoint(): () => void {
    const items = [...this.items];
    return () => {
      this.items = items;
    };
  }

  /**
   * The step after the import. A voucher whose lines don't sum to 0 gets an error row (contract 8.1)
   * whatever the mode, one that does is booked, refused or left.
   */
  process(mode: 'leave' | 'book' | 'reject'): void {
    for (const voucher of this.#openVouchers()) {
      const sum = voucher.reduce((total, { amount }) => total + amount, 0);
      const name = voucher[0]?.trRegNumber ?? 'without a number';
      if (sum !== 0) {
        this.#refuse(voucher, `Voucher ${name}: not in balance, difference ${formatAmount(sum)}.`);
      } else if (mode === 'reject') {
        this.#refuse(voucher, `Voucher ${name}: the period is closed.`);
      } else if (mode === 'book') {
        this.#book(voucher);
      }
    }
  }

  /** Removes the open items of a reference, as a person can; tells how many there were. */
  removeItems(extIdentifier: string): number {
    const kept = this.items.filter((item) => item.isBooked || item.extIdentifier !== extIdentifier);
    const removed = this.items.length - kept.length;
    this.items = kept;
    return removed;
  }

  /** Removes all error rows, as somebody who mended what they told of. */
  removeErrors(): void {
    this.errors = [];
  }

  /** Changes an open item, as a person can. Amounts in øre. */
  editItem(dbId: number, change: Partial<NewLine>): void {
    const index = this.items.findIndex((item) => item.dbId === dbId && !item.isBooked);
    const item = this.items[index];
    if (item === undefined) throw new Error(`No open import item ${dbId}`);
    this.items[index] = { ...item, ...change, modifiedAt: this.#now() };
  }

  /** How many vouchers hold the reference, open and booked together: 2 if it was sent twice. */
  effects(extIdentifier: string): number {
    const open = this.items.filter((item) => !item.isBooked);
    const vouchers = [...open, ...this.entries]
      .filter((line) => line.extIdentifier === extIdentifier)
      .map((line) => `${line.insertNo}/${line.trRegNumber}`);
    return new Set(vouchers).size;
  }

  /** Lines with one trRegNumber form one voucher; those without are one voucher per mutation. */
  #openVouchers(): ImportItem[][] {
    const vouchers = new Map<string, ImportItem[]>();
    for (const item of this.items) {
      if (item.isBooked) continue;
      const key = `${item.owner.dbId}/${item.trRegNumber ?? `mutation ${item.insertNo}`}`;
      const lines = vouchers.get(key);
      if (lines === undefined) vouchers.set(key, [item]);
      else lines.push(item);
    }
    return [...vouchers.values()];
  }

  #refuse(voucher: readonly ImportItem[], message: string): void {
    const [first] = voucher;
    if (first === undefined) return;
    const isKnown = this.errors.some(
      (error) => error.transactionDbId === first.dbId && error.message === message,
    );
    if (isKnown) return;
    this.errors.push({
      dbId: this.#dbId++,
      owner: first.owner,
      message,
      createdAt: this.#now(),
      transactionDbId: first.dbId,
    });
  }

  #book(voucher: readonly ImportItem[]): void {
    const [first] = voucher;
    if (first === undefined) return;
    // That an error goes with what it was about is assumed.
    this.errors = this.errors.filter((error) => error.transactionDbId !== first.dbId);
    const at = this.#now();
    const header: JournalHeader = {
      dbId: this.#dbId++,
      owner: first.owner,
      transactionNumber: this.#transactionNumber++,
      postedDate: first.postedDate,
      importedAt: first.createdAt,
      registeredAt: at,
      modifiedAt: at,
    };
    this.headers.push(header);
    for (const item of voucher) {
      item.isBooked = true;
      item.modifiedAt = at;
      this.entries.push({ ...item, dbId: this.#dbId++, header, createdAt: at, modifiedAt: at });
    }
  }
}

/** Import items are changed in place; the other rows never are. */
function copyOf({ items, entries, headers, errors }: Rows): Rows {
  return {
    items: items.map((item) => ({ ...item })),
    entries: [...entries],
    headers: [...headers],
    errors: [...errors],
  };
}
