/** What a person does to drafts and entries, and a replica that lags, between sending and asking. */
import t from 'tap';
import { claim, startWorld } from './support/business-central.ts';
import {
  copyLines,
  editLine,
  linesOf,
  moveLines,
  personsJournal,
  postJournal,
  removeLines,
  reverse,
} from './support/business-central-person.ts';

const world = await startWorld();
t.teardown(() => world.sandbox.close());
t.beforeEach(() => world.sandbox.reset());

const [one, two] = [claim(1), claim(2)];
const ask = (...given: Parameters<typeof world.batch>) => world.ask(world.batch(...given));
const idsOf = (results: readonly { externalIds: Readonly<Record<string, readonly string[]>> }[]) =>
  results.flatMap(({ externalIds }) => Object.values(externalIds).flat());

void t.test('a draft that a person moved whole to another journal is found there', async (t) => {
  world.sandbox.faults.add({ kind: 'drop_after', path: '\\$batch' });
  t.match(await world.submit(world.batch([one])), [{ outcome: 'unknown' }]);
  t.match(linesOf(world, one.reference)[0]?.dimensions, { length: 0 }, 'they were to come');
  const [first] = linesOf(world, one.reference);
  const set = `journalLines(${first?.id ?? ''})/dimensionSetLines`;
  await world.call('POST', set, { code: 'AVDELING', valueCode: '100' });
  await moveLines(world, linesOf(world, one.reference), await personsJournal(world));
  const [answer] = await ask([one]);
  t.match(answer, { outcome: 'found' });
  t.same(
    answer?.externalIds[one.claim_id],
    linesOf(world, one.reference).map(({ id }) => `elsewhere:${id}`),
  );
});

void t.test('one of which a line was moved or deleted is for a person', async (t) => {
  for (const isMoved of [true, false]) {
    world.sandbox.reset();
    await world.submit(world.batch([one]));
    const [, line] = linesOf(world, one.reference);
    if (line === undefined) throw new Error('no line');
    if (isMoved) await moveLines(world, [line], await personsJournal(world));
    else await removeLines(world, [line]);
    t.match(await ask([one]), [{ outcome: 'unclear', needsPerson: true }]);
  }
});

void t.test('lines that are known and gone from our journal are never absent', async (t) => {
  const knownExternalIds = idsOf(await world.submit(world.batch([one, two])));
  await removeLines(world, linesOf(world, one.reference));
  const known = world.batch([one, two], { knownExternalIds });
  t.match(await world.ask(known), [
    { outcome: 'unclear', claimIds: [one.claim_id], needsPerson: true, errorMessage: /are gone/ },
    { outcome: 'found', claimIds: [two.claim_id] },
  ]);
  t.match(await world.submit({ ...known, openClaimIds: [one.claim_id] }), [
    { outcome: 'unknown', wireSha256: null },
  ]);
  const voidedExternalIds = knownExternalIds.filter((id) => !id.startsWith('journal:'));
  t.match(
    await ask([one], { knownExternalIds, voidedExternalIds, voidedClaimIds: [one.claim_id] }),
    [{ outcome: 'absent', collides: true }],
  );
});

void t.test('another journal under our code is never absent', async (t) => {
  const knownExternalIds = idsOf(await world.submit(world.batch([one])));
  const [ours] = world.journals();
  await world.call('DELETE', `journals(${ours?.id ?? ''})`);
  await personsJournal(world, ours?.code);
  const journal = knownExternalIds.filter((id) => id.startsWith('journal:'));
  t.match(await ask([one], { knownExternalIds: journal }), [
    { outcome: 'unclear', needsPerson: true, errorMessage: /another/ },
  ]);
});

void t.test('a draft posted by the person who moved it is found in the ledger', async (t) => {
  await world.submit(world.batch([one]));
  const persons = await personsJournal(world);
  await moveLines(world, linesOf(world, one.reference), persons);
  await postJournal(world, persons);
  t.match(await ask([one]), [{ outcome: 'found' }]);
});

void t.test('posted with another sum, or half under another number, is for a person', async (t) => {
  for (const act of ['edit', 'renumber'] as const) {
    world.sandbox.reset();
    await world.submit(world.batch([one, two]));
    const [first, , last] = linesOf(world, one.reference);
    if (first === undefined || last === undefined) throw new Error('no lines');
    if (act === 'edit') {
      await editLine(world, first, { amount: 90.1 });
      await editLine(world, last, { amount: -190.2 });
    } else {
      await editLine(world, first, { documentNumber: 'B-17', balancingAccountNumber: '2910' });
      await editLine(world, last, { amount: -100.1 });
    }
    await world.post();
    t.match(
      await ask([one, two]),
      [
        { outcome: 'unclear', claimIds: [one.claim_id], needsPerson: true },
        { outcome: 'found', claimIds: [two.claim_id] },
      ],
      act,
    );
  }
});

