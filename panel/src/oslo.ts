/** Days as they are in Norway, wherever the browser stands. */

export const timeZone = 'Europe/Oslo';

/** A calendar day; month from 1. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

function partsOf(at: Date): Record<string, number> {
  return Object.fromEntries(parts.formatToParts(at).map((part) => [part.type, Number(part.value)]));
}

export function dayInOslo(at: Date): Day {
  const { year, month, day } = partsOf(at);
  return { year: year ?? 0, month: month ?? 0, day: day ?? 0 };
}

export function isRealDay({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    year >= 2000 && year < 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
}

/** When a day begins there, as an instant. */
function startOf(year: number, month: number, day: number): Date {
  const asIfUtc = Date.UTC(year, month - 1, day);
  const there = partsOf(new Date(asIfUtc));
  const shown = Date.UTC(
    there['year'] ?? 0,
    (there['month'] ?? 1) - 1,
    there['day'],
    there['hour'],
    there['minute'],
    there['second'],
  );
  // Summer time changes at two or three in the morning, so the offset around midnight is the day's.
  const guess = new Date(asIfUtc - (shown - asIfUtc));
  const off = partsOf(guess)['hour'] ?? 0;
  return off === 0 ? guess : new Date(guess.getTime() + (off > 12 ? 24 - off : -off) * 3_600_000);
}

/** The instants between which a day lies: from, and before. */
export function boundsOf({ year, month, day }: Day): { from: string; before: string } {
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  return {
    from: startOf(year, month, day).toISOString(),
    before: startOf(next.getUTCFullYear(), next.getUTCMonth() + 1, next.getUTCDate()).toISOString(),
  };
}
