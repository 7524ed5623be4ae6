/**
 * What reading tells, through the real PostgREST: filters, orders, columns and embedding, by somebody who has
 * a token of one organisation and wants to know of another.
 */
import t from 'tap';

import { startProber } from './support/access-prober.ts';

// On a busy machine the default is too short.
t.setTimeout(120_000);

const prober = await startProber(t);
const { A, B, get } = prober;

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

await t.test("all this changed nothing of the other organisation's", (t) => prober.leftBAlone(t));

t.end();
