/** What somebody typed into the search field, by its form. */
import { dayInOslo, isRealDay, type Day } from './oslo.ts';

export type SearchTerm =
  | { readonly kind: 'empty' }
  | { readonly kind: 'day'; readonly day: Day }
  /** A claim's reference or its beginning, a voucher number, a run's id or a claim's: the API looks. */
  | { readonly kind: 'text'; readonly text: string };

const months = [
  ['januar', 'january', 'jan'],
  ['februar', 'february', 'feb'],
  ['mars', 'march', 'mar'],
  ['april', 'apr'],
  ['mai', 'may'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov'],
  ['desember', 'december', 'des', 'dec'],
];

/** Reads a term; `now` tells the year of a date without one. */
export function readTerm(typed: string, now: Date): SearchTerm {
  const term = typed.trim().replace(/\s+/g, ' ');
  if (term === '') return { kind: 'empty' };
  const day = readDay(term.toLowerCase(), now);
  if (day !== null) return { kind: 'day', day };
  return { kind: 'text', text: term };
}

/** `2026-03-03`, `3.3.2026`, `3.3.26`, `3.3.`, `3/3/2026`, `3. mars 2026`, `3 March`, `i dag`. */
export function readDay(term: string, now: Date): Day | null {
  const today = dayInOslo(now);
  if (term === 'i dag' || term === 'today') return today;
  if (term === 'i går' || term === 'yesterday') {
    return dayInOslo(new Date(Date.UTC(today.year, today.month - 1, today.day - 1, 12)));
  }
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(term);
  if (iso !== null) return realDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = /^(\d{1,2})[./] ?(\d{1,2})(?:[./] ?(\d{4}|\d{2})?)?$/.exec(term);
  if (numbers !== null) {
    return withYear(numbers[3], Number(numbers[2]), Number(numbers[1]), today);
  }
  const named = /^(\d{1,2})\.? ([a-zæøå]+)\.?(?: (\d{4}))?$/.exec(term);
  const month = months.findIndex((names) => names.includes(named?.[2] ?? '')) + 1;
  if (named === null || month === 0) return null;
  return withYear(named[3], month, Number(named[1]), today);
}

/** Without a year: the last time that it was that day. */
function withYear(written: string | undefined, month: number, day: number, today: Day): Day | null {
  if (written !== undefined) {
    return realDay(written.length === 2 ? 2000 + Number(written) : Number(written), month, day);
  }
  const isAhead = month > today.month || (month === today.month && day > today.day);
  return realDay(isAhead ? today.year - 1 : today.year, month, day);
}

function realDay(year: number, month: number, day: number): Day | null {
  return isRealDay({ year, month, day }) ? { year, month, day } : null;
}
