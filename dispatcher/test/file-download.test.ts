/** A file through the real PostgREST: written by a real dispatcher, given to whom it may be given. */
import { createHash } from 'node:crypto';

import { parse } from 'csv-parse/sync';
import t from 'tap';

import { startDispatcher } from './support/dispatcher-process.ts';
import { startPeople } from './support/people.ts';
import { waitFor } from './support/wait-for.ts';

const people = await startPeople(t);
const { pool } = people.database;
await pool.query(`alter role ${new URL(people.database.url).username} set synchronous_commit = on`);
await people.useFiles();
const given = await people.request();
await startDispatcher(t, {
  environment: {
    DATABASE_URL: people.database.url,
    POLL_INTERVAL_MS: '500',
    // The other organisation's; a file needs none.
    CREDENTIAL_LEDGER: '{"token": "none"}',
  },
});
await waitFor(async () => (await people.stateOf(given)) === 'produced', {
  timeoutMs: 60_000,
  what: 'the file',
});
const at = `/rpc/export_file?p_run_id=${given.runId}`;
const get = (accept: string, token: string = people.tokens.kari, path = at) =>
  people.api.get(path, { token, headers: { accept } });

void t.test('a coordinator gets it as CSV or as JSON, under its name', async (t) => {
  const csv = await get('text/csv');
  t.equal(csv.status, 200);
  t.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8');
  t.match(csv.headers.get('content-disposition'), /^attachment; filename="O1-[0-9A-F]{20}\.csv"$/);
  t.equal(csv.headers.get('cache-control'), 'no-store', 'nobody on the way keeps it');
  const rows = parse<Record<string, string>>(String(csv.body), { columns: true });
  t.match(
    rows.map(({ Account, Debit, Credit }) => [Account, Debit, Credit]),
    [
      ['7100', '100.50', ''],
      ['7140', '50.00', ''],
      ['2910', '', '150.50'],
    ],
  );
  const { rows: stored } = await pool.query<{ sha256: string; wire: string }>(
    `select f.sha256, x.wire_sha256 as wire
       from accounting.export_files as f
       join accounting.export_runs as x on x.run_id = f.run_id and x.outcome = 'accepted'`,
  );
  const sha256 = createHash('sha256').update(String(csv.body), 'utf8').digest('hex');
  t.strictSame(stored, [{ sha256, wire: sha256 }], 'as the trail has it');

  const json = await get('application/json');
  t.equal(json.headers.get('content-type'), 'application/json; charset=utf-8');
  t.match(json.headers.get('content-disposition'), /\.json"$/);
  t.match(json.body, { version: 1, voucher_count: 1, debit_total: '150.50' });

  const any = await get('*/*');
  t.equal(any.headers.get('content-type'), 'text/csv; charset=utf-8', 'the type that was chosen');
  const posted = await people.api.post(
    '/rpc/export_file',
    { p_run_id: given.runId },
    { token: people.tokens.kari, headers: { accept: 'application/json;q=0.4, text/csv;q=0.5' } },
  );
  t.equal(posted.body, csv.body, 'a POST gives the same');
});

void t.test('nobody else gets it', async (t) => {
  t.match(await get('text/html'), { status: 406, body: { code: 'AX027' } }, 'no other type');
  t.match(
    await get('text/csv', people.tokens.stranger),
    { status: 404, body: { code: 'AX016' } },
    "another organisation's run",
  );
  t.match(
    await get('text/csv', people.tokens.kari, '/rpc/export_file?p_run_id=' + people.organisationId),
    { status: 404, body: { code: 'AX016' } },
    'is answered like one that there isn’t',
  );
  t.match(await get('text/csv', people.tokens.app), { status: 403, body: { code: 'AX009' } });
  const service = await people.api.token({ role: 'service_role' });
  t.equal((await get('text/csv', service)).status, 403, 'not even service_role');
  t.equal((await people.api.get(at)).status, 401, 'let alone anon');
  t.equal((await people.api.get('/export_files', { token: people.tokens.kari })).status, 404);
});

void t.test('from produced to exported takes a person and evidence', async (t) => {
  const attention = await people.api.get(`/export_attention?run_id=eq.${given.runId}`, {
    token: people.tokens.kari,
  });
  t.match(attention.body, [{ kind: 'produced', action: /export_file/ }]);
  const silent = { p_run_id: given.runId, p_evidence: '' };
  t.match(await people.call('confirm_import', silent, 'kari'), {
    status: 422,
    body: { code: 'AX017' },
  });
  t.match(await people.confirm(given, 'app'), { status: 403, body: { code: 'AX009' } });
  t.match(await people.confirm(given, 'stranger'), { status: 404, body: { code: 'AX016' } });
  t.match(await people.confirm(given, 'kari'), {
    status: 200,
    body: [{ run_id: given.runId, integration_status: 'exported' }],
  });
  const claims = await people.api.get(`/export_claims?run_id=eq.${given.runId}`, {
    token: people.tokens.kari,
  });
  t.match(claims.body, [
    { outcome: 'accepted', external_id: /^O1-.*\.csv#O1-/, exported_at: /^20/ },
  ]);
  t.equal((await get('text/csv')).status, 200, 'it may still be looked at');
  await people.void(given, 'ola');
  t.match(
    await get('text/csv'),
    { status: 409, body: { code: 'AX028' } },
    'until it would do harm',
  );
});
