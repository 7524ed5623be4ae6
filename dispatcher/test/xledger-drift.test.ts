/** Answers whose shape has changed: never a success, and the trail names the place. */
import fc from 'fast-check';
import t from 'tap';
import type { XledgerSandbox } from '../adapters/xledger/sandbox/xledger-sandbox.ts';
import type { Batch, FollowUp } from '../adapters/adapter.ts';
import { batchOf, claim, findExisting, followUp, frozenInput } from './support/xledger.ts';
import { sandboxFor, submit, summary } from './support/xledger.ts';

type Path = readonly (string | number)[];
type Json = unknown;

/** The paths of all values in an answer, the whole of it left out. */
function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, one]) =>
    pathsOf(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? below : [path, ...below];
}

/** What a value may become that nobody expects there; `undefined`: it is dropped. */
const STRANGE = [undefined, true, { other: 'shape' }, ['list']] as const;

function valueAt(value: Json, path: Path): Json {
  return path.reduce((below, step) => (below as Record<string | number, unknown>)[step], value);
}

function changed(value: Json, path: Path, strange: Json): Json {
  const copy = structuredClone(value) as Record<string | number, unknown>;
  let parent = copy;
  for (const step of path.slice(0, -1)) parent = parent[step] as typeof copy;
  const last = path.at(-1) ?? '';
  if (strange === undefined) {
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  } else parent[last] = strange;
  return copy;
}

/** The answers to one attempt, as a good ledger gives them: it numbers its rows always alike. */
async function goodAnswers(t: Parameters<typeof sandboxFor>[0], batch: (url: string) => Batch) {
  const sandbox = await sandboxFor(t);
  await submit(batch(sandbox.graphqlUrl));
  const { items } = sandbox.ledger();
  const given = items.map(({ dbId, extIdentifier, trRegNumber }, index) => {
    return { clientId: `BF-1/${index + 1}`, node: { dbId, extIdentifier, trRegNumber } };
  });
  const fields = ['taxRule', 'project', 'glObject1', 'glObject2', 'glObject3', 'glObject4'];
  const lines = items.map(({ dbId, extIdentifier, trRegNumber, amount, invoiceAmount, codes }) => {
    const references = [...fields, 'account', 'glObject5', 'xgl', 'subledger'].map((field) => {
      return [field, codes[field] === undefined ? null : { code: codes[field] }] as const;
    });
    const node = { dbId, extIdentifier, amount, invoiceAmount, trRegNumber };
    return { cursor: dbId, node: { ...node, ...Object.fromEntries(references) } };
  });
  const pageInfo = { hasNextPage: false };
  return {
    sent: { data: { addGLImportItems: { edges: given } } },
    read: { data: { glImportItems: { pageInfo, edges: lines } } },
  };
}

/** From now on the lines are taken and answered so, or whoever reads them back is. */
function answerWith(sandbox: XledgerSandbox, which: 'sent' | 'read', body: Json): void {
  const at = which === 'sent' ? { operation: 'addGL' } : { operation: '^glImportItems$', skip: 1 };
  const answer = { kind: 'status', status: 200, body: JSON.stringify(body) } as const;
  sandbox.faults.add({ ...answer, ...at, apply: which === 'sent', times: 9 });
}

const oneClaim = (url: string) => batchOf(url, frozenInput([claim(1, ['mileage', '12.00'])]));

void t.test('the answers that the properties begin with are good ones', async (t) => {
  const { sent, read } = await goodAnswers(t, oneClaim);
  const sandbox = await sandboxFor(t);
  const batch = oneClaim(sandbox.graphqlUrl);
  answerWith(sandbox, 'sent', sent);
  answerWith(sandbox, 'read', read);
  t.strictSame(summary((await submit(batch)).flat()), [['accepted', null, 'BF-1']]);
});

