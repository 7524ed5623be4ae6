/** Asks for everything in schema `api`, by every verb, as everybody, and tells what came of it. */
import type { Pool } from 'pg';

import { functionCalls, inserts } from './access-requests.ts';
import {
  organisationB,
  unseen,
  type AccessWorld,
  type Caller,
  type Holdings,
} from './access-world.ts';
import type { ApiAnswer } from './postgrest.ts';

/** What the catalogue has in schema `api`. */
interface Catalogue {
  readonly relations: readonly {
    readonly name: string;
    readonly columns: readonly { readonly name: string; readonly type: string }[];
  }[];
  readonly functions: readonly {
    readonly name: string;
    readonly signature: string;
    readonly isTrigger: boolean;
  }[];
}

/** One request, whoever sends it. */
interface Ask {
  /** The object, as the matrix names it. */
  readonly object: string;
  /** Verb, and whose ids are asked about, if it is about ids. */
  readonly what: string;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

export interface Matrix {
  readonly text: string;
  /** Names of objects, each of which has a block in the text. */
  readonly objects: readonly string[];
  /** What no answer may do: each a sentence that names the request. */
  readonly problems: readonly string[];
  readonly requestCount: number;
}

const atOnce = 8;

/** By object, by verb, by result: who got it. */
type Cells = Map<string, Map<string, Map<string, string[]>>>;

/** @param world one that may roll back, or the first request would change what the others meet */
export async function makeMatrix(world: AccessWorld): Promise<Matrix> {
  const catalogue = await readCatalogue(world.database.pool);
  const keys = await readKeys(world);
  const cells: Cells = new Map();
  const problems: string[] = [];
  let requestCount = 0;

  const tell = (ask: Ask, caller: Caller, cell: string): void => {
    const lines = inMap(cells, ask.object, () => new Map<string, Map<string, string[]>>());
    inMap(
      inMap(lines, ask.what, () => new Map<string, string[]>()),
      cell,
      () => [],
    ).push(caller.name);
  };
  const send = async (ask: Ask, caller: Caller): Promise<ApiAnswer> => {
    requestCount += 1;
    const answer = await world.api.send(
      ask.method,
      ask.path,
      {
        ...(caller.token === undefined ? {} : { token: caller.token }),
        headers: { prefer: 'tx=rollback, return=representation, count=exact' },
      },
      ask.body,
    );
    problems.push(...leaksIn(world, caller, ask, answer));
    return answer;
  };

  const jobs: (() => Promise<() => void>)[] = [];
  for (const caller of world.callers) {
    for (const ask of plainAsks(catalogue, keys)) {
      jobs.push(async () => {
        const answer = await send(ask, caller);
        return () => tell(ask, caller, cellOf(world, ask, answer));
      });
    }
    for (const about of asksAboutIds(catalogue, world, caller)) {
      jobs.push(async () => {
        const own = await send(about.own, caller);
        const told = [() => tell(about.own, caller, cellOf(world, about.own, own))];
        if (about.foreign !== undefined) {
          const { foreign, nobodys } = about;
          const [theirs, none] = [await send(foreign, caller), await send(nobodys, caller)];
          told.push(() => tell(foreign, caller, cellOf(world, foreign, theirs)));
          const [left, right] = [bare(foreign, theirs), bare(nobodys, none)];
          if (left !== right && !caller.namesOrganisation) {
            problems.push(
              `${caller.name}: ${foreign.object} ${foreign.method} tells whether there is such an ` +
                `id elsewhere:\n  ${left}\n  ${right}`,
            );
          }
        }
        return () => told.forEach((one) => one());
      });
    }
  }
  // Told in the order of the callers, whoever was answered first.
  for (const told of await inTurns(jobs, atOnce)) told();
  const names = world.callers.map(({ name }) => name);
  return { text: written(cells, names), objects: [...cells.keys()], problems, requestCount };
}

async function readCatalogue(pool: Pool): Promise<Catalogue> {
  const relations = await pool.query<Catalogue['relations'][number]>(
    `select c.relname as name,
            (select json_agg(json_build_object('name', a.attname, 'type', a.atttypid::regtype)
                      order by a.attnum)
               from pg_attribute as a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
       from pg_class as c
      where c.relnamespace = 'api'::regnamespace
        and c.relkind in ('r', 'v', 'm', 'f', 'p')
      order by c.relname`,
  );
  const functions = await pool.query<Catalogue['functions'][number]>(
    `select p.proname as name,
            p.proname || '(' || oidvectortypes(p.proargtypes) || ')' as signature,
            p.prorettype = 'trigger'::regtype as "isTrigger"
       from pg_proc as p
      where p.pronamespace = 'api'::regnamespace
      order by signature`,
  );
  return { relations: relations.rows, functions: functions.rows };
}

/** By view, the columns that PostgREST takes for its key: what PUT has to name. */
async function readKeys(world: AccessWorld): Promise<Map<string, string[]>> {
  const token = await world.api.token({ role: 'service_role' });
  const { body } = await world.api.get('/', { token });
  const { definitions } = body as {
    definitions: Record<string, { properties: Record<string, { description?: string }> }>;
  };
  return new Map(
    Object.entries(definitions).map(([name, { properties }]) => [
      name,
      Object.keys(properties).filter((column) =>
        properties[column]?.description?.includes('<pk/>'),
      ),
    ]),
  );
}

/** What is asked of every view: by HEAD too, and to write over and delete whatever is there. */
function plainAsks(catalogue: Catalogue, keys: ReadonlyMap<string, string[]>): Ask[] {
  return [
    ...catalogue.relations.flatMap(({ name, columns }) => {
      const object = `view ${name}`;
      const path = `/${name}`;
      const ask = (method: string, more: Partial<Ask> = {}): Ask => ({
        object,
        what: method,
        method,
        path,
        ...more,
      });
      const key = columns
        .filter((column) => keys.get(name)?.includes(column.name))
        .map((column) => [column.name, column.type === 'uuid' ? organisationB : '1'] as const);
      return [
        ask('GET'),
        ask('HEAD'),
        ask('PATCH', { body: JSON.stringify({ [columns[0]?.name ?? '']: null }) }),
        ask('PUT', {
          path: `${path}?${key.map(([column, value]) => `${column}=eq.${value}`).join('&')}`,
          body: JSON.stringify(Object.fromEntries(key)),
        }),
        ask('DELETE'),
      ];
    }),
    ...catalogue.functions
      .filter(({ isTrigger }) => isTrigger)
      .flatMap(({ name, signature }) =>
        ['GET', 'POST'].map((method) => ({
          object: `function ${signature}`,
          what: method,
          method,
          path: `/rpc/${name}`,
          ...(method === 'POST' ? { body: '{}' } : {}),
        })),
      ),
  ];
}

type AboutIds =
  | { readonly own: Ask; readonly foreign?: undefined }
  | { readonly own: Ask; readonly foreign: Ask; readonly nobodys: Ask };

/** Functions and inserts: about one's own ids, another organisation's, and nobody's. */
function asksAboutIds(catalogue: Catalogue, world: AccessWorld, caller: Caller): AboutIds[] {
  const [mine, theirs] = caller.organisation === 'A' ? [world.A, world.B] : [world.B, world.A];
  const named = (id: string) => (caller.namesOrganisation ? id : undefined);
  const inThree = (
    request: (given: Holdings, named: string | undefined) => object,
    form: (body: object, whose: string) => Ask,
  ): AboutIds => {
    const own = request(mine, named(mine.organisationId));
    const foreign = request(theirs, named(mine.organisationId));
    if (JSON.stringify(own) === JSON.stringify(foreign)) return { own: form(own, '') };
    return {
      own: form(own, ' own'),
      foreign: form(foreign, ' foreign'),
      nobodys: form(request(world.nobody, named(mine.organisationId)), ' foreign'),
    };
  };
  return [
    ...catalogue.relations.map(({ name }) =>
      inThree(inserts[name] ?? (() => ({})), (body, whose) => ({
        object: `view ${name}`,
        what: `POST${whose}`,
        method: 'POST',
        path: `/${name}`,
        body: JSON.stringify(body),
      })),
    ),
    ...catalogue.functions
      .filter(({ isTrigger }) => !isTrigger)
      .flatMap(({ name, signature }) => {
        const request = functionCalls[signature];
        if (request === undefined) {
          throw new Error(
            `say in support/access-requests.ts what to ask of api.${signature}: nobody knows yet`,
          );
        }
        return ['GET', 'POST'].map((method) =>
          inThree(request, (body, whose) => ({
            object: `function ${signature}`,
            what: `${method}${whose}`,
            method,
            path: `/rpc/${name}${method === 'GET' ? query(body) : ''}`,
            ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
          })),
        );
      }),
  ];
}

function query(body: object): string {
  const words = Object.entries(body).map(([name, value]) => {
    const text =
      Array.isArray(value) && typeof value[0] === 'string'
        ? `{${value.join(',')}}`
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value);
    return `${name}=${encodeURIComponent(text)}`;
  });
  return words.length === 0 ? '' : `?${words.join('&')}`;
}

