/**
 * What the books may hold when they are asked after an answer was lost: late, half, other, doubled,
 * moved or removed lines, and old news. Each fault meets a run of its own, all at once.
 */
import t from 'tap';

import { startDispatcher } from './support/dispatcher-process.ts';
import { startFront, passOn, type Front, type Met } from './support/front.ts';
import { applyDearer, applySome, businessCentral, hangUp } from './support/meddling.ts';
import { startTwoOrganisations, story } from './support/two-organisations.ts';

/** What a fault is given: the request with lines, and the references of the run's two claims. */
interface Scene {
  readonly met: Met;
  readonly front: Front;
  readonly first: string;
  readonly second: string;
}

interface Fault {
  /** What happens to the first request with lines; its answer is lost afterwards. */
  readonly act: (scene: Scene) => Promise<unknown>;
  readonly story: readonly string[];
  /** Default `exported`. */
  readonly state?: 'needs_review';
  /** Why a person is asked. */
  readonly reason?: RegExp;
  /** How often the lines of both claims are sent; default once. */
  readonly sends?: readonly [number, number];
  /** Expense type of the claims' first line; `mileage`, the default, has a dimension. */
  readonly type?: string;
}
type Faults = Readonly<Record<string, Fault>>;

const world = await startTwoOrganisations(t, {
  lease_ms: 5200,
  send_timeout_ms: 4000,
  remote_max_ms: 1000,
  quarantine_ms: 1200,
});
const { pool } = world.database;
t.jobs = 32;

const found = ['attempt unknown', 'reconciliation found'];
const again = ['attempt unknown', 'reconciliation absent', 'attempt accepted'];
const person = {
  story: ['attempt unknown', 'reconciliation unclear'],
  state: 'needs_review',
} as const;

const either: Faults = {
  'half of the lines are for a person': {
    ...person,
    act: ({ met }) => applySome(met, (line) => !/"-?100\.50?"|:100\.5\b/.test(line)),
    reason: /lines|sum/,
  },
  'another sum is for a person': {
    ...person,
    act: ({ met }) => applyDearer(met),
    reason: /debit 151\.50|151\.50|no line of/,
  },
  'of two claims the one that is there is booked, and the other one sent': {
    act: ({ met, first }) => applySome(met, (line) => line.includes(first)),
    story: ['attempt unknown', 'reconciliation found', 'reconciliation absent', 'attempt accepted'],
    sends: [1, 2],
  },
};

/** Answers questions about `text` with nothing, for as long as `isBehind`. */
function lag(front: Front, text: string, isBehind: () => Promise<boolean>, times = 100): void {
  const empty = { edges: [], pageInfo: { hasNextPage: false } };
  front.meet({
    about: text,
    of: ({ carriesLines, path }) => !carriesLines && !path.includes('$batch'),
    times,
    act: async (met) => {
      if (!(await isBehind())) return passOn(met);
      met.answer(200, { value: [], data: { glImportItems: empty, journalEntries: empty } });
    },
  });
}

let areRemoved = (): void => undefined;
const removed = new Promise<void>((resolve) => {
  areRemoved = resolve;
});

