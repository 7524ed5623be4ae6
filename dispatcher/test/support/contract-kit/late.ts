/** A request that is applied after we gave it up, and whether a second send collides with it. */
import type { Test } from 'tap';
import type { HttpRequest } from '../../../http.ts';
import { batchOf, claim } from './claims.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { httpOf } from './stage.ts';
import type { Stage } from './stage.ts';
import { lies, next } from './truth.ts';

export async function late(t: Test, stage: Stage): Promise<void> {
  const { sandbox, system } = stage;
  const proxy = await startCuttingProxy(httpOf(stage).origin);
  t.teardown(() => proxy.close());
  const one = claim(1);
  const batch = batchOf(sandbox.setup([one], proxy.origin));
  const effects = () => sandbox.effects(one.reference);
  const pass = () => void proxy.begin(null);

  /** Sends with the lines held up under way. */
  async function sendAndHold(t: Test) {
    sandbox.reset();
    const dry = await stage.submit(t, batch, { before: pass });
    const lines = dry.made.findIndex(({ booked }) => booked.length > 0);
    const { url, method } = dry.made[lines]?.request ?? { url: '', method: '' };
    sandbox.reset();
    const { results } = await stage.submit(t, batch, {
      before: (index) => void proxy.begin(index === lines ? 'hold' : null),
    });
    pass();
    t.match(results, [{ outcome: 'unknown', failure: null }], 'it may be under way');
    t.equal(effects(), 0);
    const again = next(batch, results);
    const { answers } = await stage.ask(t, again, { before: pass });
    t.match(answers, [{ outcome: 'absent', collides: system.promise === 'R1' }]);
    const isLines = (request: HttpRequest) =>
      request.carriesLines === true && request.method === method && sameKind(request.url, url);
    return { again, isLines };
  }

  void t.test('is found once it is there, and not sent again', async (t) => {
    const { again } = await sendAndHold(t);
    await proxy.release();
    t.equal(effects(), 1);
    t.match((await stage.ask(t, again, { before: pass })).answers, [{ outcome: 'found' }]);
    t.same(lies(sandbox, batch, await stage.submit(t, again, { before: pass })), []);
    t.equal(effects(), 1);
  });

  if (system.promise === 'R2') return;

  void t.test('collides with a second send that came before it', async (t) => {
    const { again } = await sendAndHold(t);
    const { results } = await stage.submit(t, again, { before: pass });
    t.match(results, [{ outcome: 'accepted' }]);
    await proxy.release();
    t.equal(effects(), 1, 'what comes late books nothing');
    t.match((await stage.ask(t, again, { before: pass })).answers, [{ outcome: 'found' }]);
  });

  void t.test('collides with a second send that is about to come', async (t) => {
    const { again, isLines } = await sendAndHold(t);
    let isReleased = false;
    const attempt = await stage.submit(t, again, {
      isLate: true,
      before: async (_, request) => {
        pass();
        if (isReleased || !isLines(request)) return;
        isReleased = true;
        await proxy.release();
      },
    });
    t.ok(isReleased, 'the first came between the look and the second');
    t.equal(effects(), 1);
    t.same(lies(sandbox, batch, { ...attempt, before: new Map([[one.reference, 1]]) }), []);
    t.ok(
      attempt.results.every(({ outcome }) => outcome === 'unknown' || outcome === 'accepted'),
      'a key that is taken is no refusal',
    );
    t.match((await stage.ask(t, again, { before: pass })).answers, [{ outcome: 'found' }]);
  });
}

/** Ids in a path differ from run to run. */
function sameKind(one: string, other: string): boolean {
  const kind = (url: string) => new URL(url).pathname.replaceAll(/[0-9a-f-]{36}/gi, '');
  return kind(one) === kind(other);
}
