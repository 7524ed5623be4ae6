/**
 * Ways round the front door, through the real PostgREST: upserts, preferences, headers, SQL in values; and
 * what errors say.
 */
import { randomUUID } from 'node:crypto';

import t from 'tap';

import { startProber } from './support/access-prober.ts';
import { newClaims } from './support/two-organisations.ts';

// On a busy machine the default is too short.
t.setTimeout(120_000);

const prober = await startProber(t);
const { A, B, nobody, api, pool, tokens, get, post } = prober;

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
      token: tokens.app,
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
      token: tokens.coordinator,
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
  const put = await post(t, '/rpc/put_claims', { p_claims: [foreign] }, { token: tokens.app });
  t.match(put, { status: 422, body: { code: 'AX012' } });
});

await t.test("all this changed nothing of the other organisation's", (t) => prober.leftBAlone(t));

t.end();
