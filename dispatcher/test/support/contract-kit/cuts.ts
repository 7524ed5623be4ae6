/** The connection is cut at every region of every request and answer. */
import type { Test } from 'tap';
import { batchOf, claim } from './claims.ts';
import { headOf, startCuttingProxy } from './cutting-proxy.ts';
import type { Cut, CuttingProxy, Exchange } from './cutting-proxy.ts';
import type { Made } from './run.ts';
import { httpOf } from './stage.ts';
import type { Stage } from './stage.ts';
import { goOn, lies, outcomeOf, wrongAnswers } from './truth.ts';

export async function cuts(t: Test, stage: Stage): Promise<void> {
  const { sandbox, system } = stage;
  const proxy = await startCuttingProxy(httpOf(stage).origin);
  t.teardown(() => proxy.close());
  const claims = [claim(1), claim(2)];
  const healthy = stage.batch(claims);
  const through = batchOf(sandbox.setup(claims, proxy.origin));

  void t.test('tells no lie wherever sending is cut, and goes on from there', async (t) => {
    sandbox.reset();
    const exchanges: Exchange[] = [];
    const dry = await stage.submit(t, through, {
      before: () => void exchanges.push(proxy.begin(null)),
    });
    /** By claim: the request that carries its lines. */
    const carriers = new Map(
      claims.map(({ claim_id, reference }) => [
        claim_id,
        dry.made.findIndex(({ booked }) => booked.includes(reference)),
      ]),
    );
    t.ok([...carriers.values()].every((at) => at >= 0));
    t.equal(dry.made.length, exchanges.length);
    for (const [index, exchange] of exchanges.entries()) {
      for (const [where, cut] of regionsOf(exchange)) {
        const title = `${nameOf(dry.made[index])}, ${where}`;
        sandbox.reset();
        const attempt = await stage.submit(t, through, {
          before: (at) => void proxy.begin(at === index ? cut : null),
        });
        await proxy.settled();
        proxy.begin(null);
        for (const [claimId, carrier] of carriers) {
          const outcome = outcomeOf(attempt.results, claimId) ?? 'nothing';
          const allowed = allowedOutcomes(index - carrier);
          t.ok(allowed.includes(outcome), `${title}: ${outcome}, of ${allowed.join()}`);
        }
        t.same(lies(sandbox, through, attempt), [], title);
        t.same(await goOn(system, sandbox, healthy, attempt.results), [], `${title}: and then`);
      }
    }
    t.comment(`${exchanges.length} requests were cut`);
  });

  for (const isBooked of [true, false]) {
    const state = isBooked ? 'booked' : 'absent';
    void t.test(`tells no lie wherever asking is cut: ${state}`, async (t) => {
      sandbox.reset();
      if (isBooked) await stage.submit(t, healthy);
      const { exchanges, made } = await recorded(t, stage, proxy);
      for (const [index, exchange] of exchanges.entries()) {
        for (const [where, cut] of regionsOf(exchange)) {
          const title = `${nameOf(made[index])}, ${where}`;
          const { answers } = await stage.ask(t, through, {
            before: (at) => void proxy.begin(at === index ? cut : null),
          });
          await proxy.settled();
          proxy.begin(null);
          t.same(wrongAnswers(sandbox, through, answers), [], title);
          t.ok(
            answers.every(({ outcome, needsPerson }) => outcome !== 'absent' && !needsPerson),
            `${title}: what was not read proves nothing`,
          );
        }
      }
      const { answers } = await stage.ask(t, healthy);
      t.ok(answers.every(({ outcome }) => outcome === (isBooked ? 'found' : 'absent')));
    });
  }
}

async function recorded(t: Test, stage: Stage, proxy: CuttingProxy) {
  const claims = [claim(1), claim(2)];
  const exchanges: Exchange[] = [];
  const { made } = await stage.ask(t, batchOf(stage.sandbox.setup(claims, proxy.origin)), {
    before: () => void exchanges.push(proxy.begin(null)),
  });
  return { exchanges, made };
}

/**
 * Apart from what the books contradict.
 *
 * @param place of the cut request: below 0, before the lines; 0, the lines; above, after them
 */
function allowedOutcomes(place: number): readonly string[] {
  if (place < 0) return ['not_applied', 'unknown', 'accepted'];
  // Something was written to a connected socket, and no whole answer came back.
  return place === 0 ? ['unknown'] : ['unknown', 'accepted'];
}

/** One cut in each region that an exchange has. */
function regionsOf({ request, answer }: Exchange): readonly (readonly [string, Cut])[] {
  return [...regions(request, 'request'), ...regions(answer, 'answer')];
}

function regions(bytes: Buffer, side: Cut['side']): (readonly [string, Cut])[] {
  const head = headOf(bytes) ?? bytes.length;
  const line = bytes.indexOf('\r\n') + 2;
  const points: Record<string, number> = {
    'before the first byte': 0,
    'in the first line': 4,
    'after the first line': line,
    'in the headers': Math.floor((line + head) / 2),
    'before the headers end': head - 2,
    'after the headers': head,
    'after a byte of the body': head + 1,
    'in the body': Math.floor((head + bytes.length) / 2),
    'before the last byte': bytes.length - 1,
  };
  const seen = new Set<number>();
  return Object.entries(points).flatMap(([name, after]) => {
    if (after >= bytes.length || seen.has(after)) return [];
    seen.add(after);
    return [[`${side} ${name}`, { side, after }] as const];
  });
}

function nameOf(made: Made | undefined): string {
  if (made === undefined) return 'a request';
  return `${made.request.method} ${new URL(made.request.url).pathname}`;
}
