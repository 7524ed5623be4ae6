/** Posting: only what was sent, once, and never told as done before the ledger was read. */
import t from 'tap';
import type { AnswerResult, Batch } from '../adapters/adapter.ts';
import { claim, startWorld, type World } from './support/business-central.ts';
import { editLine, linesOf, moveLines, personsJournal } from './support/business-central-person.ts';

const world = await startWorld();
t.teardown(() => world.sandbox.close());
t.beforeEach(() => world.sandbox.reset());

const [one, two] = [claim(1), claim(2)];
const POST = 'Microsoft.NAV.post';
const posts = ({ sandbox }: World = world) =>
  sandbox.requests.filter(({ path }) => path.includes(POST)).length;
const entries = ({ sandbox }: World = world) => sandbox.ledger()[0]?.entries ?? [];
const lines = () => world.journals()[0]?.lines ?? [];
const known = (results: readonly { externalIds: AnswerResult['externalIds'] }[]) =>
  results.flatMap(({ externalIds }) => Object.values(externalIds).flat());

/** A batch of an organisation that posts. */
function batchOf(claims: Parameters<World['batch']>[0], changes: Partial<Batch> = {}): Batch {
  const batch = world.batch(claims, { finish: 'now', ...changes });
  const settings = { ...batch.input.settings, post_journal: true };
  return { ...batch, input: { ...batch.input, settings } };
}

/** The same batch at another sandbox. */
function at({ sandbox }: World, batch: Batch): Batch {
  const settings = { ...batch.input.settings, token_url: sandbox.tokenUrl() };
  return { ...batch, endpoint: sandbox.apiBase(), input: { ...batch.input, settings } };
}

/** Lines and dimensions are in, and the attempt died before it posted. */
async function leaveUnposted(batch: Batch): Promise<void> {
  world.sandbox.faults.add({ kind: 'drop_before', method: 'PATCH', path: '/journals' });
  t.match(await world.submit(batch), [{ outcome: 'unknown' }]);
  t.equal(posts(), 0);
}

void t.test('posts once lines and dimensions agree, and tells the entries', async (t) => {
  const results = await world.submit(batchOf([one, two]));
  t.match(results, [{ outcome: 'accepted', httpStatus: 200, errorMessage: null }]);
  t.equal(posts(), 1);
  t.equal(entries().length, 6);
  t.match(entries()[0]?.dimensions, [{ code: 'AVDELING', value: '100' }]);
  t.same(results[0]?.externalIds, {
    run: [`journal:${world.journals()[0]?.id ?? ''}`],
    [one.claim_id]: entries()
      .slice(0, 3)
      .map(({ id }) => `entry:${id}`),
    [two.claim_id]: entries()
      .slice(3)
      .map(({ id }) => `entry:${id}`),
  });
  t.match(await world.ask(batchOf([one, two], { knownExternalIds: known(results) })), [
    { outcome: 'found' },
    { outcome: 'found' },
  ]);
});

void t.test('posts nothing where the organisation leaves it to a person', async (t) => {
  t.match(await world.submit(world.batch([one])), [{ outcome: 'accepted' }]);
  t.match(await world.ask(world.batch([one], { finish: 'now' })), [{ outcome: 'found' }]);
  t.equal(posts(), 0);
});

void t.test('posts after the last envelope, all of them at once', async (t) => {
  const results = await world.submit(batchOf([claim(1, 90), claim(2, 90)]));
  t.match(results, [
    { outcome: 'accepted', envelopeNo: 1 },
    { outcome: 'accepted', envelopeNo: 2 },
  ]);
  t.equal(posts(), 1);
  t.equal(entries().length, 182);
});

