/** What each answer, or none, makes of an attempt and of a question (docs/states.md, DESIGN's table). */
import type { Test } from 'tap';
import type { FaultInput } from '../../../../sandbox/faults.ts';
import type { AttemptOutcome, Failure } from '../../../adapters/adapter.ts';
import type { Credential } from '../../../credentials.ts';
import { claim } from './claims.ts';
import { startCuttingProxy } from './cutting-proxy.ts';
import { httpOf, sentence } from './stage.ts';
import type { Stage } from './stage.ts';
import { batchOf } from './claims.ts';
import { goOn, lies } from './truth.ts';

type Row = readonly [FaultInput, AttemptOutcome, Failure | null, (number | null | undefined)?];

const PAGE = '<html><body>Something in between</body></html>';

/** A request that carries lines is answered so. */
function table(refusal: Record<string, unknown>): readonly Row[] {
  const status = (given: number, more: Partial<FaultInput> = {}): FaultInput => ({
    kind: 'status',
    status: given,
    ...more,
  });
  return [
    [status(429), 'not_applied', 'throttled', null],
    [status(429, { retry_after: '7' }), 'not_applied', 'throttled', 7_000],
    [status(401, { times: 2 }), 'not_applied', 'configuration'],
    [status(401), 'accepted', null],
    ...[403, 404, 405, 301, 302, 307, 308].map((given): Row => [
      status(given),
      'not_applied',
      'configuration',
    ]),
    ...[400, 422].map((given): Row => [status(given, { body: refusal }), 'rejected', null]),
    // Given before a body is read.
    ...[413, 415].map((given): Row => [status(given), 'rejected', null]),
    ...[400, 422].map((given): Row => [status(given, { body: PAGE }), 'unknown', null]),
    ...[408, 409, 418, 500, 502, 503, 504, 599].flatMap((given): Row[] => [
      [status(given), 'unknown', null],
      [status(given, { apply: true }), 'unknown', null],
    ]),
    ...[PAGE, '', '[]', 'null', '"yes"', {}, { ok: true }].flatMap((body): Row[] => [
      [status(200, { body }), 'unknown', null],
      [status(200, { body, apply: true }), 'unknown', null],
    ]),
    ...(['drop_before', 'drop_after', 'drop_midway', 'truncate_body'] as const).map((kind): Row => [
      { kind },
      'unknown',
      null,
    ]),
  ];
}

