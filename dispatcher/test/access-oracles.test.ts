/**
 * Ways round the front door, through the real PostgREST: what somebody tries who has a token of one
 * organisation and wants to know of another.
 */
import { randomUUID } from 'node:crypto';

import t, { type Test } from 'tap';

import { marker, startAccessWorld, unseen } from './support/access-world.ts';
import type { ApiAnswer, ApiRequest } from './support/postgrest.ts';
import { newClaims } from './support/two-organisations.ts';

// On a busy machine the default is too short.
t.setTimeout(120_000);

const world = await startAccessWorld(t);
const { api, A, B, nobody } = world;
const { pool } = world.database;
const tokenOf = (name: string): string =>
  world.callers.find((caller) => caller.name === name)?.token ?? '';
const [coordinator, app, service] = ['coordinator', 'app', 'service_role'].map(tokenOf);

/** What only the schema behind the API has: its name, its tables, and where SQL speaks of itself. */
const inner = (
  await pool.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'accounting'::regnamespace and relkind in ('r', 'i') and relname like '%\\_%'
     except select relname from pg_class where relnamespace = 'api'::regnamespace`,
  )
).rows.map(({ name }) => name);
const innards = [...inner, 'accounting.', 'PL/pgSQL', 'SQL statement', 'SQL function'];

/** Whatever comes: nothing of B that wasn't sent, nothing that nobody may see, no crash. */
function tellsNothing(t: Test, answer: ApiAnswer, sent: string): void {
  const text = `${JSON.stringify([...answer.headers])} ${JSON.stringify(answer.body)}`;
  const told = world.words.B.filter((word) => text.includes(word) && !sent.includes(word));
  t.strictSame(told, [], `nothing of the other organisation: ${sent.slice(0, 80)}`);
  t.notMatch(text, unseen, 'nor a secret');
  const seen = innards.filter((word) => text.includes(word) && !sent.includes(word));
  if (answer.status >= 400) t.strictSame(seen, [], 'nor how it is made');
}

async function get(t: Test, path: string, request: ApiRequest = {}): Promise<ApiAnswer> {
  const answer = await api.get(path, { token: coordinator ?? '', ...request });
  tellsNothing(t, answer, decodeURIComponent(path));
  return answer;
}

async function post(t: Test, path: string, body: object, request: ApiRequest = {}) {
  const answer = await api.post(path, body, { token: coordinator ?? '', ...request });
  tellsNothing(t, answer, path + JSON.stringify(body));
  return answer;
}

/** How everything of B stands, to see that nobody changed it. */
async function stateOfB(): Promise<unknown> {
  const { rows } = await pool.query(
    `select (select json_agg(c order by c.id) from accounting.claims as c
              where c.organisation_id = $1) as claims,
            (select json_agg(l order by l.claim_id, l.line_no) from accounting.claim_lines as l
              where l.organisation_id = $1) as lines,
            (select json_agg(e order by e.run_id) from accounting.export_requests as e
              where e.organisation_id = $1) as runs,
            (select json_agg(r order by r.run_id, r.claim_id)
               from accounting.claim_reservations as r where r.organisation_id = $1) as reservations,
            (select json_agg(x order by x.seq) from accounting.export_runs as x
              where x.organisation_id = $1) as trail`,
    [B.organisationId],
  );
  return rows[0];
}
const before = await stateOfB();

/** Whether both are answered alike, but for the ids that were sent. */
async function areAlike(
  t: Test,
  what: string,
  ask: (whose: typeof B) => Promise<ApiAnswer>,
  expected: { readonly status: number; readonly code?: string },
): Promise<void> {
  const plain = ({ status, headers, body }: ApiAnswer, whose: typeof B): string => {
    let text = JSON.stringify([
      status,
      headers.get('content-type'),
      headers.get('content-range'),
      body,
    ]);
    for (const id of JSON.stringify(whose).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ??
      []) {
      text = text.replaceAll(id, 'SENT');
    }
    return text
      .replaceAll(whose.claim.reference, 'REFERENCE')
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'NEW')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.+]+/g, 'NOW');
  };
  const theirs = await ask(B);
  t.equal(plain(theirs, B), plain(await ask(nobody), nobody), `${what}: as if it weren't there`);
  t.equal(theirs.status, expected.status, what);
  if (expected.code !== undefined) t.match(theirs.body, { code: expected.code }, what);
}

