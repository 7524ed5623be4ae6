/** docs/onboarding.md for Blindeforbundet: its commands work as they are written. */
import t from 'tap';

import { rehearse } from './support/rehearsal.ts';

await t.test('Blindeforbundet can be rehearsed as it is written', (t) =>
  rehearse(t, {
    settings: 1,
    change: (sql) => sql.replaceAll('3d1a01', '3d1a02').replaceAll('HLF-', 'BF-'),
  }),
);

t.end();