void t.test('a draft that was copied, both posted, is for a person', async (t) => {
  await world.submit(world.batch([one]));
  const [ours] = world.journals();
  if (ours === undefined) throw new Error('no journal');
  await copyLines(world, linesOf(world, one.reference), ours);
  await world.post();
  t.match(await ask([one]), [
    { outcome: 'unclear', needsPerson: true, errorMessage: /in the ledger: 6 lines/ },
  ]);
});

void t.test('drafts voided once posted and reversed leave nothing behind', async (t) => {
  const [sent] = await world.submit(world.batch([one]));
  const voidedExternalIds = sent?.externalIds[one.claim_id] ?? [];
  await world.post();
  await reverse(world, one.reference);
  t.match(
    await ask([one], { batchKey: 'b'.repeat(64) }),
    [{ outcome: 'unclear', needsPerson: true }],
    'unless nobody said so',
  );
  const next = world.batch([one], {
    batchKey: 'b'.repeat(64),
    voidedExternalIds,
    voidedClaimIds: [one.claim_id],
  });
  t.match(await world.ask(next), [{ outcome: 'absent' }]);
  t.match(await world.submit(next), [{ outcome: 'accepted' }]);
  const journal = world.journals().find(({ lines }) => lines.length === 3);
  if (journal !== undefined) await postJournal(world, journal);
  const [answer] = await world.ask(next);
  t.match(answer, { outcome: 'found' });
  const entries = world.sandbox.ledger()[0]?.entries.slice(-3) ?? [];
  t.same(
    answer?.externalIds[one.claim_id],
    entries.map(({ id }) => `entry:${id}`),
    'the newest',
  );
});

void t.test('a voided claim that is booked again is found again', async (t) => {
  const [sent] = await world.submit(world.batch([one]));
  const voidedExternalIds = sent?.externalIds[one.claim_id] ?? [];
  await copyLines(world, linesOf(world, one.reference), await personsJournal(world));
  t.match(await ask([one], { voidedExternalIds, voidedClaimIds: [one.claim_id] }), [
    { outcome: 'found' },
  ]);
  const elsewhere = linesOf(world, one.reference).map(({ id }) => `elsewhere:${id}`);
  t.match(
    await ask([one], { voidedExternalIds: elsewhere, voidedClaimIds: [one.claim_id] }),
    [{ outcome: 'absent' }],
    'anywhere',
  );
});

void t.test('a replica that lags says absent, and found once it has caught up', async (t) => {
  world.sandbox.faults.add({ kind: 'lag', method: 'GET', times: 6, skip: 2 });
  world.sandbox.faults.add({ kind: 'drop_after', path: '\\$batch' });
  t.match(await world.submit(world.batch([one])), [{ outcome: 'unknown' }]);
  t.match(await ask([one]), [{ outcome: 'absent' }], 'what was there before');
  world.sandbox.faults.clear();
  t.match(await ask([one]), [{ outcome: 'found' }]);
});

void t.test('claims that can not be mapped are refused, and the others are sent', async (t) => {
  const strange = claim(3, 2, 'unheard-of');
  const results = await world.submit(world.batch([strange, one, two]));
  t.match(results, [
    { outcome: 'rejected', claimIds: [strange.claim_id], envelopeNo: 1, wireSha256: null },
    { outcome: 'accepted', claimIds: [one.claim_id, two.claim_id], envelopeNo: 2 },
  ]);
  t.match(results[0]?.errorMessage, /no mapping for unheard-of/);
  t.equal(world.sandbox.effects(strange.reference), 0);
});

void t.test('how long an operation of an envelope is told to wait is honoured', async (t) => {
  const headers = { 'Retry-After': '11' };
  const body = { responses: [{ id: '1', status: 429, headers }] };
  world.sandbox.faults.add({ kind: 'status', status: 200, path: '\\$batch$', body });
  t.match(await world.submit(world.batch([one])), [
    { outcome: 'not_applied', failure: 'throttled', retryAfterMs: 11_000 },
  ]);
  world.sandbox.faults.add({ kind: 'status', status: 200, path: '\\$batch$', body, skip: 1 });
  t.match(await world.submit(world.batch([one])), [{ outcome: 'unknown', retryAfterMs: 11_000 }]);
});

void t.test(
  'one renumbered where we sent it, lines and documents alike, is not absent',
  async (t) => {
    await world.submit(world.batch([one]));
    for (const line of linesOf(world, one.reference)) {
      const lineNumber = line.lineNumber + 500_000;
      await editLine(world, line, { documentNumber: 'BILAG-1', lineNumber });
    }
    t.match(await ask([one]), [{ outcome: 'unclear', needsPerson: true }]);
    t.match(await world.submit(world.batch([one])), [
      { outcome: 'unknown', errorMessage: /already holds lines/ },
    ]);
  },
);
