import t from 'tap';
import type { AnswerResult } from '../adapters/adapter.ts';
import { BATCH_KEY, claim, startWorld } from './support/business-central.ts';

const world = await startWorld();
t.teardown(() => world.sandbox.close());
t.beforeEach(() => world.sandbox.reset());

const [one, two, three] = [claim(1), claim(2), claim(3)];
const summary = (results: readonly AnswerResult[]) =>
  results.map(({ outcome, claimIds, needsPerson }) => [outcome, claimIds, needsPerson]);
const lines = () => world.journals()[0]?.lines ?? [];
const journalPath = () => `journals(${world.journals()[0]?.id ?? ''})`;
const dimensionsPath = '\\$batch';

void t.test('finds drafts, line by line, and names their ids', async (t) => {
  const [sent] = await world.submit(world.batch([one, two]));
  const answers = await world.ask(world.batch([one, two, three]));
  t.same(summary(answers), [
    ['found', [one.claim_id, two.claim_id], false],
    ['absent', [three.claim_id], false],
  ]);
  t.same(answers[0]?.externalIds, sent?.externalIds);
  t.match(answers[0], { httpStatus: 200, errorMessage: null });
});

void t.test('a run that never came is absent, and collides when sent again', async (t) => {
  t.same(await world.ask(world.batch([one])), [
    {
      outcome: 'absent',
      claimIds: [one.claim_id],
      httpStatus: 200,
      errorMessage: null,
      externalIds: {},
      collides: true,
      needsPerson: false,
      retryAfterMs: null,
      failure: null,
    },
  ]);
});

void t.test('a journal with our code and no lines is absent too', async (t) => {
  world.sandbox.faults.add({ kind: 'drop_before', path: '\\$batch' });
  const [sent] = await world.submit(world.batch([one]));
  t.match(sent, { outcome: 'unknown' });
  const known = world.batch([one], { knownExternalIds: sent?.externalIds['run'] ?? [] });
  t.match(await world.ask(known), [{ outcome: 'absent', collides: true }]);
  t.match(await world.submit(known), [{ outcome: 'accepted' }]);
});

void t.test('sets dimensions that a crash left out, and reads them again', async (t) => {
  world.sandbox.faults.add({ kind: 'drop_before', path: dimensionsPath, skip: 1 });
  t.match(await world.submit(world.batch([one])), [{ outcome: 'unknown' }]);
  t.same(lines()[0]?.dimensions, []);
  t.match(await world.ask(world.batch([one])), [{ outcome: 'found' }]);
  t.same(lines()[0]?.dimensions, [{ code: 'AVDELING', value: '100' }]);
});

void t.test('dimensions that can not be written now are asked for again', async (t) => {
  world.sandbox.faults.add({ kind: 'drop_before', path: dimensionsPath, skip: 1 });
  await world.submit(world.batch([one]));
  world.sandbox.faults.add({ kind: 'status', status: 503, path: dimensionsPath });
  t.match(await world.ask(world.batch([one])), [
    { outcome: 'unclear', needsPerson: false, httpStatus: 503, failure: null },
  ]);
  // Answered as set, and not kept.
  world.sandbox.faults.add({ kind: 'lie_201', path: dimensionsPath });
  t.match(await world.ask(world.batch([one])), [{ outcome: 'unclear', needsPerson: false }]);
  t.match(await world.ask(world.batch([one])), [{ outcome: 'found' }]);
});

void t.test(
  'dimensions that no one refused in words pause nothing and need no person',
  async (t) => {
    world.sandbox.faults.add({ kind: 'drop_before', path: dimensionsPath, skip: 1 });
    await world.submit(world.batch([one]));
    for (const [status, failure] of [
      [400, null],
      [404, null],
      [401, 'throttled'],
    ] as const) {
      const body = { responses: [{ id: '1', status }] };
      world.sandbox.faults.add({ kind: 'status', status: 200, path: dimensionsPath, body });
      t.match(await world.ask(world.batch([one])), [
        { outcome: 'unclear', needsPerson: false, httpStatus: status, failure },
      ]);
    }
    t.match(await world.ask(world.batch([one])), [{ outcome: 'found' }]);
  },
);

