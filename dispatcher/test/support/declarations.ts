/** An organisation with drivers, a declaration and honoraria, behind the real PostgREST. */
import { randomUUID } from 'node:crypto';

import pg from 'pg';

import { createTestDatabase, type Teardown, type TestDatabase } from './database.ts';
import { createTestApi, type ApiAnswer, type TestApi } from './postgrest.ts';
import { waitFor } from './wait-for.ts';

const organisationId = '00000000-0000-4000-8000-000000000001';
const otherId = '00000000-0000-4000-8000-000000000002';

/** Who a call's token speaks for. `stranger` administers another organisation. */
export type Somebody =
  'admin' | 'app' | 'auditor' | 'coordinator' | 'driver' | 'otherDriver' | 'stranger';

const roles: Readonly<Record<Somebody, string>> = {
  admin: 'organisation_admin',
  app: 'app',
  auditor: 'auditor',
  coordinator: 'coordinator',
  driver: 'driver',
  otherDriver: 'driver',
  stranger: 'organisation_admin',
};

/** One row of an answer. */
export type Row = Readonly<Record<string, unknown>>;

export interface Declarations {
  readonly database: TestDatabase;
  readonly organisationId: string;
  readonly api: TestApi;
  readonly tokens: Readonly<Record<Somebody, string>>;
  /** Calls a function of the API as somebody. */
  readonly call: (name: string, body: object, somebody: Somebody) => Promise<ApiAnswer>;
  /**
   * As {@link call}, for one that is to work; its rows.
   *
   * @throws Error with the answer if it doesn't.
   */
  readonly rows: (name: string, body: object, somebody: Somebody) => Promise<Row[]>;
  /** Today in Norway, or so many days later. */
  readonly day: (days?: number) => string;
  /** The app puts an honorarium of a driver, with a line on each of the days; its id. */
  honorarium(days: readonly number[], driver?: Somebody): Promise<string>;
  /** Writes, signs off and publishes a version. */
  publish(validFrom: string, body?: string, language?: string): Promise<Row>;
  /** What a driver is shown is acknowledged by that driver. */
  acknowledge(driver?: Somebody): Promise<Row>;
  verdictOn(claimId: string): Promise<Row>;
  /** A session of its own in a transaction, signed in as somebody. Ends with the test. */
  session(t: Teardown, somebody: Somebody, isolation?: string): Promise<pg.Client>;
  /**
   * Begins `second` while `first` holds its locks, and commits `first` once `second` waits.
   *
   * @returns what became of `second`.
   */
  meet<T>(first: pg.Client, second: () => Promise<T>): Promise<T>;
}

/** Database and PostgREST; both end with `t`. */
export async function startDeclarations(t: Teardown): Promise<Declarations> {
  const database = await createTestDatabase(t);
  const { pool } = database;
  for (const [id, number] of [
    [organisationId, '123456785'],
    [otherId, '987654325'],
  ] as const) {
    await pool.query('select * from accounting.apply_organisation($1)', [
      JSON.stringify({
        organisation: {
          id,
          name: `Organisation ${id.slice(-1)}`,
          organisation_number: number,
          reference_prefix: `O${id.slice(-1)}`,
        },
        integrations: [
          {
            system: 'xledger',
            endpoint: 'https://ledger.example/graphql',
            credential_ref: 'ledger',
            settings: { liability_account: '2910' },
          },
        ],
        mappings: { mileage: { account: '5330' } },
      }),
    ]);
  }
  const api = await createTestApi(t, database);
  const idOf = (somebody: Somebody) => (somebody === 'stranger' ? otherId : organisationId);
  const tokens = Object.fromEntries(
    await Promise.all(
      Object.entries(roles).map(async ([somebody, appRole]) => [
        somebody,
        await api.token({
          role: 'authenticated',
          organisationId: idOf(somebody as Somebody),
          appRole,
          subject: somebody,
        }),
      ]),
    ),
  ) as Record<Somebody, string>;

  const call: Declarations['call'] = (name, body, somebody) =>
    api.post(`/rpc/${name}`, body, { token: tokens[somebody] });
  const rows: Declarations['rows'] = async (name, body, somebody) => {
    const answer = await call(name, body, somebody);
    if (answer.status !== 200) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return answer.body as Row[];
  };
  const first = async (...call: Parameters<typeof rows>): Promise<Row> => {
    const [row] = await rows(...call);
    if (row === undefined) throw new Error(`${call[0]} answered no row`);
    return row;
  };
  const day: Declarations['day'] = (days = 0) =>
    new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', {
      timeZone: 'Europe/Oslo',
    });

  return {
    database,
    organisationId,
    api,
    tokens,
    call,
    rows,
    day,
    async honorarium(days, driver = 'driver') {
      const id = randomUUID();
      const claim = {
        id,
        reference: `O1-${id.slice(0, 8).toUpperCase()}`,
        kind: 'driver_honorarium',
        claimant: { id: driver, name: 'Kari Eksempel' },
        currency: 'NOK',
        total: `${days.length}.00`,
        lines: days.map((days) => ({ type: 'mileage', date: day(days), amount: '1.00' })),
      };
      await rows('put_claims', { p_claims: [claim] }, 'app');
      return id;
    },
    async publish(validFrom, body = 'I, {{driver_name}}, tell nobody.', language = 'nb') {
      const draft = await first(
        'put_declaration_template',
        { p_language: language, p_body: body, p_way_of_acknowledging: 'tick_box' },
        'admin',
      );
      const named = { p_template_id: draft['template_id'], p_version: draft['version'] };
      await rows(
        'sign_off_declaration_template',
        {
          ...named,
          p_body_sha256: draft['body_sha256'],
          p_way_of_acknowledging: 'tick_box',
          p_reference: 'board 12/2026',
        },
        'admin',
      );
      return first('publish_declaration_template', { ...named, p_valid_from: validFrom }, 'admin');
    },
    async acknowledge(driver = 'driver') {
      const shown = await first('current_declaration', {}, driver);
      return first('acknowledge_declaration', argumentsOf(shown), driver);
    },
    verdictOn: (claimId) => first('check_export', { p_claim_ids: [claimId] }, 'coordinator'),
    async session(t, somebody, isolation = 'read committed') {
      const client = new pg.Client({ connectionString: database.superuserUrl });
      await client.connect();
      t.teardown(() => client.end());
      await client.query(`begin isolation level ${isolation}`);
      await client.query(`select set_config('request.jwt.claims', $1, true)`, [
        JSON.stringify({
          role: 'authenticated',
          organisation_id: idOf(somebody),
          app_role: roles[somebody],
          sub: somebody,
        }),
      ]);
      await client.query('set local role authenticated');
      return client;
    },
    async meet(first, second) {
      const end = second();
      end.catch(() => undefined);
      const waits = async (): Promise<boolean> => {
        const { rowCount } = await pool.query(
          `select 1 from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rowCount === 1;
      };
      await waitFor(waits, { what: 'the second session to wait for the first' });
      await first.query('commit');
      return end;
    },
  };
}

/** What acknowledges the text of a `current_declaration`. */
export function argumentsOf(shown: Row): Record<string, unknown> {
  return {
    p_template_id: shown['template_id'],
    p_version: shown['version'],
    p_content_sha256: shown['content_sha256'],
  };
}
