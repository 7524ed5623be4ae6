/** Whether the ledgers hold what the database says was delivered: each claim once, to the øre. */
import type { BusinessCentralSandbox } from '../../dispatcher/adapters/business-central/sandbox/business-central-sandbox.ts';
import type { XledgerSandbox } from '../../dispatcher/adapters/xledger/sandbox/xledger-sandbox.ts';
import { toMinorUnits } from '../../dispatcher/adapters/amount.ts';
import { kroner } from './money.ts';

/** What a ledger holds of one reference, open and booked together. */
export interface LedgerVoucher {
  /** How many vouchers: 2 if it was booked twice. */
  readonly effects: number;
  /** The sum of the debits, in øre. */
  readonly debitOre: number;
}

/** By reference: all that the ledger holds. */
export type Books = ReadonlyMap<string, LedgerVoucher>;

/** A claim that was put, and whether the database says that it was delivered. */
export interface PutClaim {
  readonly reference: string;
  readonly totalOre: number;
  readonly isDelivered: boolean;
}

export interface Agreement {
  readonly putCount: number;
  readonly deliveredCount: number;
  readonly deliveredOre: number;
  /** References in the ledger. */
  readonly bookedCount: number;
  readonly bookedOre: number;
  /** A sentence for each thing that is wrong; empty if all agrees. */
  readonly problems: readonly string[];
}

/** Compares what was put and delivered with the ledger's own books, reference by reference. */
export function compareWithBooks(claims: readonly PutClaim[], books: Books): Agreement {
  const problems: string[] = [];
  for (const { reference, totalOre, isDelivered } of claims) {
    const voucher = books.get(reference) ?? { effects: 0, debitOre: 0 };
    const expected = isDelivered ? 1 : 0;
    if (voucher.effects !== expected) {
      problems.push(
        `${reference} was ${isDelivered ? '' : 'not '}delivered, and is in the ledger ` +
          `${voucher.effects} times`,
      );
    } else if (isDelivered && voucher.debitOre !== totalOre) {
      problems.push(
        `${reference} is ${kroner(totalOre)} kr, and ${kroner(voucher.debitOre)} kr in the ledger`,
      );
    }
  }
  const known = new Set(claims.map(({ reference }) => reference));
  for (const reference of books.keys()) {
    if (!known.has(reference)) problems.push(`${reference} is in the ledger, and nobody put it`);
  }
  const delivered = claims.filter(({ isDelivered }) => isDelivered);
  const deliveredOre = delivered.reduce((sum, { totalOre }) => sum + totalOre, 0);
  const bookedOre = [...books.values()].reduce((sum, { debitOre }) => sum + debitOre, 0);
  if (deliveredOre !== bookedOre) {
    problems.push(
      `delivered are ${kroner(deliveredOre)} kr, and the ledger has ${kroner(bookedOre)} kr`,
    );
  }
  return {
    putCount: claims.length,
    deliveredCount: delivered.length,
    deliveredOre,
    bookedCount: books.size,
    bookedOre,
    problems,
  };
}

/** Business Central's books, drafts and posted entries together. */
export function businessCentralBooks(sandbox: BusinessCentralSandbox): Books {
  const documents = sandbox.ledger().flatMap((company) => Object.entries(company.debitByDocument));
  return new Map(
    documents.map(([reference, debit]) => [
      reference,
      { effects: sandbox.effects(reference), debitOre: Math.round(debit * 100) },
    ]),
  );
}

/** Xledger's books, import items and journal entries together. */
export function xledgerBooks(sandbox: XledgerSandbox): Books {
  return new Map(
    Object.entries(sandbox.ledger().totals).map(([reference, { effects, debit }]) => [
      reference,
      { effects, debitOre: toMinorUnits(debit) },
    ]),
  );
}
