/** Two organisations with runs in several states, and everybody who may knock at the API's door. */
import { randomUUID } from 'node:crypto';

import { createTestDatabase, type Teardown, type TestDatabase } from './database.ts';
import { createTestApi, type TestApi } from './postgrest.ts';
import { runsOf, type Given } from './runs-of.ts';
import { newClaims, type ClaimInput } from './two-organisations.ts';

/** What there is to ask for in an organisation, by id. */
export interface Holdings {
  readonly organisationId: string;
  /** Approved, and held by no run. */
  readonly claim: ClaimInput;
  readonly queued: Given;
  readonly exported: Given;
  readonly review: Given;
  readonly produced: Given;
}

/** A caller, as the matrix names it. */
export interface Caller {
  readonly name: string;
  /** None: the caller is `anon`. */
  readonly token?: string;
  /** Whose the caller is, or would like to be. */
  readonly organisation: 'A' | 'B';
  /** Whether it has to say which organisation it means. */
  readonly namesOrganisation: boolean;
}

export interface AccessWorld {
  readonly database: TestDatabase;
  readonly api: TestApi;
  readonly A: Holdings;
  readonly B: Holdings;
  /** Ids that nobody has. */
  readonly nobody: Holdings;
  readonly callers: readonly Caller[];
  /** Words that stand only in what belongs to one organisation: ids, references, texts, names. */
  readonly words: Readonly<Record<'A' | 'B', readonly string[]>>;
}

export const organisationA = '00000000-0000-4000-8000-00000000000a';
export const organisationB = '00000000-0000-4000-8000-00000000000b';

/** Stands in every text of B that somebody could have written. */
export const marker = 'Zirkonia';

/** Stands where nobody at all may read it. */
export const unseen = 'unseen-value';

/** @param options.mayRollBack see {@link createTestApi} */
export async function startAccessWorld(
  t: Teardown,
  options: { readonly mayRollBack?: boolean } = {},
): Promise<AccessWorld> {
  const database = await createTestDatabase(t);
  const holdings = {
    A: await seed(database, organisationA, '123456785', 'OA', 'Amalie'),
    B: await seed(database, organisationB, '987654325', 'OB', marker),
  };
  const api = await createTestApi(t, database, options);
  return {
    database,
    api,
    ...holdings,
    nobody: nobodys(),
    callers: await callersOf(api),
    words: {
      A: await wordsOf(database, organisationA, 'Amalie'),
      B: await wordsOf(database, organisationB, marker),
    },
  };
}

async function seed(
  database: TestDatabase,
  id: string,
  organisationNumber: string,
  prefix: string,
  word: string,
): Promise<Holdings> {
  const { pool } = database;
  const runs = runsOf(pool, { id, organisationNumber, prefix });
  const said = { name: `${word} Eksempel`, text: `${word} to the meeting` };
  await runs.apply({
    system: 'xledger',
    endpoint: `https://${unseen}.example/graphql`,
    credential_ref: `${unseen}-${prefix.toLowerCase()}`,
    settings: { liability_account: '2910' },
  });
  const exported = await runs.exported(said);
  const faulty = await runs.exported(said);
  const review = await runs.waitsForPerson(said);
  const rejected = await runs.request(said);
  const lease = await runs.lease(rejected);
  await runs.start(rejected, lease);
  await runs.record(rejected, lease, 'rejected', {
    http_status: 400,
    error_message: `${word} is closed`,
  });
  const flagged = await runs.claim(said);
  await pool.query('select accounting.flag_claims($1, $2, $3, $4)', [
    id,
    [flagged.id],
    `${word} booked it by hand`,
    word,
  ]);
  await runs.useFiles();
  const produced = await runs.produced(said);
  const queued = await runs.request(said);
  // What only a dispatcher would find out.
  await pool.query(
    `update accounting.claim_reservations
        set fault = $2 || ' is missing', faulted_at = accounting.clock(), is_fault_told = false
      where organisation_id = $1 and run_id = $3`,
    [id, word, faulty.runId],
  );
  await pool.query(
    `update accounting.integrations
        set paused_at = accounting.clock(), paused_reason = $2 || ' refused us'
      where organisation_id = $1 and system = 'xledger'`,
    [id, word],
  );
  // One more, of which nothing is exportable.
  await pool.query('insert into api.export_requests (organisation_id, claim_ids) values ($1, $2)', [
    id,
    [exported.claimId],
  ]);
  return { organisationId: id, claim: await runs.claim(said), queued, exported, review, produced };
}

function nobodys(): Holdings {
  const given = (): Given => ({ runId: randomUUID(), claimId: randomUUID() });
  const [claim] = newClaims('OC', 1);
  if (claim === undefined) throw new Error('there is no claim');
  return {
    organisationId: randomUUID(),
    claim,
    queued: given(),
    exported: given(),
    review: given(),
    produced: given(),
  };
}

async function callersOf(api: TestApi): Promise<Caller[]> {
  const of = { organisation: 'A', namesOrganisation: false } as const;
  const person = (
    appRole: string,
    more: Partial<Parameters<TestApi['token']>[0]> = {},
  ): Promise<string> =>
    api.token({
      role: 'authenticated',
      organisationId: organisationA,
      appRole,
      subject: `${appRole}-1`,
      ...more,
    });
  const roles = ['app', 'coordinator', 'driver', 'auditor', 'organisation_admin'];
  const homeless = await api.token({ role: 'authenticated', appRole: 'coordinator', subject: 'x' });
  return [
    { name: 'anon', ...of },
    ...(await Promise.all(roles.map(async (name) => ({ name, token: await person(name), ...of })))),
    {
      name: 'service_role',
      token: await api.token({ role: 'service_role' }),
      organisation: 'A',
      namesOrganisation: true,
    },
    {
      name: 'coordinator_of_B',
      token: await person('coordinator', { organisationId: organisationB }),
      organisation: 'B',
      namesOrganisation: false,
    },
    { name: 'no_organisation', token: homeless, ...of },
    { name: 'unknown_app_role', token: await person('superuser'), ...of },
    {
      name: 'in_user_metadata',
      token: await person('coordinator', { placedIn: 'user_metadata' }),
      ...of,
    },
  ];
}

/** Every id and reference of the organisation, from whatever table has such a column. */
async function wordsOf(database: TestDatabase, id: string, word: string): Promise<string[]> {
  const { rows: columns } = await database.pool.query<{ relation: string; name: string }>(
    `select a.attrelid::regclass::text as relation, quote_ident(a.attname) as name
       from pg_attribute as a
       join pg_class as c on c.oid = a.attrelid and c.relkind = 'r'
      where c.relnamespace = 'accounting'::regnamespace
        and a.attname in ('id', 'run_id', 'claim_id', 'reference', 'batch_key', 'hash')
        and a.attnum > 0 and not a.attisdropped
        and exists (
          select from pg_attribute as o
           where o.attrelid = c.oid and o.attname = 'organisation_id')`,
  );
  const words = new Set([id, word]);
  for (const { relation, name } of columns) {
    const { rows } = await database.pool.query<{ word: string }>(
      `select distinct ${name}::text as word from ${relation}
        where organisation_id = $1 and ${name} is not null`,
      [id],
    );
    for (const row of rows) words.add(row.word);
  }
  return [...words];
}