void t.test('posts beside a refused claim, once its siblings are in', async (t) => {
  const wrong = claim(3, 2, 'wrong');
  t.match(await world.submit(batchOf([one, wrong])), [
    { outcome: 'rejected', claimIds: [wrong.claim_id] },
    { outcome: 'not_applied', claimIds: [one.claim_id] },
  ]);
  t.equal(posts(), 0);
  const rest = batchOf([one, wrong], { openClaimIds: [one.claim_id] });
  t.match(await world.submit(rest), [{ outcome: 'accepted', claimIds: [one.claim_id] }]);
  t.equal(posts(), 1);
});

void t.test('leaves a journal open as long as claims of its run are to be sent', async (t) => {
  const [first, second] = [claim(1, 90), claim(2, 90)];
  const open = [second.claim_id];
  world.sandbox.faults.add({ kind: 'status', status: 503, path: '\\$batch', skip: 2 });
  const results = await world.submit(batchOf([first, second]));
  t.match(results, [
    { outcome: 'unknown', claimIds: [second.claim_id] },
    { outcome: 'accepted', claimIds: [first.claim_id] },
  ]);
  const left = batchOf([first, second], { openClaimIds: open, knownExternalIds: known(results) });
  t.match(await world.ask(left), [{ outcome: 'absent', collides: false }]);
  t.equal(posts(), 0);
  t.match(await world.submit(left), [{ outcome: 'accepted', claimIds: open }]);
  t.equal(posts(), 1);
  for (const { reference } of [first, second]) t.equal(world.sandbox.effects(reference), 1);
  t.equal(entries().length, 182);
});

void t.test('a post that failed leaves its claims unknown, and their lines', async (t) => {
  const refusal = (code: string, message: string) => ({
    status: 400,
    body: { error: { code, message } },
  });
  const cases = [
    [refusal('Application_DialogException', 'There is nothing to post.'), false, null],
    [refusal('Application_DialogException', 'is out of balance by 10.00.'), true, null],
    [refusal('Application_DialogException', 'is not within your range …'), true, null],
    [refusal('Application_FieldValidationException', 'must have a value'), true, null],
    [{ status: 403 }, true, null],
    [{ status: 401, times: 2 }, false, 'configuration'],
    [{ status: 429 }, false, 'throttled'],
    [{ status: 404 }, false, null],
    [{ status: 503, retry_after: '7' }, true, null],
    [{ status: 504 }, true, null],
  ] as const;
  for (const [fault, needsPerson, failure] of cases) {
    world.sandbox.reset();
    const label = JSON.stringify(fault);
    const met = { kind: 'status', path: POST, ...fault } as const;
    world.sandbox.faults.add(met);
    const sent = await world.submit(batchOf([one]));
    t.match(sent, [{ outcome: 'unknown', failure: null, httpStatus: fault.status }], label);
    t.equal(entries().length, 0);
    t.equal(lines().length, 3, 'the lines are left');
    world.sandbox.faults.add(met);
    const batch = batchOf([one], { knownExternalIds: known(sent) });
    t.match(await world.ask(batch), [{ outcome: 'unclear', needsPerson, failure }], label);
    t.match(await world.ask(batch), [{ outcome: 'found' }], 'asked again, it is posted');
    t.equal(world.sandbox.effects(one.reference), 1);
  }
});

void t.test('a closed period is for a person, who may open it', async (t) => {
  const closed = await startWorld({ companies: [{ allowedFrom: '2026-04-01' }] });
  t.teardown(() => closed.sandbox.close());
  const batch = at(closed, batchOf([one]));
  t.match(await closed.submit(batch), [{ outcome: 'unknown', errorMessage: /allowed posting/ }]);
  t.match(await closed.ask(batch), [
    { outcome: 'unclear', needsPerson: true, errorMessage: /allowed posting dates/ },
  ]);
  t.match(await closed.ask({ ...batch, finish: 'later' }), [
    { outcome: 'unclear', needsPerson: false, errorMessage: /may still be posting/ },
  ]);
  t.equal(posts(closed), 2);
});