await t.test("no filter finds another organisation's rows", async (t) => {
  const run = B.queued.runId;
  const filters = [
    `run_id=eq.${run}`,
    `run_id=in.(${run},${A.queued.runId})`,
    `organisation_id=eq.${B.organisationId}`,
    `organisation_id=neq.${A.organisationId}`,
    `organisation_id=not.is.null`,
    `or=(organisation_id.eq.${B.organisationId},run_id.not.is.null)`,
    `or=(and(run_id.eq.${run},organisation_id.eq.${B.organisationId}),run_id.is.null)`,
    `not.or=(organisation_id.eq.${A.organisationId})`,
    `organisation_id=gt.${A.organisationId}`,
    `limit=100&offset=5`,
    `order=organisation_id.desc`,
  ];
  for (const view of [
    'export_status',
    'export_requests',
    'export_runs',
    'export_claims',
    'export_attention',
  ]) {
    for (const filter of filters) {
      const { status, body } = await get(t, `/${view}?${filter}`);
      t.equal(status, 200, filter);
      const rows = body as { organisation_id: string }[];
      t.ok(
        rows.every((row) => row.organisation_id === A.organisationId),
        `${view}: own rows only`,
      );
    }
    const past = await get(t, `/${view}?offset=1000`, { headers: { prefer: 'count=exact' } });
    t.match(past, { status: 416, body: { code: 'PGRST103' } }, `${view}: beyond the last own row`);
  }
});

await t.test(
  'no column can be filtered, ordered or read that the view does not show',
  async (t) => {
    const hidden = [
      'batch_key',
      'request_key',
      'frozen_input',
      'lease_id',
      'leased_by',
      'endpoint',
      'credential_ref',
      'hash',
      'previous_hash',
      'claimant_name',
      'ctid',
      'xmin',
      'tableoid',
    ];
    for (const column of hidden) {
      for (const words of [
        `${column}=not.is.null`,
        `order=${column}`,
        `select=${column}`,
        `or=(${column}.gt.a,run_id.is.null)`,
      ]) {
        const { status, body } = await get(t, `/export_requests?${words}`);
        t.match({ status, body }, { status: 400, body: { code: '42703' } }, words);
      }
    }
    for (const words of [
      'select=run_id::regclass',
      'select=run_id.count()',
      'select=claim_ids->>0',
      'select=*,pg_read_file(*)',
      'order=(select 1)',
      'select=run_id,x:version()',
      'select=run_id;select 1',
    ]) {
      t.ok((await get(t, `/export_requests?${encodeURI(words)}`)).status < 500, words);
    }
  },
);

await t.test('only views of the API can be embedded, with own rows', async (t) => {
  for (const name of [
    'claims',
    'claim_lines',
    'organisations',
    'integrations',
    'account_mappings',
    'claim_reservations',
    'export_files',
    'audit_heads',
    'accounting.claims',
  ]) {
    for (const words of [`*,${name}(*)`, `*,${name}!inner(*)`, `*,x:${name}(organisation_id)`]) {
      const { status } = await get(t, `/export_requests?select=${words}`);
      t.equal(status, 400, words);
    }
  }
  const embedded = await get(t, '/export_requests?select=run_id,export_claims(*)');
  const rows = embedded.body as { export_claims: { organisation_id: string }[] }[];
  t.equal(embedded.status, 200);
  t.ok(
    rows.some(({ export_claims: claims }) => claims.length > 0),
    'there is something embedded',
  );
  t.ok(
    rows.every(({ export_claims: claims }) =>
      claims.every((claim) => claim.organisation_id === A.organisationId),
    ),
    'all of it is own',
  );
  const through = await get(
    t,
    `/export_claims?select=*,export_requests!inner(*)&export_requests.organisation_id=eq.${B.organisationId}`,
  );
  t.strictSame(through.body, [], "nothing is found through another organisation's run");
});