/** Status and code; of rows, how many tell something of A or of B that the request didn't say. */
function cellOf(world: AccessWorld, ask: Ask, { status, headers, body }: ApiAnswer): string {
  if (status >= 400) {
    const code = (body as { code?: string } | null)?.code;
    return code === undefined ? String(status) : `${status} ${code}`;
  }
  const total = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1];
  if (ask.method === 'HEAD') return `${status}, counts ${total ?? 'nothing'}`;
  const rows = Array.isArray(body) ? (body as unknown[]) : body === null ? [] : [body];
  const telling = (words: readonly string[]): number => {
    const unsaid = notSaid(ask, words);
    return rows.filter((row) => {
      const text = JSON.stringify(row);
      return unsaid.some((word) => text.includes(word));
    }).length;
  };
  const counts = [
    ['A', telling(world.words.A)],
    ['B', telling(world.words.B)],
  ] as const;
  const seen = counts.filter(([, count]) => count > 0).map(([name, count]) => `${name} ${count}`);
  const size = rows.length === 1 ? '1 row' : `${rows.length === 0 ? 'no' : rows.length} rows`;
  const counted =
    total === undefined || Number(total) === rows.length ? '' : `, though it counts ${total}`;
  return `${status}, ${size}${seen.length === 0 ? '' : ` of ${seen.join(' and ')}`}${counted}`;
}

