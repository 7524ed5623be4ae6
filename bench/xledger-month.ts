/**
 * How many of Xledger's 5 000 requests a month takes: `npm run bench -- xledger-month`.
 * Prints sends and follow-ups for a few kinds of month.
 */
import { isOfficeHour, playMonth, type Month } from '../dispatcher/test/support/xledger-month.ts';
import { createTeardown } from './teardown.ts';

const never = () => false;
const onFridays = (quarter: number) => quarter % (7 * 96) === 5 * 96 - 1;
const MONTHS: Readonly<Record<string, Month>> = {
  'one run a working day, booked on Fridays': {
    days: 30,
    claimsAt: (quarter) => (isOfficeHour(quarter) && quarter % 96 === 40 ? 20 : 0),
    isBookedAt: onFridays,
  },
  'eleven runs a working day, booked on Fridays': {
    days: 30,
    claimsAt: (quarter) => (isOfficeHour(quarter) && quarter % 3 === 0 ? 5 : 0),
    isBookedAt: onFridays,
  },
  'a run every hour, day and night, never booked': {
    days: 30,
    claimsAt: (quarter) => (quarter % 4 === 0 ? 2 : 0),
    isBookedAt: never,
  },
  'eleven runs a working day, where the reference is no filter': {
    days: 30,
    claimsAt: (quarter) => (isOfficeHour(quarter) && quarter % 3 === 0 ? 5 : 0),
    isBookedAt: onFridays,
    prepare: (sandbox) => {
      sandbox.switches.extFilter = false;
    },
  },
};

const t = createTeardown();
try {
  for (const [what, month] of Object.entries(MONTHS)) {
    const { runs, total, followUps } = await playMonth(t, month);
    console.log(`${what}: ${total} requests, ${runs} runs, ${followUps} to follow up`);
  }
} finally {
  await t.close();
}
