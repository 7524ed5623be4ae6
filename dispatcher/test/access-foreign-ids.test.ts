/**
 * Ids of another organisation, through the real PostgREST: each is answered as one that there isn't, to the
 * letter, so that no answer tells whether somebody else has it.
 */
import t from 'tap';

import { startProber } from './support/access-prober.ts';
import { newClaims } from './support/two-organisations.ts';

// On a busy machine the default is too short.
t.setTimeout(120_000);

const prober = await startProber(t);
const { A, B, api, pool, tokens, post, areAlike } = prober;

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
          { token: tokens.app },
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
    const put = await post(t, '/rpc/put_claims', { p_claims: [theirs] }, { token: tokens.app });
    t.match(
      put,
      { status: 200, body: [{ result: 'created' }] },
      'an id and a reference that B has',
    );
    t.match(
      await api.post(
        '/rpc/check_export',
        { p_claim_ids: [theirs.id] },
        { token: tokens.coordinator },
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

await t.test("all this changed nothing of the other organisation's", (t) => prober.leftBAlone(t));

t.end();
