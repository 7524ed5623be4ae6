import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { PostgrestClient } from '@supabase/postgrest-js';
import t from 'tap';
import { ExportStatusError, getExportStatus } from '../get-export-status.ts';

const RUN = '8f14e45f-ceea-467f-a0e6-9b2a3c4d5e6f';
const ROW = {
  runId: RUN,
  exportedAt: '2026-03-01T12:00:00+00:00',
  totalClaims: 3,
  successCount: 2,
  failureCount: 1,
  integrationStatus: 'partially_exported',
};

let reply: { status: number; body: unknown } = { status: 200, body: [] };
const asked: unknown[] = [];
const server = createServer((request, response) => {
  void json(request).then((body) => {
    asked.push([request.method, request.url, request.headers['content-profile'], body]);
    response.writeHead(reply.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply.body));
  });
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;
const client = new PostgrestClient(`http://127.0.0.1:${port}`);
t.teardown(() => {
  server.closeAllConnections();
  server.close();
});
t.beforeEach(() => void (asked.length = 0));

void t.test('asks for the newest runs, or for one, in schema api', async (t) => {
  reply = {
    status: 200,
    body: [
      { ...ROW, extra: 1 },
      { ...ROW, exportedAt: null },
    ],
  };
  t.strictSame(await getExportStatus(client), [ROW, { ...ROW, exportedAt: null }]);
  await getExportStatus(client, { runId: RUN, limit: 200 });
  t.strictSame(asked, [
    ['POST', '/rpc/get_export_status', 'api', { p_run_id: null, p_limit: 20 }],
    ['POST', '/rpc/get_export_status', 'api', { p_run_id: RUN, p_limit: 200 }],
  ]);
});

void t.test('throws what PostgREST refused, with its code', async (t) => {
  const body = { code: 'AX001', message: 'no', details: 'why', hint: 'ask' };
  reply = { status: 403, body };
  await t.rejects(getExportStatus(client), { ...body, name: 'ExportStatusError' });
  await t.rejects(getExportStatus(client), ExportStatusError);
});

void t.test('refuses a limit or a run id that makes no sense, and asks nothing', async (t) => {
  for (const limit of [0, 201, 1.5, Number.NaN]) {
    await t.rejects(getExportStatus(client, { limit }), RangeError, `limit ${limit}`);
  }
  for (const runId of ['', '1', `${RUN}0`, `x${RUN.slice(1)}`]) {
    await t.rejects(getExportStatus(client, { runId }), RangeError, `run id "${runId}"`);
  }
  t.strictSame(asked, []);
});

void t.test('refuses rows of another shape', async (t) => {
  for (const body of [null, ROW, [null], [{ ...ROW, totalClaims: '3' }], [{ ...ROW, runId: 1 }]]) {
    reply = { status: 200, body };
    await t.rejects(getExportStatus(client), TypeError, JSON.stringify(body));
  }
});