void t.test('dimensions that are refused, or were changed, are for a person', async (t) => {
  const misplaced = claim(4, 2, 'misplaced');
  await world.submit(world.batch([misplaced]));
  t.match(await world.ask(world.batch([misplaced])), [
    { outcome: 'unclear', needsPerson: true, errorMessage: /Dimension Value/ },
  ]);
  world.sandbox.reset();
  await world.submit(world.batch([one]));
  const set = `${journalPath()}/journalLines(${lines()[0]?.id ?? ''})/dimensionSetLines`;
  const { value } = (await world.call('GET', set)) as { value: { id: string }[] };
  await world.call('PATCH', `${set}(${value[0]?.id ?? ''})`, { valueCode: '200' });
  t.match(await world.ask(world.batch([one])), [{ outcome: 'unclear', needsPerson: true }]);
  t.same(lines()[0]?.dimensions, [{ code: 'AVDELING', value: '200' }], 'left as it was');
});

void t.test('a refused dimension keeps no other claim from its own', async (t) => {
  const misplaced = claim(4, 2, 'misplaced');
  const batch = world.batch([misplaced, one]);
  t.match(await world.submit(batch), [
    { outcome: 'accepted', claimIds: [one.claim_id] },
    { outcome: 'unknown', claimIds: [misplaced.claim_id], errorMessage: /Dimension Value/ },
  ]);
  world.sandbox.reset();
  world.sandbox.faults.add({ kind: 'drop_before', path: '\\$batch', skip: 1 });
  t.match(await world.submit(batch), [{ outcome: 'unknown', claimIds: { length: 2 } }]);
  const answers = await world.ask(batch);
  t.match(answers, [
    { outcome: 'found', claimIds: [one.claim_id] },
    { outcome: 'unclear', claimIds: [misplaced.claim_id], needsPerson: true },
  ]);
  t.match(answers[1]?.externalIds[misplaced.claim_id], { length: 3 }, 'its lines are told');
});

void t.test('a claim that is partly there, or different, is for a person', async (t) => {
  const changes: readonly (readonly [string, () => Promise<unknown>])[] = [
    [
      'a line is missing',
      () => world.call('DELETE', `${journalPath()}/journalLines(${lines()[1]?.id ?? ''})`),
    ],
    [
      'an amount',
      () =>
        world.call('PATCH', `${journalPath()}/journalLines(${lines()[1]?.id ?? ''})`, {
          amount: 99.1,
        }),
    ],
    [
      'an account',
      () =>
        world.call('PATCH', `${journalPath()}/journalLines(${lines()[1]?.id ?? ''})`, {
          accountNumber: '7140',
        }),
    ],
    [
      'a line more',
      () =>
        world.call('POST', `${journalPath()}/journalLines`, {
          documentNumber: one.reference,
          accountNumber: '7140',
          amount: 1,
        }),
    ],
    [
      'a balancing account',
      () =>
        world.call('PATCH', `${journalPath()}/journalLines(${lines()[1]?.id ?? ''})`, {
          balancingAccountNumber: '2400',
        }),
    ],
    [
      'another document',
      () =>
        world.call('PATCH', `${journalPath()}/journalLines(${lines()[1]?.id ?? ''})`, {
          documentNumber: 'OTHER',
        }),
    ],
  ];
  for (const [label, change] of changes) {
    world.sandbox.reset();
    await world.submit(world.batch([one, two]));
    await change();
    const answers = await world.ask(world.batch([one, two]));
    t.match(
      summary(answers),
      [
        ['unclear', [one.claim_id], true],
        ['found', [two.claim_id], false],
      ],
      label,
    );
    t.match(answers[0]?.errorMessage, /HLF-C-01 in the journal/);
  }
});

void t.test('numbers taken by lines of another document are for a person', async (t) => {
  await world.submit(world.batch([one]));
  for (const line of lines()) {
    await world.call('PATCH', `${journalPath()}/journalLines(${line.id})`, {
      documentNumber: 'OTHER',
    });
  }
  t.match(await world.ask(world.batch([one])), [{ outcome: 'unclear', needsPerson: true }]);
});

