import t from 'tap';

import { pollDelay } from '../src/polling.ts';

const moving = {
  baseMs: 3000,
  isMoving: true,
  dueInMs: null,
  quietRounds: 0,
  failures: 0,
  retryAfterMs: 0,
};

void t.test('nothing is asked for while nothing moves', (t) => {
  t.equal(pollDelay({ ...moving, isMoving: false }), null);
  t.equal(pollDelay({ ...moving, isMoving: false, quietRounds: 40 }), null);
  t.end();
});

void t.test(
  'it is asked ever less often while nothing comes of it, and twice a minute at least',
  (t) => {
    const delays = [0, 5, 6, 7, 8, 20, 1000].map((quietRounds) =>
      pollDelay({ ...moving, quietRounds }),
    );
    t.strictSame(delays.slice(0, 4), [3000, 3000, 4500, 6750]);
    t.strictSame(delays.slice(-2), [30_000, 30_000]);
    t.end();
  },
);

void t.test('what is due later is not asked for before', (t) => {
  t.equal(pollDelay({ ...moving, dueInMs: 12_000 }), 12_500);
  t.equal(pollDelay({ ...moving, dueInMs: 3_600_000 }), 30_000, 'but somebody may cancel it');
  t.equal(pollDelay({ ...moving, dueInMs: 10 }), 3000);
  t.end();
});

void t.test(
  'errors double the distance, also where nothing moves, so that it recovers by itself',
  (t) => {
    const delays = [1, 2, 3, 10, 500].map((failures) =>
      pollDelay({ ...moving, isMoving: false, failures }),
    );
    t.strictSame(delays, [6000, 12_000, 24_000, 60_000, 60_000]);
    t.end();
  },
);

void t.test('a server that asks to be left alone is, within reason', (t) => {
  const failed = { ...moving, failures: 1 };
  t.equal(pollDelay({ ...failed, retryAfterMs: 120_000 }), 120_000);
  t.equal(pollDelay({ ...failed, retryAfterMs: 1 }), 6000, 'it never hastens');
  t.equal(pollDelay({ ...failed, retryAfterMs: 1e9 }), 600_000);
  t.end();
});