function notSaid({ path, body = '' }: Ask, words: readonly string[]): string[] {
  const said = decodeURIComponent(path) + body;
  return words.filter((word) => !said.includes(word));
}

/** SQL, or names that nobody needs who may not see the schema. */
const innards = /accounting\.|accounting_migrations|pg_temp|PL\/pgSQL|SQL (statement|function)/i;

function leaksIn(world: AccessWorld, caller: Caller, ask: Ask, answer: ApiAnswer): string[] {
  const text = `${JSON.stringify([...answer.headers])} ${JSON.stringify(answer.body)}`;
  const problem = (what: string): string =>
    `${caller.name}: ${ask.what} ${ask.path} tells ${what}: ${text.slice(0, 300)}`;
  const others =
    caller.name === 'service_role' ? [] : world.words[caller.organisation === 'A' ? 'B' : 'A'];
  return [
    ...notSaid(ask, others)
      .filter((word) => text.includes(word))
      .map((word) => problem(`of the other organisation (${word})`)),
    ...(text.includes(unseen) ? [problem('what nobody may read')] : []),
    ...(answer.status >= 400 && innards.test(text) ? [problem('how it is made inside')] : []),
  ];
}

/** An answer without the ids that were sent, and without what is new each time. */
function bare(ask: Ask, answer: ApiAnswer): string {
  const said = decodeURIComponent(ask.path) + (ask.body ?? '');
  const text = JSON.stringify([
    answer.status,
    answer.body,
    answer.headers.get('content-range'),
    answer.headers.get('content-type'),
  ]);
  return text
    .replaceAll(/O[ABC]-[0-9A-F-]{13}/g, 'REFERENCE')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) =>
      said.includes(id) ? 'SENT' : 'NEW',
    )
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.+]+/g, 'NOW');
}

/** A block for each object, a line for each result, behind it whose it is. */
function written(cells: Cells, everybody: readonly string[]): string {
  const order = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE'];
  const place = (what: string): number => order.indexOf(what.split(' ')[0] ?? '');
  const who = (names: readonly string[]): string => {
    if (names.length === everybody.length) return 'everybody';
    const missing = everybody.filter((name) => !names.includes(name));
    return missing.length === 1 ? `everybody but ${missing[0]}` : names.join(' ');
  };
  const blocks = [...cells].sort(byObject).map(([object, lines]) => {
    const rows = [...lines]
      .sort(([left], [right]) => place(left) - place(right))
      .flatMap(([what, results]) =>
        [...results].map(([cell, names], index) =>
          `  ${(index === 0 ? what : '').padEnd(13)} ${cell.padEnd(28)} ${who(names)}`.trimEnd(),
        ),
      );
    return [object, ...rows].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

/** Views first. */
function byObject([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  const key = (object: string): string => object.replace(/^view/, 'a view');
  return key(left) < key(right) ? -1 : 1;
}

function inMap<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}

/** Runs the jobs, so many at once; their results in the order of the jobs. */
async function inTurns<T>(jobs: readonly (() => Promise<T>)[], count: number): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < jobs.length; at = next++) {
      const job = jobs[at];
      if (job !== undefined) results[at] = await job();
    }
  };
  await Promise.all(Array.from({ length: count }, work));
  return results;
}
