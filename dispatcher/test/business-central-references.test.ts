import t from 'tap';
import type { AnswerResult, Batch, FrozenClaim } from '../adapters/adapter.ts';
import { claim, startWorld } from './support/business-central.ts';
import {
  copyLines,
  editLine,
  linesOf,
  moveLines,
  personsJournal,
  postJournal,
  reverse,
} from './support/business-central-person.ts';

const world = await startWorld();
t.teardown(() => world.sandbox.close());
t.beforeEach(() => world.sandbox.reset());

const [one, two, three] = [claim(1), claim(2), claim(3)];
const summary = (results: readonly AnswerResult[]) =>
  results.map(({ outcome, claimIds, needsPerson }) => [outcome, claimIds, needsPerson]);

/** A question about claims whose run nobody knows. */
function nowhere(claims: readonly FrozenClaim[], change: Partial<Batch> = {}): Batch {
  const unknown = { runId: null, batchKey: 'f'.repeat(64), search: 'references' } as const;
  const batch = world.batch(claims, { ...unknown, ...change });
  return { ...batch, input: { ...batch.input, posting_date: '2026-11-22' } };
}

void t.test('a claim is found in the journal of any batch key, whatever its numbers', async (t) => {
  const [sent] = await world.submit(world.batch([one, two]));
  const answers = await world.ask(nowhere([three, two, one]));
  t.same(summary(answers), [
    ['found', [two.claim_id, one.claim_id], false],
    ['absent', [three.claim_id], false],
  ]);
  t.match(answers[1], { collides: false, externalIds: {} });
  for (const { claim_id: id } of [one, two]) {
    const ids = sent?.externalIds[id]?.map((line) => `elsewhere:${line}`);
    t.same(new Set(answers[0]?.externalIds[id]), new Set(ids));
  }
});

void t.test('a run is found there too when nobody knows which one sent it', async (t) => {
  await world.submit(world.batch([one]));
  const asRun = world.batch([one, two], { search: 'references' });
  t.match(await world.ask(asRun), [
    { outcome: 'found', claimIds: [one.claim_id] },
    { outcome: 'absent', claimIds: [two.claim_id], collides: false },
  ]);
  t.match(
    await world.ask({ ...asRun, batchKey: 'b'.repeat(64) }),
    [{ outcome: 'found' }, { outcome: 'absent' }],
    'sent under another key, before a backup was restored',
  );
});

void t.test('what is posted is found by its reference', async (t) => {
  await world.submit(world.batch([one]));
  await world.post();
  t.match(await world.ask(nowhere([one])), [{ outcome: 'found', claimIds: [one.claim_id] }]);
});

void t.test('a journal known to a run is suspected as ever', async (t) => {
  await world.submit(world.batch([one]));
  await world.post();
  t.match(await world.ask(world.batch([two], { search: 'references' })), [
    { outcome: 'unclear', needsPerson: true, errorMessage: /blank line/ },
  ]);
});

void t.test('in two journals, or in a journal and the ledger, is for a person', async (t) => {
  await world.submit(world.batch([one, two]));
  await world.submit(world.batch([one, two], { batchKey: 'b'.repeat(64) }));
  const answers = await world.ask(nowhere([one]));
  t.match(answers, [
    { outcome: 'unclear', needsPerson: true, errorMessage: 'HLF-C-01 is in 2 journals' },
  ]);
  t.equal(answers[0]?.externalIds[one.claim_id]?.length, 6);
  await world.post();
  t.match(await world.ask(nowhere([one])), [
    { outcome: 'unclear', needsPerson: true, errorMessage: /both in the journal and in the ledg/ },
  ]);
  const [, second] = world.journals();
  if (second !== undefined) await postJournal(world, second);
  t.match(await world.ask(nowhere([one])), [
    { outcome: 'unclear', needsPerson: true, errorMessage: /in the ledger: 6 lines/ },
  ]);
});

void t.test("a person's journal counts, if all that we send is there", async (t) => {
  await world.submit(world.batch([one, two]));
  const persons = await personsJournal(world);
  await moveLines(world, linesOf(world, one.reference), persons);
  t.same(summary(await world.ask(nowhere([one, two]))), [
    ['found', [one.claim_id], false],
    ['found', [two.claim_id], false],
  ]);
  const [first] = linesOf(world, two.reference);
  if (first !== undefined) await moveLines(world, [first], persons);
  const [line] = linesOf(world, one.reference);
  if (line !== undefined) await editLine(world, line, { amount: 100 });
  t.match(await world.ask(nowhere([one, two])), [
    { outcome: 'unclear', needsPerson: true, errorMessage: /HLF-C-01 in the journal: 3 lines/ },
    { outcome: 'unclear', needsPerson: true, errorMessage: 'HLF-C-02 is in 2 journals' },
  ]);
});