const own: Readonly<Record<'business_central' | 'xledger', Faults>> = {
  business_central: {
    'a send that arrives late meets the next one, and nothing is booked twice': {
      act: ({ met, front, first }) =>
        // The first one is held, the dispatcher gives it up, asks, and sends again: only then …
        new Promise<void>((resolve) => {
          front.meet({
            about: first,
            act: async (next) => {
              await met.apply();
              await passOn(next);
              resolve();
            },
          });
        }),
      story: ['attempt unknown', 'reconciliation absent', ...found],
      sends: [2, 2],
    },
    'a read that lags costs a second look before the lines are sent, no second send': {
      act: async ({ met, front }) => {
        await met.apply();
        lag(front, businessCentral(met).journalId, () => Promise.resolve(true), 1);
      },
      story: ['attempt unknown', 'reconciliation absent', ...found],
    },
    'what is posted already is found in the ledger': {
      act: async ({ met }) => {
        await met.apply();
        await businessCentral(met).post();
      },
      type: 'toll',
      story: found,
    },
    'what was posted before its dimensions were set is for a person': {
      ...person,
      act: async ({ met }) => {
        await met.apply();
        await businessCentral(met).post();
      },
      reason: /in the ledger/,
    },
    'what was moved to another journal and posted there is found': {
      act: ({ met }) => businessCentral(met).postElsewhere('ELSEWHERE'),
      type: 'toll',
      story: found,
    },
    'what was moved to another journal, and waits there, is found': {
      act: async ({ met }) => {
        await businessCentral(met).createElsewhere('WAITING');
      },
      type: 'toll',
      story: found,
    },
    'what is in the ledger and in our journal is for a person': {
      ...person,
      act: async ({ met }) => {
        await businessCentral(met).postElsewhere('BYHAND');
        await met.apply();
      },
      reason: /both in the journal and in the ledger/,
    },
    'lines that were removed are absent, and sent again': {
      act: async ({ met }) => {
        await met.apply();
        await businessCentral(met).removeLines();
      },
      story: again,
      sends: [2, 2],
    },
    'a journal that was removed is for a person': {
      ...person,
      act: async ({ met }) => {
        await met.apply();
        await businessCentral(met).removeJournal();
      },
      reason: /the journal is gone/,
    },
  },
  xledger: {
    'a send that arrives late is found, and never sent again inside the quarantine': {
      act: ({ met, front, first }) =>
        new Promise<void>((resolve) => {
          let asked = 0;
          front.meet({
            about: first,
            of: ({ body }) => body.includes('glImportItems('),
            times: 2,
            act: async (question) => {
              asked += 1;
              // After the first answer, "absent", and before the second.
              if (asked === 2) await met.apply();
              await passOn(question);
              if (asked === 2) resolve();
            },
          });
        }),
      story: ['attempt unknown', 'reconciliation absent', 'reconciliation found'],
    },
    'a read that lags past the quarantine is not believed for one answer': {
      act: async ({ met, front, first }) => {
        await met.apply();
        lag(front, first, async () => {
          const { rows } = await pool.query(
            `select 1 from accounting.claim_reservations as r
               join accounting.claims as c on c.organisation_id = r.organisation_id
                and c.id = r.claim_id
              where c.reference = $1 and r.absent_at is not null`,
            [first],
          );
          return rows.length === 0;
        });
      },
      story: ['attempt unknown', 'reconciliation absent', 'reconciliation found'],
    },
    'what is there twice is for a person': {
      ...person,
      act: async ({ met }) => {
        await met.apply();
        await met.apply();
      },
      reason: /4 lines where|6 lines where/,
    },
    'items that were removed are absent, and sent again after the quarantine': {
      act: async ({ met, first, second }) => {
        await met.apply();
        for (const reference of [first, second]) world.xledger.removeItems(reference);
        areRemoved();
      },
      story: again,
      sends: [2, 2],
    },
    'what is booked already is found in the journal': {
      act: async ({ met }) => {
        await met.apply();
        // All that balances is booked, and what is booked can't be removed.
        await removed;
        world.xledger.book();
      },
      story: found,
    },
  },
};

const systems = [
  { organisation: world.hlf, behind: world.businessCentral.url },
  { organisation: world.blindeforbundet, behind: world.xledger.url },
];
const fronts = await Promise.all(systems.map(({ behind }) => startFront(t, behind)));
for (const [index, { organisation }] of systems.entries()) {
  await world.apply(organisation, world.addresses(organisation, fronts[index]?.port ?? 0));
}
await startDispatcher(t, { environment: { ...world.environment, CONCURRENCY: '20' } });

for (const [index, { organisation }] of systems.entries()) {
  const front = fronts[index];
  if (front === undefined) throw new Error('there is no front');
  for (const [name, fault] of Object.entries({ ...either, ...own[organisation.system] })) {
    void t.test(`${organisation.system}: ${name}`, async (t) => {
      const claims = await world.putClaims(organisation, 2, { type: fault.type ?? 'mileage' });
      const [first = '', second = ''] = claims.map(({ reference }) => reference);
      const sends = () => [front.sends(first), front.sends(second)];
      front.meet({
        about: first,
        act: async (met) => {
          await fault.act({ met, front, first, second });
          hangUp(met);
        },
      });
      const runId = await world.request(organisation, claims);
      const ended = ['exported', 'needs_review', 'failed', 'partially_exported'];
      const { state } = await world.runIs(runId, ended, { timeoutMs: 60_000 });
      t.same(withoutRepeats(story(await world.trail(runId))), fault.story);
      t.equal(state, fault.state ?? 'exported');
      t.same(sends(), fault.sends ?? [1, 1], 'the lines are sent no more often than that');
      if (fault.reason === undefined) {
        t.same(
          [first, second].map((one) => organisation.effects(one)),
          [1, 1],
          'in the books once',
        );
        return;
      }
      const told = await pool.query<{ kind: string; reason: string }>(
        'select kind, reason from api.export_attention where run_id = $1',
        [runId],
      );
      t.match(told.rows, [{ kind: 'needs_review', reason: fault.reason }], 'and says why');
      const held = await pool.query(
        `select 1 from accounting.claim_reservations
          where run_id = $1 and released_at is null and verdict = 'exportable'`,
        [runId],
      );
      t.equal(held.rowCount, 2, 'no claim of it is free for another run');
    });
  }
}

/** The story without what is said again. */
function withoutRepeats(told: readonly string[]): string[] {
  return told.filter((one, index) => one !== told[index - 1]);
}

t.end();