void t.test('finds what was posted, and compares accounts, sums and dimensions', async (t) => {
  await world.submit(world.batch([one, two]));
  await world.post();
  const answers = await world.ask(world.batch([one, two]));
  t.same(summary(answers), [
    ['found', [one.claim_id], false],
    ['found', [two.claim_id], false],
  ]);
  t.match(answers[0]?.externalIds[one.claim_id], [/^entry:/, /^entry:/, /^entry:/]);

  world.sandbox.reset();
  world.sandbox.faults.add({ kind: 'drop_before', path: dimensionsPath, skip: 1 });
  await world.submit(world.batch([one]));
  await world.post();
  t.match(
    await world.ask(world.batch([one])),
    [{ outcome: 'unclear', needsPerson: true, errorMessage: /in the ledger/ }],
    'posted without its dimensions',
  );
});

void t.test('a journal that posting emptied is never absent', async (t) => {
  await world.submit(world.batch([one]));
  await world.post();
  t.match(lines(), [{ lineNumber: 10_000, amount: 0 }]);
  t.same(summary(await world.ask(world.batch([one, three]))), [
    ['found', [one.claim_id], false],
    ['unclear', [three.claim_id], true],
  ]);
});

void t.test('a journal that is gone or empty though known is never absent', async (t) => {
  const [sent] = await world.submit(world.batch([one]));
  const known = world.batch([one], {
    knownExternalIds: Object.values(sent?.externalIds ?? {}).flat(),
  });
  for (const line of lines()) {
    await world.call('DELETE', `${journalPath()}/journalLines(${line.id})`);
  }
  t.match(await world.ask(known), [{ outcome: 'unclear', needsPerson: true }], 'emptied');
  t.match(await world.submit(known), [{ outcome: 'unknown', wireSha256: null }]);
  await world.call('DELETE', journalPath());
  t.match(await world.ask(known), [{ outcome: 'unclear', needsPerson: true }], 'gone');
  t.match(await world.submit(known), [{ outcome: 'unknown', wireSha256: null }]);
  const voided = {
    ...known,
    voidedExternalIds: known.knownExternalIds,
    voidedClaimIds: known.openClaimIds,
  };
  t.match(await world.ask(voided), [{ outcome: 'absent' }], 'removed by a person, who said so');
});

void t.test(
  'a claim in the journal and in the ledger, or posted twice, is for a person',
  async (t) => {
    await world.submit(world.batch([one]));
    await world.post();
    const again = async () => {
      for (const [account, amount] of [
        ['7100', 100.1],
        ['7150', 100.1],
        ['2910', -200.2],
      ] as const) {
        await world.call('POST', `${journalPath()}/journalLines`, {
          documentNumber: one.reference,
          externalDocumentNumber: one.reference,
          accountNumber: account,
          amount,
        });
      }
    };
    await again();
    t.match(await world.ask(world.batch([one])), [
      { outcome: 'unclear', needsPerson: true, errorMessage: /both/ },
    ]);
    await world.post();
    t.match(await world.ask(world.batch([one])), [
      { outcome: 'unclear', needsPerson: true, errorMessage: /6 lines/ },
    ]);
  },
);

void t.test('what was voided is left out, with the entries that reverse it', async (t) => {
  await world.submit(world.batch([one]));
  await world.post();
  const [found] = await world.ask(world.batch([one]));
  const voided = found?.externalIds[one.claim_id] ?? [];
  t.match(
    await world.ask(
      world.batch([one], { voidedExternalIds: voided, voidedClaimIds: [one.claim_id] }),
    ),
    [{ outcome: 'unclear', needsPerson: true }],
  );
  for (const [account, amount] of [
    ['7100', -100.1],
    ['7150', -100.1],
    ['2910', 200.2],
  ] as const) {
    await world.call('POST', `${journalPath()}/journalLines`, {
      documentNumber: one.reference,
      accountNumber: account,
      amount,
    });
  }
  await world.post();
  const next = world.batch([one], {
    batchKey: 'b'.repeat(64),
    voidedExternalIds: voided,
    voidedClaimIds: [one.claim_id],
  });
  t.match(await world.ask(next), [{ outcome: 'absent' }], 'reversed in the ledger');
  t.match(await world.submit(next), [{ outcome: 'accepted' }]);
  const journal = world.journals().find(({ lines }) => lines.length === 3);
  await world.call('POST', `journals(${journal?.id ?? ''})/Microsoft.NAV.post`);
  const [answer] = await world.ask(next);
  t.match(answer, { outcome: 'found' });
  t.equal(answer?.externalIds[one.claim_id]?.length, 3);
  t.notOk(answer?.externalIds[one.claim_id]?.some((id) => voided.includes(id)));
});