for (const which of ['sent', 'read'] as const) {
  void t.test(`each field of the answer, dropped or retyped: ${which}`, async (t) => {
    const answers = await goodAnswers(t, oneClaim);
    const sandbox = await sandboxFor(t);
    const batch = oneClaim(sandbox.graphqlUrl);
    for (const path of pathsOf(answers[which])) {
      for (const strange of STRANGE) {
        if (typeof strange === 'boolean' && typeof valueAt(answers[which], path) === 'boolean')
          continue;
        sandbox.reset();
        sandbox.switches.burst = null;
        const body = changed(answers[which], path, strange);
        answerWith(sandbox, which, body);
        const [result] = (await submit(batch)).flat();
        const what = `${path.join('.')} as ${JSON.stringify(strange)}`;
        if (isUnread(which, path)) continue;
        t.equal(result?.outcome, 'unknown', what);
        if (strange !== undefined || typeof path.at(-1) === 'string') {
          const named = result?.errorMessage?.match(/not understood: .*?(data[\w.]*): /)?.[1];
          const isNamed = `${named}.`.startsWith(`${path.join('.')}.`);
          t.ok(isNamed, `${what} is named, not ${result?.errorMessage}`);
        }
      }
    }
  });
}

/** What the mutation's answer repeats of ours, the reading back tells: it is only asked for there. */
function isUnread(which: 'sent' | 'read', path: Path): boolean {
  return which === 'sent' && ['extIdentifier', 'trRegNumber'].includes(String(path.at(-1)));
}

void t.test('fields that nobody asked for change nothing', async (t) => {
  const { sent, read } = await goodAnswers(t, oneClaim);
  const sandbox = await sandboxFor(t);
  const batch = oneClaim(sandbox.graphqlUrl);
  const extra = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(extra);
    if (typeof value !== 'object' || value === null) return value;
    const more = Object.entries(value).map(([key, one]) => [key, extra(one)] as const);
    return { ...Object.fromEntries(more), brandNew: { of: ['another', 'version', 7] } };
  };
  answerWith(sandbox, 'sent', extra(sent));
  answerWith(sandbox, 'read', extra(read));
  t.strictSame(summary((await submit(batch)).flat()), [['accepted', null, 'BF-1']]);
});

void t.test('any JSON for an answer is no success, no absence and no news', async (t) => {
  const sandbox = await sandboxFor(t);
  sandbox.switches.burst = null;
  const batch = oneClaim(sandbox.graphqlUrl);
  const [first] = batch.input.claims;
  const at = '2026-03-01T00:00:00Z';
  const delivered: FollowUp = {
    ...batch,
    delivered: [
      {
        claimId: first?.claim_id ?? '',
        reference: 'BF-1',
        externalIds: [],
        sentAfter: at,
        askedAt: at,
      },
    ],
  };
  const members = ['data', 'errors', 'glImportItems', 'journalEntries', 'edges', 'pageInfo'];
  const json = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.constantFrom(...members), fc.jsonValue()),
    fc.record({ data: fc.dictionary(fc.constantFrom(...members), fc.jsonValue()) }),
  );
  await fc.assert(
    fc.asyncProperty(json, async (body) => {
      // Null is how nothing found is told; that alone is understood.
      const { data } = (body ?? {}) as { data?: Record<string, unknown> | null };
      const text = JSON.stringify(data ?? '');
      fc.pre(!/"(glImportItems|journalEntries)":null/.test(text));
      sandbox.faults.add({ kind: 'status', status: 200, body: JSON.stringify(body), times: 3 });
      const [answer] = await findExisting(batch);
      sandbox.faults.clear();
      t.ok(answer?.outcome === 'unclear' && !answer.needsPerson, JSON.stringify(body));
      sandbox.faults.add({ kind: 'status', status: 200, body: JSON.stringify(body), times: 2 });
      const told = await followUp(delivered);
      sandbox.faults.clear();
      t.ok(told.problem !== null && told.claimIds.length === 0, JSON.stringify(body));
    }),
    { numRuns: 150 },
  );
});

void t.test('what is quoted of a misfit is its place, never its value', async (t) => {
  const { sent } = await goodAnswers(t, oneClaim);
  const sandbox = await sandboxFor(t);
  const batch = oneClaim(sandbox.graphqlUrl);
  const path = ['data', 'addGLImportItems', 'edges', 0, 'node'];
  const body = changed(sent, path, 'Kari Nordmann, token=abc-123');
  answerWith(sandbox, 'sent', body);
  const [result] = (await submit(batch)).flat();
  t.equal(
    result?.errorMessage,
    'not understood: data.addGLImportItems.edges.0.node: Invalid input: expected object, received string',
  );
});