await t.test('a run of another organisation is answered as one that there is not', async (t) => {
  const acts: [string, (whose: typeof B) => object][] = [
    ['reconcile_export', ({ exported }) => ({ p_run_id: exported.runId })],
    ['cancel_export', ({ queued }) => ({ p_run_id: queued.runId })],
    ['confirm_import', ({ produced }) => ({ p_run_id: produced.runId, p_evidence: 'seen' })],
    ['export_file', ({ produced }) => ({ p_run_id: produced.runId })],
    [
      'resolve_export',
      ({ review }) => ({
        p_run_id: review.runId,
        p_resolution: 'booked_by_hand',
        p_evidence: 'seen',
      }),
    ],
    [
      'resolve_export',
      ({ review }) => ({
        p_run_id: review.runId,
        p_resolution: 'nonsense',
        p_evidence: 'seen',
      }),
    ],
    [
      'resolve_export',
      ({ review }) => ({
        p_run_id: review.runId,
        p_resolution: 'booked_by_hand',
        p_evidence: 'seen',
        p_external_ids: { [review.claimId]: ['1'] },
      }),
    ],
    [
      'void_export',
      ({ exported }) => ({
        p_run_id: exported.runId,
        p_claim_ids: [exported.claimId],
        p_evidence: 'removed',
      }),
    ],
    [
      'void_export',
      ({ exported }) => ({
        p_run_id: exported.runId,
        p_claim_ids: [A.exported.claimId],
        p_evidence: 'removed',
      }),
    ],
  ];
  for (const [name, body] of acts) {
    await areAlike(
      t,
      name,
      (whose) => post(t, `/rpc/${name}`, body(whose)),
      JSON.stringify(body(B)).includes('nonsense')
        ? { status: 422 }
        : { status: 404, code: 'AX016' },
    );
  }
  await areAlike(
    t,
    'get_export_status',
    ({ queued }) => post(t, '/rpc/get_export_status', { p_run_id: queued.runId }),
    { status: 200 },
  );
});

await t.test('a claim of another organisation is answered as one that there is not', async (t) => {
  await areAlike(
    t,
    'check_export',
    ({ exported }) => post(t, '/rpc/check_export', { p_claim_ids: [exported.claimId] }),
    { status: 200 },
  );
  await areAlike(
    t,
    'flag_claims',
    ({ claim }) => post(t, '/rpc/flag_claims', { p_claim_ids: [claim.id], p_reason: 'booked?' }),
    { status: 404, code: 'AX016' },
  );
  await areAlike(
    t,
    'flag_claims among own ones',
    ({ claim }) =>
      post(t, '/rpc/flag_claims', { p_claim_ids: [A.claim.id, claim.id], p_reason: 'x' }),
    { status: 404, code: 'AX016' },
  );
  await areAlike(
    t,
    'void_export with an own run',
    ({ exported }) =>
      post(t, '/rpc/void_export', {
        p_run_id: A.exported.runId,
        p_claim_ids: [exported.claimId],
        p_evidence: 'removed',
      }),
    { status: 409, code: 'AX019' },
  );
  await areAlike(
    t,
    'void_export without a run',
    ({ exported }) =>
      post(t, '/rpc/void_export', {
        p_run_id: null,
        p_claim_ids: [exported.claimId],
        p_evidence: 'removed',
      }),
    { status: 409, code: 'AX019' },
  );
  await areAlike(
    t,
    'resolve_export of an own run',
    ({ review }) =>
      post(t, '/rpc/resolve_export', {
        p_run_id: A.review.runId,
        p_resolution: 'booked_by_hand',
        p_evidence: 'seen',
        p_external_ids: { [review.claimId]: ['1'] },
      }),
    { status: 422, code: 'AX025' },
  );
  await areAlike(
    t,
    'export_requests',
    ({ claim }) =>
      post(
        t,
        '/export_requests',
        { claim_ids: [claim.id] },
        {
          headers: { prefer: 'return=representation' },
        },
      ),
    { status: 201 },
  );
});

await t.test(
  "an organisation that is not the caller's is refused, whether it exists or not",
  async (t) => {
    await areAlike(
      t,
      'a request',
      ({ organisationId }) =>
        post(t, '/export_requests', {
          claim_ids: [A.claim.id],
          organisation_id: organisationId,
        }),
      { status: 403, code: 'AX005' },
    );
    await areAlike(
      t,
      'check_export',
      ({ organisationId }) =>
        post(t, '/rpc/check_export', {
          p_claim_ids: [A.claim.id],
          p_organisation_id: organisationId,
        }),
      { status: 403, code: 'AX005' },
    );
    await areAlike(
      t,
      'put_claims',
      ({ organisationId }) =>
        post(
          t,
          '/rpc/put_claims',
          { p_claims: [{ ...A.claim, organisation_id: organisationId }] },
          { token: app ?? '' },
        ),
      { status: 403, code: 'AX005' },
    );
  },
);