void t.test('lines that a person renumbered are found, and for a person', async (t) => {
  await world.submit(world.batch([one, two]));
  for (const line of linesOf(world, one.reference)) {
    await editLine(world, line, { documentNumber: 'B-17' });
  }
  t.same(summary(await world.ask(nowhere([one, two]))), [
    ['unclear', [one.claim_id], true],
    ['found', [two.claim_id], false],
  ]);
});

void t.test("missing dimensions are set in our journals, and left in a person's", async (t) => {
  world.sandbox.faults.add({ kind: 'drop_before', path: '\\$batch', skip: 1 });
  await world.submit(world.batch([one]));
  t.match(linesOf(world, one.reference)[0]?.dimensions, { length: 0 });
  t.match(await world.ask(nowhere([two, one])), [{ outcome: 'found' }, { outcome: 'absent' }]);
  t.same(linesOf(world, one.reference)[0]?.dimensions, [{ code: 'AVDELING', value: '100' }]);

  world.sandbox.reset();
  await world.submit(world.batch([one]));
  const [ours] = world.journals();
  await copyLines(world, linesOf(world, one.reference), await personsJournal(world, 'HONORARIUM'), {
    withDimensions: false,
  });
  await world.call('DELETE', `journals(${ours?.id ?? ''})`);
  t.match(await world.ask(nowhere([one])), [
    { outcome: 'unclear', needsPerson: true, errorMessage: /dimensions differ/ },
  ]);
  t.match(linesOf(world, one.reference)[0]?.dimensions, { length: 0 }, 'left as they were');
});

void t.test('lines alike but for their dimensions are told apart', async (t) => {
  const twice = { ...claim(5, 3, 'meals'), reference: 'HLF-C-05' };
  const [first, second, third] = twice.lines;
  const lines = [first, second, third].flatMap((line, index) =>
    line === undefined ? [] : [{ ...line, type: ['plain', 'hundred', 'twohundred'][index] ?? '' }],
  );
  const mixed = { ...twice, lines };
  const mappings = {
    plain: { account: '7150', tax_code: null, dimensions: {} },
    hundred: { account: '7150', tax_code: null, dimensions: { AVDELING: '100' } },
    twohundred: { account: '7150', tax_code: null, dimensions: { AVDELING: '200' } },
  };
  const withMappings = (batch: Batch): Batch => ({ ...batch, input: { ...batch.input, mappings } });
  await world.submit(withMappings(world.batch([mixed])));
  const turned = { ...mixed, lines: [...lines].reverse() };
  const dimensions = () => linesOf(world, mixed.reference).map((line) => line.dimensions);
  const before = dimensions();
  t.match(await world.ask(withMappings(nowhere([turned]))), [{ outcome: 'found' }]);
  t.same(dimensions(), before);
  const [plain] = linesOf(world, mixed.reference).filter(({ dimensions }) => dimensions.length > 0);
  const journal = world.journals()[0]?.id ?? '';
  const set = `journals(${journal})/journalLines(${plain?.id ?? ''})/dimensionSetLines`;
  const { value } = (await world.call('GET', set)) as { value: { id: string }[] };
  await world.call('PATCH', `${set}(${value[0]?.id ?? ''})`, { valueCode: '300' });
  t.match(await world.ask(withMappings(nowhere([turned]))), [
    { outcome: 'unclear', needsPerson: true, errorMessage: /dimensions differ/ },
  ]);
});

void t.test('a claim that can not be mapped spoils no other answer', async (t) => {
  await world.submit(world.batch([one, two]));
  const strange = (given: FrozenClaim) => ({
    ...given,
    lines: given.lines.map((line) => ({ ...line, type: 'unheard-of' })),
  });
  const unreadable = { ...three, total: 'much' };
  for (const search of ['run', 'references'] as const) {
    const batch = world.batch([one, strange(two), unreadable], { search });
    const answers = await world.ask(batch);
    t.same(summary(answers), [
      ['unclear', [two.claim_id], true],
      ['found', [one.claim_id], false],
      ['absent', [three.claim_id], false],
    ]);
    t.match(answers[0], { errorMessage: /no mapping for unheard-of/ });
    t.equal(answers[0]?.externalIds[two.claim_id]?.length, 3);
  }
  await world.post();
  t.match(await world.ask(nowhere([strange(two), one])), [
    { outcome: 'found' },
    { outcome: 'unclear', needsPerson: true, claimIds: [two.claim_id] },
  ]);
});

