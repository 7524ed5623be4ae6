import { randomUUID } from 'node:crypto';

import pg from 'pg';
import type { Test } from 'tap';

import { newClaims } from './two-organisations.ts';

/** The three logins that the way of a claim leads through, each with its own rights. */
export interface Logins {
  /** Who migrated. */
  readonly owner: string;
  /** What a dispatcher logs in with: holds `export_dispatcher`. */
  readonly dispatcher: string;
  /** What PostgREST logs in with: may become `authenticated`, and has no rights of its own. */
  readonly authenticator: string;
}

const organisationId = '00000000-0000-4000-8000-000000000001';

/**
 * Takes two claims all the way, by SQL alone: the organisation is loaded, the app puts claims and
 * asks for an export, a dispatcher leases, starts and records, a coordinator reads the status and
 * is refused a second export. Fails `t` where something else than that happens.
 */
export async function takeMainPath(t: Test, logins: Logins): Promise<void> {
  const [owner, dispatcher, authenticator] = await Promise.all(
    [logins.owner, logins.dispatcher, logins.authenticator].map((url) => connect(t, url)),
  );
  if (!owner || !dispatcher || !authenticator) throw new Error('a login is missing');

  await owner.query('select * from accounting.apply_organisation($1)', [organisationFile()]);

  const claims = newClaims('HLF', 2);
  const claimIds = claims.map(({ id }) => id);
  const put = await asCaller(authenticator, 'app', 'select result from api.put_claims($1)', [
    JSON.stringify(claims),
  ]);
  t.same(put, [{ result: 'created' }, { result: 'created' }], 'the app puts its claims');

  const ask = `insert into api.export_requests (claim_ids) values ($1) returning run_id, state`;
  const [request] = await asCaller(authenticator, 'app', ask, [claimIds]);
  t.match(request, { run_id: String, state: 'queued' }, 'a request becomes a run');
  const again = await asCaller(authenticator, 'app', ask, [claimIds]);
  t.same(again, [request], 'a double click gives back the same run');

  const leased = await rows(dispatcher, `select * from accounting.lease_runs('dispatcher-1', 10)`);
  t.match(leased, [{ run_id: request?.['run_id'], purpose: 'send' }], 'a dispatcher leases it');
  const lease = [organisationId, leased[0]?.['run_id'], leased[0]?.['lease_id']];
  const start = 'select is_started, state from accounting.start_attempt($1, $2, $3)';
  const started = await rows(dispatcher, start, lease);
  t.same(started, [{ is_started: true, state: 'sending' }], 'starts an attempt');
  const result = {
    organisation_id: organisationId,
    run_id: lease[1],
    lease_id: lease[2],
    kind: 'attempt',
    attempt_no: 1,
    actor: 'dispatcher-1',
    keep_lease_ms: 0,
    rows: [{ outcome: 'accepted', claim_ids: claimIds, http_status: 200 }],
  };
  const record = 'select is_late, state from accounting.record_results($1)';
  const recorded = await rows(dispatcher, record, [JSON.stringify([result])]);
  t.same(recorded, [{ is_late: false, state: 'exported' }], 'and records what came of it');

  const status = `select "totalClaims", "successCount", "failureCount", "integrationStatus"
    from api.get_export_status($1)`;
  t.same(
    await asCaller(authenticator, 'coordinator', status, [lease[1]]),
    [{ totalClaims: 2, successCount: 2, failureCount: 0, integrationStatus: 'exported' }],
    'a coordinator sees it exported',
  );
  const verdicts = `select distinct verdict from api.check_export($1)`;
  t.same(
    await asCaller(authenticator, 'coordinator', verdicts, [claimIds]),
    [{ verdict: 'already_exported' }],
    'and the guard lets it through no second time',
  );
  const trail = 'select kind, outcome from api.export_runs';
  t.same(
    await asCaller(authenticator, 'coordinator', trail),
    [{ kind: 'attempt', outcome: 'accepted' }],
    'the trail tells of the attempt',
  );
  t.same(
    await asCaller(authenticator, 'coordinator', trail, [], randomUUID()),
    [],
    'another organisation sees nothing of it',
  );
}

async function connect(t: Test, connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  t.teardown(() => client.end());
  return client;
}

type Row = Record<string, unknown>;

async function rows(client: pg.Client, sql: string, values: unknown[] = []): Promise<Row[]> {
  return (await client.query<Row>(sql, values)).rows;
}

/** As PostgREST does it: a transaction in which role and token are set. */
async function asCaller(
  client: pg.Client,
  appRole: string,
  sql: string,
  values: unknown[] = [],
  organisation = organisationId,
): Promise<Row[]> {
  const token = {
    role: 'authenticated',
    sub: `${appRole}-1`,
    app_metadata: { organisation_id: organisation, app_role: appRole },
  };
  await client.query('begin; set local role authenticated');
  try {
    await client.query(`select set_config('request.jwt.claims', $1, true)`, [
      JSON.stringify(token),
    ]);
    const found = await rows(client, sql, values);
    await client.query('commit');
    return found;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function organisationFile(): string {
  return JSON.stringify({
    organisation: {
      id: organisationId,
      name: 'HLF',
      organisation_number: '123456785',
      reference_prefix: 'HLF',
    },
    integrations: [
      {
        system: 'xledger',
        endpoint: 'https://ledger.example/graphql',
        credential_ref: 'hlf-xl',
        settings: { liability_account: '2910' },
      },
    ],
    mappings: { mileage: { account: '7100' }, toll: { account: '7140' } },
  });
}
