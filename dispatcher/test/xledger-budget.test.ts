/** What follow-ups cost of the 5 000 requests that a month has: bench/xledger-month.ts plays whole ones. */
import t from 'tap';

import { playMonth } from './support/xledger-month.ts';

void t.test(
  'deliveries at any hour and no booking cost two requests an hour at most',
  async (t) => {
    const days = 2;
    const played = await playMonth(t, {
      days,
      claimsAt: (quarter) => (quarter % 4 === 0 ? 1 : 0),
      isBookedAt: () => false,
    });
    t.equal(played.runs, days * 24);
    t.equal(played.unbooked, played.runs);
    t.ok(played.followUps <= 2 * 24 * days, `${played.followUps} requests`);
    t.ok(played.followUps >= 24 * days, `${played.followUps} requests, so they are made`);
  },
);

void t.test('what is booked is known half a day later, and costs nothing any more', async (t) => {
  const played = await playMonth(t, {
    days: 4,
    claimsAt: (quarter) => (quarter === 0 ? 5 : 0),
    isBookedAt: (quarter) => quarter === 95,
  });
  t.equal(played.unbooked, 0);
  t.ok(played.followUps <= 2 * 8, `${played.followUps} requests on the first day, then none`);
});