void t.test('many claims in many journals take few requests, and all pages are read', async (t) => {
  const paged = await startWorld({ pageSize: 20 });
  t.teardown(() => paged.sandbox.close());
  const claims = Array.from({ length: 50 }, (_, i) => claim(i + 1));
  for (let i = 0; i < 25; i += 1) {
    const batchKey = String(i).padStart(64, '0');
    const some = claims.slice(2 * i, 2 * i + 2);
    t.match(await paged.submit(paged.batch(some, { batchKey })), [{ outcome: 'accepted' }]);
  }
  const last = paged.batch(claims.slice(0, 1), { search: 'references', runId: null });
  const batch = { ...last, input: { ...last.input, claims } };
  paged.sandbox.requests.length = 0;
  const all = { ...batch, openClaimIds: claims.map(({ claim_id }) => claim_id) };
  const answers = await paged.ask(all);
  t.equal(answers.flatMap(({ claimIds }) => claimIds).length, 50);
  t.ok(answers.every(({ outcome }) => outcome === 'found'));
  const asked = (path: RegExp) =>
    paged.sandbox.requests.filter((one) => path.test(one.path)).length;
  t.equal(asked(/\/journals\?/), 2, 'two pages of journals');
  t.equal(asked(/\$batch$/), 2, '25 journals by 6 filters, a hundred to an envelope');
  t.equal(asked(/journalLines/), 0);
});

void t.test('a question among many that is refused or throttled settles nothing', async (t) => {
  await world.submit(world.batch([one]));
  for (const [response, expected] of [
    [
      { status: 429, headers: { 'Retry-After': '7' } },
      { failure: 'throttled', retryAfterMs: 7000 },
    ],
    [
      { status: 503, headers: { 'retry-after': 9 } },
      { failure: null, retryAfterMs: 9000 },
    ],
    [{ status: 404 }, { failure: null, httpStatus: 404 }],
    [{ status: 401 }, { failure: 'throttled', httpStatus: 401 }],
    [
      { status: 400, body: { error: { code: 'BadRequest', message: 'no' } } },
      { failure: 'configuration', httpStatus: 400 },
    ],
    [
      { status: 200, body: { value: [{}] } },
      { failure: null, httpStatus: 200 },
    ],
  ] as const) {
    const body = { responses: [{ id: '1', ...response }] };
    world.sandbox.faults.add({ kind: 'status', status: 200, path: '\\$batch$', body });
    t.match(
      await world.ask(nowhere([one])),
      [{ outcome: 'unclear', needsPerson: false, ...expected }],
      JSON.stringify(response),
    );
  }
});

void t.test('with no journal at all, only the ledger is asked', async (t) => {
  t.match(await world.ask(nowhere([one])), [{ outcome: 'absent', collides: false }]);
  t.notOk(world.sandbox.requests.some(({ path }) => path.endsWith('$batch')));
});

void t.test('an answer over the byte cap is asked for in parts, not for ever', async (t) => {
  const journals = await Promise.all(['ONE', 'TWO', 'THREE'].map((c) => personsJournal(world, c)));
  await world.submit(world.batch([one, two]));
  const [first, second] = [linesOf(world, one.reference), linesOf(world, two.reference)];
  const [place, other] = journals;
  if (place === undefined || other === undefined) throw new Error('no journals');
  await moveLines(world, first, place);
  await moveLines(world, second, other);
  const sizes = { maxBodyBytes: 2_600 };
  t.match(summary(await world.ask(nowhere([one, two, three]), sizes)), [
    ['found', [one.claim_id], false],
    ['found', [two.claim_id], false],
    ['absent', [three.claim_id], false],
  ]);
  t.match(
    await world.ask(nowhere([one]), { maxBodyBytes: 600 }),
    [{ outcome: 'unclear', needsPerson: false }],
    'one question that is too much by itself stays unanswered',
  );
});

void t.test('a void of one claim hides no reversal of another', async (t) => {
  const [sent] = await world.submit(world.batch([one, two]));
  await world.post();
  await reverse(world, one.reference);
  await reverse(world, two.reference);
  const voided = {
    voidedExternalIds: sent?.externalIds[one.claim_id] ?? [],
    voidedClaimIds: [one.claim_id],
  };
  t.match(await world.ask(nowhere([one, two], voided)), [
    { outcome: 'unclear', claimIds: [two.claim_id], needsPerson: true },
    { outcome: 'absent', claimIds: [one.claim_id] },
  ]);
});
