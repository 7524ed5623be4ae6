/**
 * kill -9 at the worst moments: nothing is lost and nothing booked twice. Each kill waits for its
 * moment as the accounting system sees it: a request that is held up there, and that is served after
 * its sender died.
 */
import t from 'tap';

import type { FaultInput } from '../../sandbox/faults.ts';
import { checkBooks, requestClaims, type Runs } from './support/books.ts';
import { startDispatcher, type DispatcherProcess } from './support/dispatcher-process.ts';
import { startTwoOrganisations, type Organisation } from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

/** The systems keep what they promise: they book within remote_max_ms, after which the quarantine. */
const timings = {
  lease_ms: 2000,
  send_timeout_ms: 1000,
  remote_max_ms: 600,
  quarantine_ms: 1000,
};
const delay = { kind: 'delay', delay_ms: 450 } as const;

/** Which request is held up while its sender is killed. */
const moments: Readonly<Record<Organisation['system'], Readonly<Record<string, FaultInput>>>> = {
  business_central: {
    'before anything was sent': { ...delay, path: '/token$' },
    'while the lines are being booked': { ...delay, path: '\\$batch$' },
    'after booking, before it knows': { ...delay, path: '/journalLines\\?' },
  },
  xledger: {
    'before anything was sent': { ...delay, operation: '^journalEntries$' },
    'while the lines are being booked': { ...delay, operation: '^addGLImportItems$' },
    // The look-up before sending passes; the one that reads back is held up.
    'after booking, before it knows': { ...delay, operation: '^glImportItems$', skip: 1 },
  },
};

// Most of the time is waiting for leases: so side by side.
t.jobs = 2;

for (const system of ['business_central', 'xledger'] as const) {
  void t.test(`killed at any moment with ${system}, it loses and doubles nothing`, async (t) => {
    const world = await startTwoOrganisations(t, timings);
    const organisation = system === 'xledger' ? world.blindeforbundet : world.hlf;
    const runs: Runs = new Map();
    const start = (): Promise<DispatcherProcess> => startDispatcher(t, world);

    let dispatcher = await start();
    for (const [moment, fault] of Object.entries(moments[system])) {
      organisation.faults.add(fault);
      const seen = organisation.requests.length;
      const runId = await requestClaims(world, runs, organisation, 3);
      const request = await waitFor(
        () => organisation.requests.slice(seen).find((one) => one.fault === 'delay'),
        { what: `the moment: ${moment}` },
      );
      t.equal(request.status, null, `it is killed ${moment}`);
      dispatcher.kill('SIGKILL');
      t.same(await dispatcher.ended, { code: null, signal: 'SIGKILL' });
      t.equal((await world.run(runId)).state, 'sending', 'and its lease outlives it');

      dispatcher = await start();
      await checkBooks(t, world, runs);
      const [lost, ...rest] = await world.trail(runId);
      t.match(
        lost,
        { kind: 'attempt', outcome: 'unknown', attempt_no: 1, actor: 'sweep', http_status: null },
        'the attempt that died is in the trail, written by the sweep',
      );
      t.equal(lost?.claim_ids.length, 3);
      t.match(rest[0], { kind: 'reconciliation' }, 'the ledger was asked before anything else');
      t.match(
        rest.at(-1),
        moment === 'before anything was sent'
          ? { kind: 'attempt', outcome: 'accepted', attempt_no: 2 }
          : { kind: 'reconciliation', outcome: 'found' },
      );
    }
  });
}

t.end();
