/** Times and amounts as people in Norway read them. */
import { dayInOslo, timeZone, type Day } from './oslo.ts';
import type { Language } from './words/words.ts';

/** One for each language; `Intl`'s objects are costly to make. */
export interface Formatter {
  dateTime(at: string): string;
  /** To the second: steps follow each other that closely. */
  exact(at: string): string;
  time(at: string | number): string;
  day(day: Day): string;
  /** "for 3 minutter siden", "om 2 timer". */
  relative(at: string, now: number): string;
  number(value: number): string;
  amount(cents: number, currency: string): string;
}

const made = new Map<Language, Formatter>();

export function formatterOf(language: Language): Formatter {
  const known = made.get(language);
  if (known !== undefined) return known;
  const formatter = makeFormatter(language);
  made.set(language, formatter);
  return formatter;
}

function makeFormatter(language: Language): Formatter {
  const locale = language === 'nb' ? 'nb-NO' : 'en-GB';
  const minutes = {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  const dateTime = new Intl.DateTimeFormat(locale, minutes);
  const exact = new Intl.DateTimeFormat(locale, { ...minutes, second: '2-digit' });
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' });
  const date = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const number = new Intl.NumberFormat(locale);
  const currencies = new Map<string, Intl.NumberFormat>();
  return {
    dateTime: (at) => dateTime.format(new Date(at)),
    exact: (at) => exact.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
    day: ({ year, month, day }) => date.format(Date.UTC(year, month - 1, day)),
    relative(at, now) {
      const { value, unit } = distance(new Date(at).getTime() - now);
      return relative.format(value, unit);
    },
    number: (value) => number.format(value),
    amount(cents, currency) {
      let format = currencies.get(currency);
      if (format === undefined) {
        // Kroner are written the Norwegian way in both languages: it is Norwegian books that are read.
        format = new Intl.NumberFormat('nb-NO', {
          style: 'currency',
          currency,
          // As many as the claims have, whatever the currency has coins for.
          minimumFractionDigits: 2,
          maximumFractionDigits: 2,
        });
        currencies.set(currency, format);
      }
      return format.format(cents / 100);
    },
  };
}

/** A span in the unit in which one would say it. */
export function distance(ms: number): { value: number; unit: Intl.RelativeTimeFormatUnit } {
  const size = Math.abs(ms);
  const steps = [
    ['second', 1_000, 60_000],
    ['minute', 60_000, 3_600_000],
    ['hour', 3_600_000, 86_400_000],
    ['day', 86_400_000, Infinity],
  ] as const;
  // What rounds up to a whole next unit is said in that one: 59.7 minutes are an hour.
  const [unit, unitMs] =
    steps.find(([, each, below]) => Math.round(size / each) * each < below) ?? steps[3];
  const value = Math.round(ms / unitMs);
  return { value: value === 0 ? 0 : value, unit };
}

/** Hundredths, so that sums don't drift; null for what is no amount. */
export function toCents(amount: number | string | null | undefined): number | null {
  if (amount === null || amount === undefined || amount === '') return null;
  const cents = Math.round(Number(amount) * 100);
  return Number.isSafeInteger(cents) ? cents : null;
}

/** The day on which something happened, as a sorting key and for words. */
export function dayOf(at: string): Day {
  return dayInOslo(new Date(at));
}