void t.test('an answer that got lost is found in the ledger', async (t) => {
  for (const fault of [
    { kind: 'drop_after' },
    { kind: 'status', status: 504, apply: true },
  ] as const) {
    world.sandbox.reset();
    world.sandbox.faults.add({ ...fault, path: POST });
    const sent = await world.submit(batchOf([one]));
    t.match(sent, [{ outcome: 'unknown' }]);
    for (const finish of ['now', 'later', 'person', 'no'] as const) {
      const batch = batchOf([one], { finish, knownExternalIds: known(sent) });
      t.match(await world.ask(batch), [{ outcome: 'found' }], finish);
    }
    t.equal(posts(), 1, 'and not posted again');
    t.match(await world.submit(batchOf([one])), [{ outcome: 'unknown', wireSha256: null }]);
    t.equal(world.sandbox.effects(one.reference), 1);
  }
});

void t.test('what a lost attempt left unposted, a question posts when it may', async (t) => {
  await leaveUnposted(batchOf([one]));
  t.match(await world.ask(batchOf([one], { finish: 'later' })), [
    { outcome: 'unclear', needsPerson: false, collides: false, errorMessage: /may still/ },
  ]);
  t.match(await world.ask(batchOf([one], { finish: 'person' })), [
    { outcome: 'unclear', needsPerson: true },
  ]);
  t.match(await world.ask(batchOf([one], { finish: 'no' })), [{ outcome: 'found' }]);
  t.equal(posts(), 0);
  const [answer] = await world.ask(batchOf([one]));
  t.match(answer, { outcome: 'found' });
  t.match(answer?.externalIds[one.claim_id], [/^entry:/, /^entry:/, /^entry:/]);
  t.equal(posts(), 1);
});

void t.test('a question posts nothing beside what is absent or for a person', async (t) => {
  await leaveUnposted(batchOf([one, two], { openClaimIds: [one.claim_id] }));
  const both = batchOf([one, two]);
  t.match(await world.ask(both), [
    { outcome: 'found', claimIds: [one.claim_id] },
    { outcome: 'absent', claimIds: [two.claim_id], collides: false },
  ]);
  world.sandbox.reset();
  await leaveUnposted(both);
  const [line] = lines();
  if (line !== undefined) await editLine(world, line, { amount: 7 });
  t.match(await world.ask(both), [
    { outcome: 'unclear', claimIds: [one.claim_id], needsPerson: true },
    { outcome: 'unclear', claimIds: [two.claim_id], needsPerson: false },
  ]);
  t.equal(posts(), 0);
});

void t.test('posts nothing that others put into the journal, or changed in it', async (t) => {
  const settled = batchOf([one, two], { openClaimIds: [one.claim_id] });
  const rest = batchOf([one, two], { openClaimIds: [two.claim_id] });
  for (const meddle of ['add', 'edit', 'remove'] as const) {
    world.sandbox.reset();
    await leaveUnposted(settled);
    const [line] = lines();
    const path = `journals(${world.journals()[0]?.id ?? ''})/journalLines`;
    if (meddle === 'add') {
      await world.call('POST', path, { lineNumber: 5000, documentNumber: 'OTHER', amount: 1 });
    }
    if (meddle === 'edit' && line !== undefined) await editLine(world, line, { amount: 7 });
    if (meddle === 'remove') await world.call('DELETE', `${path}(${line?.id ?? ''})`);
    t.match(await world.submit(rest), [{ outcome: 'unknown', errorMessage: /^not posted: / }]);
    t.match(await world.ask(rest), [
      { outcome: 'unclear', needsPerson: true, errorMessage: /^not posted: / },
    ]);
    t.equal(posts(), 0, meddle);
  }
});

void t.test('posts no journal that a person renamed, and leaves its name', async (t) => {
  await leaveUnposted(batchOf([one]));
  const { id = '' } = world.journals()[0] ?? {};
  const rename = (displayName: string) => world.call('PATCH', `journals(${id})`, { displayName });
  await rename('With the auditor');
  t.match(await world.ask(batchOf([one])), [
    { outcome: 'unclear', needsPerson: true, errorMessage: 'not posted: the journal was renamed' },
  ]);
  t.equal(posts(), 0);
  t.equal(world.journals()[0]?.displayName, 'With the auditor');
});

