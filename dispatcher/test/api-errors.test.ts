/** What bad input gets through PostgREST: its own code, a fitting status, a hint, nothing stored. */
import { randomUUID } from 'node:crypto';
import t from 'tap';

import { createTestDatabase } from './support/database.ts';
import { createTestApi, type ApiAnswer } from './support/postgrest.ts';

const organisationId = '00000000-0000-4000-8000-000000000001';
const otherId = '00000000-0000-4000-8000-000000000002';
const withoutIntegrationId = '00000000-0000-4000-8000-000000000003';
const disabledId = '00000000-0000-4000-8000-000000000004';

const integration = {
  system: 'xledger',
  endpoint: 'https://ledger.example/graphql',
  credential_ref: 'ledger',
  settings: { liability_account: '2910' },
};

function organisation(id: string, number: string, integrations: readonly object[]) {
  return {
    organisation: {
      id,
      name: `Organisation ${id.slice(-1)}`,
      organisation_number: number,
      reference_prefix: `O${id.slice(-1)}`,
    },
    integrations,
    mappings: { mileage: { account: '7100' } },
  };
}

function claim(id: string, changes: object = {}) {
  return {
    id,
    reference: `R-${id.slice(0, 8).toUpperCase()}`,
    kind: 'travel_expense',
    claimant: { id: 'person-1', name: 'Kari Eksempel' },
    currency: 'NOK',
    total: '100.00',
    lines: [{ type: 'mileage', date: '2026-03-02', amount: '100.00' }],
    ...changes,
  };
}

function check(t: Tap, answer: ApiAnswer, status: number, code: string, what: string): void {
  t.match(answer, { status, body: { code, message: String, hint: String } }, what);
}
type Tap = Pick<typeof t, 'match'>;

void t.test('bad input is answered with its own code, a fitting status and a hint', async (t) => {
  const database = await createTestDatabase(t);
  for (const file of [
    organisation(organisationId, '123456785', [integration]),
    organisation(otherId, '987654325', [integration]),
    organisation(withoutIntegrationId, '876543214', []),
    organisation(disabledId, '974760673', [{ ...integration, is_enabled: false }]),
  ]) {
    await database.pool.query('select * from accounting.apply_organisation($1)', [
      JSON.stringify(file),
    ]);
  }
  const api = await createTestApi(t, database);
  const tokenFor = (id: string, appRole = 'app') =>
    api.token({ role: 'authenticated', organisationId: id, appRole, subject: 'app-1' });
  const token = await tokenFor(organisationId);
  const service = await api.token({ role: 'service_role' });
  const id = randomUUID();
  t.equal((await api.post('/rpc/put_claims', { p_claims: [claim(id)] }, { token })).status, 200);

  const request = (body: object, as: string) =>
    api.post('/export_requests', body, {
      token: as,
      headers: { prefer: 'return=representation' },
    });

  await t.test('requests', async (t) => {
    check(t, await request({ claim_ids: [] }, token), 400, 'AX001', 'no claims');
    check(t, await request({}, token), 400, 'AX001', 'no claims at all');
    check(t, await request({ claim_ids: [id, null] }, token), 400, 'AX002', 'a null');
    check(t, await request({ claim_ids: [id, id] }, token), 400, 'AX003', 'a repeated id');
    const many = Array.from({ length: 501 }, () => randomUUID());
    check(t, await request({ claim_ids: many }, token), 400, 'AX004', 'over 500');
    const foreign = { claim_ids: [id], organisation_id: otherId };
    check(t, await request(foreign, token), 403, 'AX005', "somebody else's organisation");
    check(t, await request({ claim_ids: [id] }, service), 400, 'AX006', 'not named');
    const none = await tokenFor(withoutIntegrationId);
    check(t, await request({ claim_ids: [id] }, none), 409, 'AX007', 'no integration');
    const disabled = await tokenFor(disabledId);
    check(t, await request({ claim_ids: [id] }, disabled), 409, 'AX008', 'disabled integration');
    const auditor = await tokenFor(organisationId, 'auditor');
    check(t, await request({ claim_ids: [id] }, auditor), 403, 'AX009', 'not this role');
    const unknown = await tokenFor(randomUUID());
    check(t, await request({ claim_ids: [id] }, unknown), 403, 'AX015', 'unknown organisation');
    const { rows } = await database.pool.query('select from accounting.export_requests');
    t.equal(rows.length, 0, 'and nothing is stored');
  });

  await t.test('claims', async (t) => {
    const put = (claims: unknown, as = token) =>
      api.post('/rpc/put_claims', { p_claims: claims }, { token: as });
    check(t, await put([claim(randomUUID(), { total: '1' })]), 422, 'AX012', 'sum and total');
    check(t, await put('nonsense'), 422, 'AX012', 'no list');
    check(t, await put([claim(id, { reference: 'OTHER' })]), 409, 'AX013', 'another reference');
    check(t, await put([claim(randomUUID())], service), 400, 'AX006', 'not named');
    const { rows } = await database.pool.query('select from accounting.claims');
    t.equal(rows.length, 1, 'and nothing is stored');

    t.match(await request({ claim_ids: [id] }, token), {
      status: 201,
      body: [{ state: 'queued' }],
    });
    const edited = claim(id, {
      total: '90.00',
      lines: [{ type: 'mileage', date: '2026-03-02', amount: '90.00' }],
    });
    check(t, await put([edited]), 409, 'AX011', 'an edit of a reserved claim');
    t.match(await put([claim(id)]), { body: [{ result: 'unchanged' }] }, 'the same again is fine');
  });
});