await t.test(
  'the same ids and references in two organisations know nothing of each other',
  async (t) => {
    const { rows } = await pool.query<{ reference: string }>(
      'select reference from accounting.claims where organisation_id = $1 and id = $2',
      [B.organisationId, B.exported.claimId],
    );
    const [claim] = newClaims('OA', 1);
    const theirs = { ...claim, id: B.exported.claimId, reference: rows[0]?.reference };
    const put = await post(t, '/rpc/put_claims', { p_claims: [theirs] }, { token: app ?? '' });
    t.match(
      put,
      { status: 200, body: [{ result: 'created' }] },
      'an id and a reference that B has',
    );
    t.match(
      await api.post(
        '/rpc/check_export',
        { p_claim_ids: [theirs.id] },
        { token: coordinator ?? '' },
      ),
      { body: [{ verdict: 'exportable', run_id: null }] },
      'which B exported, and A did not',
    );
    const requested = await post(
      t,
      '/export_requests',
      { claim_ids: [theirs.id] },
      {
        headers: { prefer: 'return=representation' },
      },
    );
    t.match(requested, { status: 201, body: [{ state: 'queued' }] }, 'and A may');
  },
);

await t.test('no row is written over, by upsert or under its id', async (t) => {
  const row = { claim_ids: [A.claim.id] };
  for (const resolution of ['merge-duplicates', 'ignore-duplicates']) {
    for (const path of [
      '/export_requests',
      '/export_requests?on_conflict=organisation_id,run_id',
      '/export_requests?on_conflict=run_id',
    ]) {
      const { status } = await post(t, path, row, {
        headers: { prefer: `resolution=${resolution}` },
      });
      t.ok(status === 400 || status === 403, `${resolution} ${path}: ${status}`);
    }
  }
  for (const column of ['run_id', 'state', 'requested_by', 'requested_at']) {
    const { status, body } = await post(t, '/export_requests', { ...row, [column]: null });
    t.match(
      { status, body },
      { status: 403, body: { code: '42501' } },
      `${column} is not the caller's to say`,
    );
  }
  const columns = await post(
    t,
    '/export_requests?columns=claim_ids',
    { ...row, run_id: B.queued.runId, state: 'exported' },
    {
      headers: { prefer: 'return=representation' },
    },
  );
  t.match(columns, { status: 201, body: [{ state: 'queued' }] }, 'what is not named is left out');
  t.not(
    (columns.body as { run_id: string }[])[0]?.run_id,
    B.queued.runId,
    'the run has its own id',
  );
});

await t.test('a request can not ask for other rules', async (t) => {
  const one = newClaims('OA', 1);
  const put = await post(
    t,
    '/rpc/put_claims',
    { p_claims: one },
    {
      token: app ?? '',
      headers: { prefer: 'tx=rollback' },
    },
  );
  t.equal(put.headers.get('preference-applied'), null, 'rolling back is not on offer');
  const stored = await pool.query('select from accounting.claims where id = $1', [one[0]?.id]);
  t.equal(stored.rowCount, 1, 'so it is stored');

  const single = await post(
    t,
    '/rpc/cancel_export',
    { p_run_id: A.queued.runId },
    {
      headers: { prefer: 'params=single-object' },
    },
  );
  t.match(single, { status: 404, body: { code: 'PGRST202' } }, 'no act takes one object');

  const writes = await get(t, `/rpc/cancel_export?p_run_id=${A.queued.runId}`);
  t.match(writes, { status: 405, body: { code: '25006' } }, 'a GET changes nothing');
  const verify = await api.post(
    '/rpc/verify_audit_trail',
    {},
    {
      token: coordinator ?? '',
      headers: { prefer: 'timezone=America/Los_Angeles' },
    },
  );
  t.match(
    verify,
    { status: 200, body: [{ is_valid: true }] },
    'the trail holds in every time zone',
  );
});