void t.test('posts no journal that is renamed while it is looked at', async (t) => {
  await leaveUnposted(batchOf([one]));
  const { id = '' } = world.journals()[0] ?? {};
  const answers = await world.ask(batchOf([one]), {
    alter: async ({ url }, result) => {
      // The last that is read before the mark.
      if (url.includes('generalLedgerEntries') && !url.includes('expand')) {
        await world.call('PATCH', `journals(${id})`, { displayName: 'With the auditor' });
      }
      return result;
    },
  });
  t.match(answers, [{ outcome: 'unclear', httpStatus: 409, needsPerson: false }]);
  t.equal(posts(), 0);
  t.equal(world.journals()[0]?.displayName, 'With the auditor');
});

void t.test('posts nothing once the lease is lost', async (t) => {
  let writes = 0;
  // The journal, the lines and their dimensions.
  const mayWrite = () => (writes += 1) <= 3;
  t.match(await world.submit(batchOf([one]), { mayWrite }), [{ outcome: 'unknown' }]);
  writes = 0;
  t.match(
    await world.submit(batchOf([two], { batchKey: 'a'.repeat(64) }), {
      // And the mark.
      mayWrite: () => (writes += 1) <= 4,
    }),
    [{ outcome: 'unknown' }],
  );
  t.match(await world.ask(batchOf([one]), { mayWrite: () => false }), [
    { outcome: 'unclear', needsPerson: false },
  ]);
  t.equal(posts(), 0);
});

void t.test('numbers that a series replaced are for a person, never absent', async (t) => {
  for (const noSeries of [null, 'K0001']) {
    const series = await startWorld({ companies: [{ postingNoSeries: 'PB0001', noSeries }] });
    t.teardown(() => series.sandbox.close());
    const batch = at(series, batchOf([one]));
    t.match(await series.submit(batch), [{ outcome: 'unknown', errorMessage: /^posted, and/ }]);
    t.match(
      await series.ask(batch),
      [{ outcome: 'unclear', needsPerson: true }],
      'known of nothing',
    );
    t.match(await series.submit(batch), [{ outcome: 'unknown', wireSha256: null }]);
    t.equal(series.sandbox.effects(one.reference), 1);
    t.equal(posts(series), 1);
  }
});

void t.test(
  'where a run is posted a second send never collides: posting frees the line numbers',
  async (t) => {
    const batch = batchOf([one]);
    t.match(await world.ask(batch), [{ outcome: 'absent', collides: false }], 'no journal');
    world.sandbox.faults.add({ kind: 'drop_before', path: '\\$batch' });
    await world.submit(batch);
    t.match(await world.ask(batch), [{ outcome: 'absent', collides: false }], 'no mark');
    const path = `journals(${world.journals()[0]?.id ?? ''})`;
    const { displayName = '', code = '' } = world.journals()[0] ?? {};
    await world.call('PATCH', path, { displayName: `${displayName}, posting ${code}` });
    t.match(await world.ask(batch), [{ outcome: 'unclear', needsPerson: true }], 'it bears it');
    await world.call('PATCH', path, { code: 'OTHER' });
    t.match(
      await world.ask(batch),
      [{ outcome: 'unclear', needsPerson: true }],
      'under another code',
    );
    t.match(await world.ask(world.batch([one])), [{ outcome: 'absent', collides: true }]);
  },
);

void t.test(
  'lines that a person took elsewhere are delivered, and left to that person',
  async (t) => {
    await leaveUnposted(batchOf([one]));
    await moveLines(world, linesOf(world, one.reference), await personsJournal(world));
    t.match(await world.ask(batchOf([one])), [{ outcome: 'found' }]);
    t.equal(posts(), 0);
  },
);
