/** docs/onboarding.md for HLF: its commands work as they are written. */
import t from 'tap';

import { rehearse } from './support/rehearsal.ts';

await t.test('HLF can be rehearsed as it is written', (t) =>
  rehearse(t, { settings: 0, change: (sql) => sql }),
);

t.end();
