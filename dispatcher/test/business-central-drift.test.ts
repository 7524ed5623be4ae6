/**
 * Answers that change without notice: every field of every answer, left out or of another type. None
 * that we depend on gives a success, and the trail names the path; fields that we don't know may come
 * and go.
 */
import t, { type Test } from 'tap';
import type { HttpRequest, HttpResult } from '../http.ts';
import { claim, startWorld, type AttemptOptions } from './support/business-central.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Path = readonly (string | number)[];
type Told = readonly { readonly outcome: string; readonly errorMessage: string | null }[];

const world = await startWorld();
t.teardown(() => world.sandbox.close());
const one = claim(1);
const SECRETS = [one.claimant_name, 'sandbox-secret'];

const dimensions = String.raw`(\.dimensionSetLines(\.\d+(\.(id|code|valueCode))?)?)`;
/** By resource: the paths that have to be there as they are. */
const needed: Readonly<Record<string, RegExp>> = {
  token: /^(access_token|token_type|expires_in)?$/,
  journals: /^$|^(id|code|displayName)$|^value(\.\d+(\.(id|code|displayName))?)?$/,
  journalLines: new RegExp(
    String.raw`^$|^value(\.\d+(\.(id|lineNumber|accountType|accountNumber|documentNumber|` +
      String.raw`externalDocumentNumber|amount|balancingAccountNumber)|${dimensions})?)?$`,
  ),
  generalLedgerEntries: new RegExp(
    String.raw`^$|^value(\.\d+(\.(id|documentNumber|accountNumber|debitAmount|creditAmount)|` +
      String.raw`${dimensions})?)?$`,
  ),
  $batch: /^$|^responses(\.\d+(\.(id|status))?)?$/,
};

function resourceOf({ url }: HttpRequest): string {
  const path = new URL(url).pathname;
  return path.endsWith('/token') ? 'token' : (/[^/()]+$/.exec(path)?.[0] ?? '');
}

function pathsOf(value: Json, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const children = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...children.flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

const drop = Symbol('drop');
/** Another type than it has. */
const retyped = (value: Json): Json =>
  typeof value === 'string' ? { text: value } : typeof value === 'number' ? 'one' : null;

function changed(value: Json, path: Path, change: (old: Json) => Json | typeof drop): Json {
  const [key, ...rest] = path;
  if (key === undefined) {
    const now = change(value);
    return now === drop ? {} : now;
  }
  const copy: Json = structuredClone(value);
  const part = copy as Record<string | number, Json>;
  const old = part[key] ?? null;
  const now = rest.length > 0 ? changed(old, rest, change) : change(old);
  if (now === drop) Reflect.deleteProperty(part, key);
  else part[key] = now;
  return copy;
}

const changes: Readonly<Record<string, (old: Json) => Json | typeof drop>> = {
  'left out': () => drop,
  'of another type': retyped,
};

/** Runs once as it is and then once for each change of each path; `good` is what the first tells. */
async function everyChange(
  t: Test,
  prepare: () => Promise<unknown>,
  run: (alter: NonNullable<AttemptOptions['alter']>) => Promise<Told>,
  good: string,
): Promise<void> {
  const answers: { resource: string; body: Json }[] = [];
  await prepare();
  const told = await run((request, result) => {
    const body = result.kind === 'answer' ? (JSON.parse(result.text) as Json) : null;
    answers.push({ resource: resourceOf(request), body });
    return result;
  });
  t.ok(
    told.every(({ outcome }) => outcome === good),
    'all is well as it is',
  );

  let count = 0;
  for (const [index, { resource, body }] of answers.entries()) {
    for (const path of pathsOf(body)) {
      const dotted = path.join('.');
      const isNeeded = needed[resource]?.test(dotted) ?? false;
      for (const [name, change] of Object.entries(changes)) {
        // Of what an operation gives back, one shows for all that none of it is believed.
        if (!isNeeded && /^responses\.[1-9]|\.(body|headers)\..*\./.test(dotted)) continue;
        // An element that is left out is another answer, not one of another shape.
        if (name === 'left out' && typeof path.at(-1) !== 'string') continue;
        if (!isNeeded && name === 'left out') continue;
        count += 1;
        const results = await after(prepare, run, index, (old) => changed(old, path, change));
        const label = `${resource} ${dotted} ${name}`;
        const isNamed = results.some(({ errorMessage }) =>
          errorMessage?.includes(`${resource}: ${dotted === '' ? '' : `${dotted}: `}expected `),
        );
        const isGood = results.every(({ outcome }) => outcome === good);
        if (isNeeded ? !isGood && isNamed : isGood || isNamed) continue;
        t.fail(label, { results });
      }
    }
  }
  t.ok(count > 100, `${String(count)} changes`);
}

async function after(
  prepare: () => Promise<unknown>,
  run: (alter: NonNullable<AttemptOptions['alter']>) => Promise<Told>,
  index: number,
  change: (body: Json) => Json,
): Promise<Told> {
  await prepare();
  let seen = -1;
  const results = await run((_, result: HttpResult) => {
    seen += 1;
    if (seen !== index || result.kind !== 'answer') return result;
    return { ...result, text: JSON.stringify(change(JSON.parse(result.text) as Json)) };
  });
  for (const { errorMessage } of results) {
    if (SECRETS.some((secret) => errorMessage?.includes(secret))) throw new Error('a secret');
  }
  return results;
}

const empty = () => {
  world.sandbox.reset();
  return Promise.resolve();
};
const sent = async () => {
  await empty();
  await world.submit(world.batch([one]));
};

void t.test('no changed answer to a send is taken for a success', (t) =>
  everyChange(
    t,
    empty,
    (alter) => world.submit(world.batch([one]), { alter, isNew: true }),
    'accepted',
  ),
);

void t.test('no changed answer to a question about drafts is taken for one', (t) =>
  everyChange(t, sent, (alter) => world.ask(world.batch([one]), { alter, isNew: true }), 'found'),
);

void t.test('no changed answer to a question about what is posted is taken for one', (t) =>
  everyChange(
    t,
    async () => {
      await sent();
      await world.post();
    },
    (alter) => world.ask(world.batch([one]), { alter, isNew: true }),
    'found',
  ),
);
