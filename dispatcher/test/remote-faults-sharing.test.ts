/** What several runs, dispatchers or organisations share: tokens, hands, and one that hangs. */
import t from 'tap';

import { checkBooks, requestClaims, type Runs } from './support/books.ts';
import { startDispatcher } from './support/dispatcher-process.ts';
import { passOn, startFront, type Front, type FrontRequest } from './support/front.ts';
import {
  startTwoOrganisations,
  story,
  type TwoOrganisations,
} from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

t.jobs = 2;

const isSignIn = ({ path }: FrontRequest) => path.endsWith('/token');

async function frontOfHlf(t: Parameters<typeof startFront>[0], world: TwoOrganisations) {
  const front = await startFront(t, world.businessCentral.url);
  await world.apply(world.hlf, world.addresses(world.hlf, front.port));
  return front;
}

const signIns = (front: Front) => front.requests.filter(isSignIn).length;

void t.test('a token that dies between two envelopes is renewed in the same attempt', async (t) => {
  const world = await startTwoOrganisations(t, { lease_ms: 21_000, send_timeout_ms: 20_000 });
  const front = await frontOfHlf(t, world);
  await startDispatcher(t, world);
  // Three lines each, a hundred to an envelope.
  const claims = await world.putClaims(world.hlf, 40);
  front.meet({
    act: async (met) => {
      const { status, headers, text } = await met.apply();
      world.businessCentral.revokeTokens();
      met.response.writeHead(status, headers).end(text);
    },
  });
  const runId = await world.request(world.hlf, claims);
  await world.runIs(runId, ['exported'], { timeoutMs: 30_000 });
  t.same(
    story(await world.trail(runId)),
    ['attempt accepted', 'attempt accepted'],
    'one an envelope',
  );
  t.match(await world.run(runId), { attempt_no: 1, charged_attempts: 1 });
  t.equal(signIns(front), 2);
  t.same(
    claims.map(({ reference }) => [front.sends(reference), world.hlf.effects(reference)]),
    claims.map(() => [1, 1]),
  );
});

void t.test('a token that dies under two dispatchers at once costs no attempt', async (t) => {
  const world = await startTwoOrganisations(t, {
    lease_ms: 21_000,
    send_timeout_ms: 20_000,
    max_attempts: 1,
  });
  const front = await frontOfHlf(t, world);
  let goOn = (): void => undefined;
  const isDead = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let held = 0;
  front.meet({
    times: 4,
    act: async (met) => {
      held += 1;
      await isDead;
      await passOn(met);
    },
  });
  const runs: Runs = new Map();
  const runIds: string[] = [];
  for (let i = 0; i < 8; i += 1) runIds.push(await requestClaims(world, runs, world.hlf, 1));
  // Two hands each, four runs at once: both have two under way.
  for (const name of ['one', 'two']) {
    await startDispatcher(t, {
      environment: { ...world.environment, DISPATCHER_NAME: name, CONCURRENCY: '2' },
    });
  }
  await waitFor(() => held === 4, { what: 'four requests with lines' });
  const before = signIns(front);
  world.businessCentral.revokeTokens();
  goOn();
  await checkBooks(t, world, runs);
  t.same(
    await Promise.all(runIds.map(async (runId) => story(await world.trail(runId)))),
    runIds.map(() => ['attempt accepted']),
    'each in its one attempt',
  );
  const more = signIns(front) - before;
  t.ok(more >= 2 && more <= 4, `${more} tokens for two dispatchers and four attempts`);
  const { rows } = await world.database.pool.query<{ actor: string }>(
    'select distinct actor from accounting.export_runs order by actor',
  );
  t.same(rows, [{ actor: 'one' }, { actor: 'two' }]);
});

for (const hung of ['business_central', 'xledger'] as const) {
  void t.test(`while ${hung} hangs, the other organisation is served`, async (t) => {
    const world = await startTwoOrganisations(t, {
      lease_ms: 31_000,
      send_timeout_ms: 30_000,
      max_concurrency: 3,
    });
    const [organisation, other] =
      hung === 'xledger' ? [world.blindeforbundet, world.hlf] : [world.hlf, world.blindeforbundet];
    const behind = hung === 'xledger' ? world.xledger.url : world.businessCentral.url;
    const front = await startFront(t, behind);
    await world.apply(organisation, world.addresses(organisation, front.port));
    let goOn = (): void => undefined;
    const isBack = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    front.meet({ of: () => true, times: 1000, act: async (met) => passOn((await isBack, met)) });
    await startDispatcher(t, { environment: { ...world.environment, CONCURRENCY: '4' } });

    const runs: Runs = new Map();
    for (let i = 0; i < 12; i += 1) await requestClaims(world, runs, organisation, 1);
    const held = async (): Promise<number> => {
      const { rows } = await world.database.pool.query(
        `select 1 from accounting.export_requests
          where organisation_id = $1 and state = 'sending'`,
        [organisation.id],
      );
      return rows.length;
    };
    await waitFor(async () => (await held()) === 3, { what: 'as many to hang as may' });
    for (let i = 0; i < 5; i += 1) {
      await world.runIs(await requestClaims(world, runs, other, 1), ['exported']);
    }
    t.equal(await held(), 3, 'no more than that hang, and all of them still do');
    t.equal(front.requests.filter(({ carriesLines }) => carriesLines).length, 0);
    goOn();
    await checkBooks(t, world, runs);
  });
}

t.end();
