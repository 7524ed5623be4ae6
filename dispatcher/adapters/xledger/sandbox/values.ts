/** Amounts, dates and times as Xledger writes them. */

const CENTRAL_EUROPE = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Oslo',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/**
 * An instant as local time in Central Europe without a zone, `2026-03-02T14:05:06` (Xledger
 * contract 3.3: stored in Central European time). That summer time applies is assumed.
 */
export function toCentralEuropeanTime(instant: Date): string {
  return CENTRAL_EUROPE.format(instant).replace(' ', 'T');
}

/**
 * The whole øre of `"-101.00"`, `"101"` or `101.5`; null if it isn't an amount. That more than two
 * decimals are refused is assumed.
 */
export function parseAmount(value: string | number): number | null {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(value));
  if (match === null) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const ore = Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
  return sign === '-' && ore !== 0 ? -ore : ore;
}

/** Whole øre as `"-101.00"`. */
export function formatAmount(ore: number): string {
  const digits = String(Math.abs(ore)).padStart(3, '0');
  return `${ore < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Whether a text is a day of the calendar, YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/**
 * A time given to a filter, in the form that {@link toCentralEuropeanTime} writes, so that both
 * compare as texts; null if it isn't a time. A zone is ignored, the clock time is taken as Central
 * European: assumed, since who sends UTC is then an hour or two off.
 */
export function parseFilterTime(text: string): string | null {
  const match =
    /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  if (match === null) return null;
  const [, day = '', minute = '00:00', second = ':00'] = match;
  return isDay(day) ? `${day}T${minute}${second}` : null;
}
