/**
 * Refusals: of what was sent (rejected, released, told), of us (paused, nothing charged), for now
 * (told to wait), and of a token. Each fault meets a run of its own.
 */
import { createServer } from 'node:http';
import t, { type Test } from 'tap';

import { startDispatcher } from './support/dispatcher-process.ts';
import { startFront, type Front, type Met } from './support/front.ts';
import {
  startTwoOrganisations,
  story,
  type Organisation,
  type TwoOrganisations,
} from './support/two-organisations.ts';
import { waitFor } from './support/wait-for.ts';

t.jobs = 2;

interface Place {
  readonly organisation: Organisation;
  readonly front: Front;
}

async function startWorld(t: Test): Promise<{ world: TwoOrganisations; places: Place[] }> {
  const world = await startTwoOrganisations(t, {
    max_attempts: 2,
    lease_ms: 9000,
    send_timeout_ms: 8000,
  });
  const behind = [world.businessCentral.url, world.xledger.url];
  const places = await Promise.all(
    [world.hlf, world.blindeforbundet].map(async (organisation, index) => {
      const front = await startFront(t, behind[index] ?? '');
      await world.apply(organisation, world.addresses(organisation, front.port));
      return { organisation, front };
    }),
  );
  await startDispatcher(t, world);
  return { world, places };
}

/** A run of one claim whose request with lines is dealt with by `act`. */
async function requestOne(
  world: TwoOrganisations,
  { organisation, front }: Place,
  act: (met: Met) => unknown,
  times = 1,
) {
  const claims = await world.putClaims(organisation, 1);
  const reference = claims[0]?.reference ?? '';
  front.meet({ about: reference, act: async (met) => void (await act(met)), times });
  return { claims, reference, runId: await world.request(organisation, claims) };
}

void t.test('what is refused', async (t) => {
  t.jobs = 2;
  const { world, places } = await startWorld(t);
  const { pool } = world.database;
  const refusal = {
    error: { code: 'Application_DialogException', message: 'Rule 4711 says no' },
    errors: [{ message: 'Rule 4711 says no', extensions: { code: 'INVALID_VALUE' } }],
  };
  const trap = createServer((_, response) => response.end('{}'));
  let trapped = 0;
  trap.on('request', () => (trapped += 1));
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  t.teardown(() => trap.close());
  const location = `http://127.0.0.1:${(trap.address() as { port: number }).port}/`;

  const pause = async (organisation: Organisation) => {
    const { rows } = await pool.query<{ reason: string }>(
      `select reason from api.export_attention where organisation_id = $1 and kind = 'paused'`,
      [organisation.id],
    );
    return rows[0]?.reason ?? null;
  };

  await Promise.all(
    places.map(async (place) => {
      const { organisation, front } = place;
      const { system } = organisation;

      for (const status of [400, 413, 415, 422]) {
        await t.test(`${system}: ${status} rejects the claim, says why and frees it`, async (t) => {
          const { claims, reference, runId } = await requestOne(world, place, (met) =>
            met.answer(status, refusal),
          );
          await world.runIs(runId, ['rejected']);
          t.same(story(await world.trail(runId)), ['attempt rejected']);
          const told = await pool.query(
            'select outcome, error from api.export_claims where run_id = $1',
            [runId],
          );
          t.match(told.rows, [{ outcome: 'rejected', error: /Rule 4711 says no/ }]);
          t.equal(organisation.effects(reference), 0);
          const again = await world.request(organisation, claims);
          await world.runIs(again, ['exported']);
          t.same([front.sends(reference), organisation.effects(reference)], [2, 1]);
        });
      }

      for (const status of [401, 403, 404, 405, 301, 302, 307, 308]) {
        await t.test(
          `${system}: ${status} pauses, costs no attempt and is not followed`,
          async (t) => {
            // More often than there are attempts: it is resumed and refused again.
            const times = status === 401 ? 6 : 3;
            const { reference, runId } = await requestOne(
              world,
              place,
              (met) => met.answer(status, '', { location, 'www-authenticate': 'Bearer' }),
              times,
            );
            for (let refused = 1; refused <= 3; refused += 1) {
              await waitFor(async () => (await pause(organisation)) !== null, {
                what: 'the pause',
              });
              t.match(await world.run(runId), {
                state: 'retry_wait',
                attempt_no: refused,
                charged_attempts: 0,
              });
              t.equal(front.sends(reference), status === 401 ? refused * 2 : refused);
              await pool.query('select accounting.resume_integration($1, $2)', [
                organisation.id,
                system,
              ]);
            }
            await world.runIs(runId, ['exported']);
            t.same(story(await world.trail(runId)), [
              'attempt not_applied',
              'attempt not_applied',
              'attempt not_applied',
              'attempt accepted',
            ]);
            t.equal(organisation.effects(reference), 1);
          },
        );
      }

      await t.test(`${system}: one 401 is met by one more try in the same attempt`, async (t) => {
        const { reference, runId } = await requestOne(world, place, (met) => met.answer(401, ''));
        await world.runIs(runId, ['exported']);
        t.same(story(await world.trail(runId)), ['attempt accepted']);
        t.same([front.sends(reference), organisation.effects(reference)], [2, 1]);
        t.equal(await pause(organisation), null);
      });
    }),
  );
  t.equal(trapped, 0, 'no redirect was followed');
});

void t.test('what is told to wait', async (t) => {
  const { world, places } = await startWorld(t);
  const { pool } = world.database;
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();
  /** What `retry-after` says, and how many seconds the run then waits at least; null: not for that. */
  const forms: Readonly<Record<string, readonly [() => string, number | null]>> = {
    seconds: [() => '120', 120],
    'a date': [() => at(90), 89],
    'a date in the past': [() => at(-3600), null],
    'seconds below zero': [() => '-1', null],
    'more seconds than anybody has': [() => '1000000000000', 86_400],
    words: [() => 'soon 1', null],
    'half a second': [() => '0.5', null],
  };
  await Promise.all(
    places.flatMap((place) =>
      Object.entries(forms).map(async ([name, [told, least]]) => {
        const { organisation, front } = place;
        const { reference, runId } = await requestOne(world, place, (met) =>
          met.answer(429, '', { 'retry-after': told() }),
        );
        const said = `${organisation.system}: told to wait ${name}`;
        if (least === null) {
          await world.runIs(runId, ['exported'], { timeoutMs: 60_000 });
          t.equal(organisation.effects(reference), 1, `${said}, it goes on by its own backoff`);
          return;
        }
        await world.runIs(runId, ['retry_wait']);
        const { rows } = await pool.query<{ wait: number; lease_id: string | null }>(
          `select extract(epoch from e.next_attempt_at - x.recorded_at)::float8 as wait, e.lease_id
             from accounting.export_requests as e
             join accounting.export_runs as x using (organisation_id, run_id)
            where e.run_id = $1`,
          [runId],
        );
        t.match(rows, [{ lease_id: null }], `${said}, it is put down after one attempt`);
        const wait = rows[0]?.wait ?? 0;
        t.ok(wait >= least - 1 && wait < least + 5, `for ${wait} s`);
        t.same([front.sends(reference), organisation.effects(reference)], [1, 0]);
      }),
    ),
  );
});

t.end();
