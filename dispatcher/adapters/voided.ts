/**
 * What is left of a claim in the ledger once a person has removed a booking (void). Pure.
 *
 * A draft is deleted. What is posted stays for ever, beside its reversal, whose rows have ids that
 * nobody named. So rows that undo others are told by account and amount; dimensions don't count,
 * since a reversal may lack them.
 */

/** What a row books. Null where it couldn't be read. */
export interface Booking {
  readonly account: string | null;
  /** Whole øre; debit is positive. */
  readonly amountMinor: number | null;
}

export interface VoidedOptions<Row> {
  /** Whether a person named the row. */
  isVoided(row: Row): boolean;
  bookingOf(row: Row): Booking;
  /** Whether anything of this claim was voided, named or not; if not, all rows are left. */
  readonly hasVoided: boolean;
  /** What we would send for the claim; null if that isn't known. */
  readonly expected: readonly Booking[] | null;
}

/**
 * Leaves out voided rows, and for each of them one row that undoes it.
 *
 * A void may name the ids of drafts that were posted, and then reversed, under ids that nobody
 * named. So, if every row that is left has its opposite, nothing is left; and if that holds for all
 * but what we would send, that is what is left. Otherwise nothing more is left out: it counts.
 *
 * @param rows all of one claim, oldest first
 * @returns the rows that count, in their order
 */
export function withoutVoided<Row extends object>(
  rows: readonly Row[],
  options: VoidedOptions<Row>,
): Row[] {
  if (!options.hasVoided && !rows.some((row) => options.isVoided(row))) return [...rows];
  const expected = options.expected ?? [];
  const bookings = [...rows.map((row) => options.bookingOf(row)), ...expected];
  const hasAccounts = bookings.every(({ account }) => account !== null);
  const keyOf = (booking: Booking, sign: 1 | -1 = 1) => key(booking, sign, hasAccounts);
  const rowKey = (row: Row, sign: 1 | -1 = 1) => keyOf(options.bookingOf(row), sign);

  const left = rows.filter((row) => !options.isVoided(row));
  for (const voided of rows.filter((row) => options.isVoided(row))) {
    take(
      left,
      left.findIndex((row) => isSame(rowKey(row), rowKey(voided, -1))),
    );
  }

  // By amounts alone one booking of one line is its own reversal: a person has to look.
  if (!hasAccounts) return left;
  const rest = [...left];
  // The newest: what was reversed is older than what was booked instead.
  const booked = expected.map((booking) =>
    take(
      rest,
      rest.findLastIndex((row) => isSame(rowKey(row), keyOf(booking))),
    ),
  );
  if (booked.length > 0 && booked.every((row) => row !== null) && isUndone(rest, rowKey)) {
    return left.filter((row) => booked.includes(row));
  }
  return isUndone(left, rowKey) ? [] : left;
}

/** Whether for every row there is one that undoes it. */
function isUndone<Row>(
  rows: readonly Row[],
  rowKey: (row: Row, sign?: 1 | -1) => string | null,
): boolean {
  const balance = new Map<string | null, number>();
  for (const row of rows) {
    const [mine, opposite] = [rowKey(row), rowKey(row, -1)];
    if (mine === null) return false;
    balance.set(mine, (balance.get(mine) ?? 0) + 1);
    balance.set(opposite, (balance.get(opposite) ?? 0) - 1);
  }
  return [...balance.values()].every((count) => count === 0);
}

/** Null, which equals nothing, if there is no amount. */
function key({ account, amountMinor }: Booking, sign: 1 | -1, withAccount: boolean): string | null {
  if (amountMinor === null) return null;
  // String() writes -0 as 0.
  return `${withAccount ? (account ?? '').toUpperCase() : ''} ${String(sign * amountMinor)}`;
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && one === other;
}

/** Takes the row at an index out of a list; null if there is none. */
function take<Row extends object>(rows: Row[], index: number): Row | null {
  return index < 0 ? null : (rows.splice(index, 1)[0] ?? null);
}