await t.test('no header makes somebody else of the caller', async (t) => {
  const claims = JSON.stringify({ role: 'service_role', organisation_id: B.organisationId });
  const headers = {
    'request.jwt.claims': claims,
    'x-request-jwt-claims': claims,
    'x-postgrest-role': 'service_role',
    'x-role': 'service_role',
    role: 'service_role',
    'x-hasura-role': 'admin',
    'x-forwarded-user': 'postgres',
    'x-organisation-id': B.organisationId,
    cookie: `request.jwt.claims=${encodeURIComponent(claims)}; role=service_role`,
    'x-quote': `'; set role service_role; --`,
    forwarded: `for="' or true"`,
  };
  for (const [name, value] of Object.entries(headers)) {
    const { status, body } = await get(t, '/export_status?select=organisation_id', {
      headers: { [name]: value },
    });
    t.equal(status, 200, name);
    t.ok(
      (body as { organisation_id: string }[]).every(
        (row) => row.organisation_id === A.organisationId,
      ),
      `${name}: own rows only`,
    );
    const anon = await api.get('/export_status', { headers: { [name]: value } });
    t.equal(anon.status, 401, `${name}: and nobody stays nobody`);
  }
});

await t.test('what is sent is never run', async (t) => {
  const sql = `'; drop schema accounting cascade; --`;
  const refused = await post(t, '/rpc/flag_claims', { p_claim_ids: [sql], p_reason: sql });
  t.match(refused, { status: 400, body: { code: '22P02' } });
  await post(t, '/rpc/flag_claims', { p_claim_ids: [nobody.claim.id], p_reason: sql });
  await post(t, '/rpc/resolve_export', {
    p_run_id: nobody.review.runId,
    p_resolution: sql,
    p_evidence: sql,
  });
  for (const path of [
    `/export_status?system=eq.${encodeURIComponent(sql)}`,
    `/export_status?order=${encodeURIComponent(sql)}`,
    `/export_status?last_error=match.(`,
    `/export_status?last_error=fts(nothing).x`,
    `/export_status?requested_by=like.*${encodeURIComponent(sql)}*`,
  ]) {
    t.ok((await get(t, path)).status < 500, path);
  }
  t.equal((await get(t, '/export_status')).status, 200, 'everything is still there');
});

await t.test('errors say what is wrong with what was sent, and nothing else', async (t) => {
  const wrong: [string, object][] = [
    ['/rpc/cancel_export', { p_run_id: 'x' }],
    ['/rpc/cancel_export', {}],
    ['/rpc/cancel_export', { p_run_id: null }],
    ['/rpc/check_export', { p_claim_ids: 'x' }],
    ['/rpc/check_export', { p_claim_ids: [[randomUUID()]] }],
    ['/rpc/void_export', { p_run_id: A.exported.runId, p_claim_ids: null, p_evidence: 'x' }],
    [
      '/rpc/resolve_export',
      {
        p_run_id: A.review.runId,
        p_resolution: 'booked_by_hand',
        p_evidence: 'x',
        p_external_ids: [1],
      },
    ],
    [
      '/rpc/resolve_export',
      {
        p_run_id: A.review.runId,
        p_resolution: 'booked_by_hand',
        p_evidence: 'x',
        p_external_ids: { x: 1 },
      },
    ],
    ['/rpc/get_export_status', { p_limit: 1e12 }],
    ['/export_requests', { claim_ids: 'x' }],
    ['/export_requests', { claim_ids: { a: 1 } }],
    ['/export_requests', { nothing: 1 }],
    ['/rpc/export_file', { p_run_id: A.queued.runId }],
  ];
  for (const [path, body] of wrong) {
    const { status } = await post(t, path, body);
    t.ok(status >= 400 && status < 500, `${path} ${JSON.stringify(body)}: ${status}`);
  }
  const foreign = { ...newClaims('OA', 1)[0], id: 'x', lines: [{ type: 1 }] };
  const put = await post(t, '/rpc/put_claims', { p_claims: [foreign] }, { token: app ?? '' });
  t.match(put, { status: 422, body: { code: 'AX012' } });
});

await t.test("all this changed nothing of the other organisation's", async (t) => {
  t.strictSame(await stateOfB(), before);
  t.match(JSON.stringify(before), marker, 'of which there was something');
  const all = await api.get('/export_status?select=organisation_id', { token: service ?? '' });
  t.match(JSON.stringify(all.body), B.organisationId, 'and which is there to be seen');
});

t.end();