void t.test('a question that fails settles nothing', async (t) => {
  await world.submit(world.batch([one]));
  const cases = [
    [{ path: '/journals\\?', status: 429, retry_after: '3' }, 429, 'throttled', 3000],
    [{ path: '/journals\\?', status: 403 }, 403, 'configuration', null],
    [{ path: '/journals\\?', status: 400 }, 400, 'configuration', null],
    [{ path: 'generalLedger', status: 503, retry_after: '4' }, 503, null, 4000],
    [{ path: 'journalLines', status: 404 }, 404, null, null],
    [{ path: 'journalLines', status: 200, body: '{"value":[{}]}' }, 200, null, null],
  ] as const;
  for (const [fault, httpStatus, failure, retryAfterMs] of cases) {
    world.sandbox.faults.add({ kind: 'status', ...fault });
    t.match(
      await world.ask(world.batch([one])),
      [{ outcome: 'unclear', needsPerson: false, httpStatus, failure, retryAfterMs }],
      JSON.stringify(fault),
    );
  }
  const nowhere = world.batch([one], { endpoint: 'http://127.0.0.1:1/api/v2.0' });
  t.match(await world.ask(nowhere), [{ outcome: 'unclear', failure: 'unreachable' }]);
});

void t.test('never follows a next page to another address', async (t) => {
  const body = { value: [], '@odata.nextLink': 'http://127.0.0.1:1/steal' };
  world.sandbox.faults.add({ kind: 'status', status: 200, path: '/journals\\?', body });
  t.match(await world.ask(world.batch([one])), [
    { outcome: 'unclear', failure: null, httpStatus: 200, errorMessage: /another address/ },
  ]);
});

void t.test('never asks for the same page twice', async (t) => {
  const first = 'companies(a0a0a0a0-0000-ea11-0000-000000000001)/journals?page=2';
  const body = { value: [], '@odata.nextLink': `${world.sandbox.apiBase()}/${first}` };
  const path = '/journals\\?';
  world.sandbox.faults.add({ kind: 'status', status: 200, path, body, times: 5 });
  t.match(await world.ask(world.batch([one])), [
    { outcome: 'unclear', failure: null, httpStatus: 200, errorMessage: /twice/ },
  ]);
  t.equal(world.sandbox.requests.filter(({ path }) => path.includes('/journals?')).length, 2);
});

void t.test('reads every page, and asks for many documents in few requests', async (t) => {
  const paged = await startWorld({ pageSize: 7 });
  t.teardown(() => paged.sandbox.close());
  const claims = Array.from({ length: 25 }, (_, i) => claim(i + 1));
  t.match(await paged.submit(paged.batch(claims)), [{ outcome: 'accepted' }]);
  t.same(summary(await paged.ask(paged.batch(claims))), [
    ['found', claims.map(({ claim_id }) => claim_id), false],
  ]);
  paged.sandbox.requests.length = 0;
  await paged.ask(paged.batch(claims));
  const ledger = paged.sandbox.requests.filter(({ path }) => path.includes('generalLedger'));
  t.equal(ledger.length, 2);
});

void t.test('searches the template that is configured', async (t) => {
  const other = await startWorld({ companies: [{ otherTemplates: ['REISE'] }] });
  t.teardown(() => other.sandbox.close());
  const batch = other.batch([one]);
  const settings = { ...batch.input.settings, journal_template: 'REISE' };
  const inTemplate = { ...batch, input: { ...batch.input, settings } };
  t.match(await other.submit(inTemplate), [{ outcome: 'accepted' }]);
  t.match(other.journals(), [{ template: 'REISE' }]);
  t.match(await other.ask(inTemplate), [{ outcome: 'found' }]);
  t.equal(batch.batchKey, BATCH_KEY);
});
