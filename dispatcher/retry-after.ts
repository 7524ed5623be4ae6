/** Reading the `Retry-After` header (RFC 9110, section 10.2.3). Pure, without dependencies. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const IMF_FIXDATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d\d) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) (?<time>\d\d:\d\d:\d\d) GMT$/;
const RFC_850 =
  /^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d\d)-(?<month>[A-Z][a-z]{2})-(?<year>\d\d) (?<time>\d\d:\d\d:\d\d) GMT$/;
const ASCTIME =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) (?<time>\d\d:\d\d:\d\d) (?<year>\d{4})$/;

/**
 * How long an answer tells us to wait.
 *
 * A date is measured against the answer's own `Date`, so that a wrong clock on either side doesn't
 * matter; only without a usable `Date` against `nowMs`. A date that has passed means 0.
 *
 * However long the wait is (10^12 seconds is well-formed), it is returned as told: how much of it
 * to honour is for the caller to decide.
 *
 * @param headerValue The `Retry-After` header; null if there was none.
 * @param answerDate The `Date` header of the same answer; null if there was none.
 * @param nowMs Our own time, in milliseconds since 1970.
 * @returns Milliseconds, from 0 to `Number.MAX_SAFE_INTEGER`; null if nothing usable was told: no
 *   header, negative or fractional seconds, a date in no form of RFC 9110, anything else.
 */
export function parseRetryAfter(
  headerValue: string | null,
  answerDate: string | null,
  nowMs: number,
): number | null {
  if (headerValue === null) return null;
  const value = headerValue.trim();
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER);
  const until = parseHttpDate(value, nowMs);
  if (until === null) return null;
  const answeredAt = answerDate === null ? null : parseHttpDate(answerDate.trim(), nowMs);
  return Math.max(0, until - (answeredAt ?? nowMs));
}

/**
 * Reads the three forms that RFC 9110, section 5.6.7 makes a recipient accept. Not `Date.parse`: it
 * takes almost anything for a date ("soon 1" is one in V8).
 */
function parseHttpDate(value: string, nowMs: number): number | null {
  const match = IMF_FIXDATE.exec(value) ?? RFC_850.exec(value) ?? ASCTIME.exec(value);
  const { day = '', month = '', year = '', time = '' } = match?.groups ?? {};
  const monthIndex = MONTHS.indexOf(month);
  if (monthIndex < 0) return null;
  const dayOfMonth = Number(day);
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  // 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) return null;
  const midnight = new Date(0);
  midnight.setUTCFullYear(fullYear(year, nowMs), monthIndex, dayOfMonth);
  // 31 February rolls over into March.
  if (midnight.getUTCDate() !== dayOfMonth || midnight.getUTCMonth() !== monthIndex) return null;
  return midnight.getTime() + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Two digits that seem to lie more than 50 years ahead are of the last century (RFC 9110, 5.6.7). */
function fullYear(digits: string, nowMs: number): number {
  if (digits.length === 4) return Number(digits);
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(digits);
  return year > thisYear + 50 ? year - 100 : year;
}
