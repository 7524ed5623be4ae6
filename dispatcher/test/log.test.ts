/** Every text that gets into a log line is sanitised, whoever passed it and however it was wrapped. */
import { Writable } from 'node:stream';

import pg from 'pg';
import t from 'tap';

import { createLog, errorFields } from '../log.ts';
import { forms } from './support/secret-forms.ts';

const secret = 'S3cr3t-V4l.9';

function collectingLog() {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { lines, log: createLog({ logLevel: 'debug', name: 'export-1' }, destination) };
}

await t.test('no form of a secret gets into a line, by whichever field', (t) => {
  const { lines, log } = collectingLog();
  for (const form of Object.values(forms)) {
    const said = form(secret);
    log('error', 'thing.failed', errorFields(new Error(said)));
    log('warn', 'thing.failed', { message: said, code: said, host: said, path: said });
    log('debug', 'thing.failed', { remote_request_id: said, outcome: said, state: said });
  }
  t.equal(lines.length, Object.keys(forms).length * 3);
  const told = lines.filter((line) => line.includes(secret) || line.includes(secret.slice(3)));
  t.same(told, []);
  for (const line of lines) t.equal(line.trimEnd().split('\n').length, 1);
  t.end();
});

await t.test('ids, counts and codes are logged as they are', (t) => {
  const { lines, log } = collectingLog();
  const fields = {
    organisation_id: '6f1c2a52-3b1e-4c77-9d0e-0a1b2c3d4e5f',
    run_id: '00000000-0000-4000-9000-000000000001',
    attempt_no: 2,
    host: 'api.businesscentral.dynamics.com',
    path: '/v2.0/6f1c2a52-3b1e-4c77-9d0e-0a1b2c3d4e5f/Production/api/v2.0/companies',
    http_status: 503,
    is_late: false,
    code: '57P03',
    message: 'the database system is starting up',
  };
  log('info', 'attempt.recorded', fields);
  t.match(JSON.parse(lines[0] ?? ''), { ...fields, event: 'attempt.recorded', level: 'info' });
  t.end();
});

await t.test("a database's password is in no error of its driver", async (t) => {
  for (const url of [
    `postgres://kari:${secret}@127.0.0.1:1/x`,
    `postgres://kari:${secret}@name.invalid/x`,
    `postgres://kari:${secret}@127.0.0.1:1/x?sslmode=${secret}`,
  ]) {
    const error = await connect(url);
    t.ok(errorFields(error).message.length > 0);
    t.notMatch(JSON.stringify(errorFields(error)), new RegExp(secret));
  }
});

async function connect(connectionString: string): Promise<unknown> {
  try {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    await client.end();
    return null;
  } catch (error) {
    return error;
  }
}

await t.test('what is no Error is not quoted', (t) => {
  t.same(errorFields(`password=${secret}`), {
    message: 'something that is no Error was thrown',
  });
  t.match(errorFields(new Error('')), { message: 'Error' });
  t.end();
});

t.end();