export function answers(t: Test, stage: Stage): Promise<void> {
  const { sandbox, system } = stage;
  const http = httpOf(stage);
  const [one, two] = [claim(1), claim(2)];

  async function meets(t: Test, row: Row, title: string): Promise<void> {
    const [fault, outcome, failure, retryAfterMs] = row;
    sandbox.reset();
    http.faults.add({ ...http.lines, ...fault });
    const waiting = http.faults.list();
    const batch = stage.batch([one, two]);
    const attempt = await stage.submit(t, batch);
    const { results } = attempt;
    t.notSame(
      http.faults.list(),
      waiting,
      `a request meets the fault: see \`lines\` of the harness`,
    );
    const told = results.find(({ claimIds }) => claimIds.includes(one.claim_id));
    const expected = { outcome, failure, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
    t.match(told, expected, title);
    t.same(lies(sandbox, batch, attempt), [], title);
    if (outcome === 'rejected') return;
    http.faults.clear();
    t.same(await goOn(system, sandbox, batch, results), [], `${title}: and then`);
  }

  void t.test('understands every class of answer to lines, and goes on from it', async (t) => {
    for (const row of table(http.refusal)) await meets(t, row, JSON.stringify(row[0]));
  });

  for (const { title, fault, outcome, failure, retryAfterMs } of http.ownAnswers) {
    void t.test(`understands ${title}`, (t) =>
      meets(t, [fault, outcome, failure, retryAfterMs], title),
    );
  }

  void t.test('calls nothing not_applied or rejected once the lines are out', async (t) => {
    sandbox.reset();
    const dry = await stage.submit(t, stage.batch([one]));
    const booking = dry.made.findIndex(({ booked }) => booked.length > 0);
    for (const status of [400, 401, 403, 404, 429, 500]) {
      sandbox.reset();
      http.faults.add({ kind: 'status', status, skip: booking + 1, times: 4 });
      const batch = stage.batch([one]);
      const { results } = await stage.submit(t, batch);
      t.ok(
        results.every(({ outcome }) => outcome === 'unknown' || outcome === 'accepted'),
        `reading back meets ${status}`,
      );
      http.faults.clear();
      t.same(await goOn(system, sandbox, batch, results), []);
    }
  });

  void t.test('lets a refused question reject, find and release no claim', async (t) => {
    for (const [status, failure] of [
      [400, 'configuration'],
      [401, 'configuration'],
      [403, 'configuration'],
      [404, 'configuration'],
      [405, 'configuration'],
      [302, 'configuration'],
      [429, 'throttled'],
      [408, null],
      [500, null],
      [503, null],
      [200, null],
    ] as const) {
      sandbox.reset();
      const fault = { ...http.questions, kind: 'status', status, times: 9 } as const;
      const body = status === 200 ? PAGE : status === 400 ? http.refusal : undefined;
      http.faults.add(body === undefined ? fault : { ...fault, body });
      const waiting = http.faults.list();
      const batch = stage.batch([one]);
      const { answers: told } = await stage.ask(t, batch);
      t.notSame(http.faults.list(), waiting, 'a question meets it: see `questions` of the harness');
      t.match(told, [{ outcome: 'unclear', needsPerson: false, failure }], `asked: ${status}`);
      const attempt = await stage.submit(t, batch);
      t.same(lies(sandbox, batch, attempt), []);
      t.notMatch(attempt.results, [{ outcome: 'rejected' }], `a look before sending: ${status}`);
    }
  });

  sentence(t, stage, 'is unreachable where nothing was written', async (t) => {
    const proxy = await startCuttingProxy(http.origin);
    await proxy.close();
    const closed = batchOf(sandbox.setup([one], proxy.origin));
    const plain = batchOf(sandbox.setup([one], http.origin.replace('http:', 'https:')));
    for (const batch of [closed, plain]) {
      t.match((await stage.submit(t, batch)).results, [
        { outcome: 'not_applied', failure: 'unreachable', httpStatus: null, wireSha256: null },
      ]);
      t.match((await stage.ask(t, batch)).answers, [
        { outcome: 'unclear', failure: 'unreachable', needsPerson: false },
      ]);
    }
  });

  sentence(t, stage, 'pauses for a secret that is not taken, and never says it', async (t) => {
    const foreign: Credential =
      'token' in system.credential ? { client_id: 'a', client_secret: 'b' } : { token: 'a' };
    for (const credential of [system.wrongCredential, foreign]) {
      const batch = stage.batch([one]);
      const given = { credential };
      t.match((await stage.submit(t, batch, given)).results, [
        { outcome: 'not_applied', failure: 'configuration' },
      ]);
      t.match((await stage.ask(t, batch, given)).answers, [
        { outcome: 'unclear', failure: 'configuration' },
      ]);
    }
    t.equal(sandbox.effects(one.reference), 0);
  });

  sentence(t, stage, 'writes no lines once the lease is lost', async (t) => {
    const batch = stage.batch([one, two]);
    const { results } = await stage.submit(t, batch, { mayWrite: () => false });
    t.ok(results.every(({ outcome, wireSha256 }) => outcome === 'not_applied' && !wireSha256));
    t.same([sandbox.effects(one.reference), sandbox.effects(two.reference)], [0, 0]);
  });

  sentence(t, stage, 'sends the same bytes when it sends again', async (t) => {
    const batch = stage.batch([one, two]);
    const sent: (string | undefined)[] = [];
    for (let round = 0; round < 2; round += 1) {
      http.faults.add({ ...http.lines, kind: 'status', status: 429 });
      const { made } = await stage.submit(t, { ...batch, attemptNo: 1 + round });
      sent.push(made.filter(({ request }) => request.carriesLines).at(-1)?.request.body);
    }
    t.ok(sent[0]);
    t.equal(sent[0], sent[1]);
  });

  return Promise.resolve();
}
