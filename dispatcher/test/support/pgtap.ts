import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import pg from 'pg';

import { SqlFileError } from '../../migrate.ts';
import { randomName, urlOf, withAdminInTurn, type TestServer } from './server.ts';
import { judgeTap, type TapVerdict } from './tap-lines.ts';

export interface PgtapResult extends TapVerdict {
  readonly file: string;
}

const pgtapMember = 'share/postgresql/extension/pgtap--1.3.5.sql';
/** What the files start from: organisations, claims, a clock that can be moved. */
const fixtures = fileURLToPath(new URL('../../../db/tests/support/fixtures.sql', import.meta.url));
const fileTimeout = '60s';

/**
 * Runs pgTAP files, each on a connection of its own. Several databases work in parallel, each on
 * one file at a time: in one database, two files that make the same organisation would wait for
 * each other.
 *
 * @param databaseCount how many copies of the template.
 * @param report is called with each file's result as it comes.
 */
export async function runPgtap(
  server: TestServer,
  files: readonly string[],
  databaseCount: number,
  report: (result: PgtapResult) => void,
): Promise<PgtapResult[]> {
  const suffix = randomName();
  const withPgtap = `accounting_pgtap_${suffix}`;
  const copies = Array.from(
    { length: Math.min(databaseCount, files.length) },
    (_, index) => `${withPgtap}_${index + 1}`,
  );
  const results: PgtapResult[] = [];
  try {
    await copyDatabase(server, server.template, withPgtap);
    await withClient(urlOf(server.url, withPgtap), async (client) => {
      await loadPgtap(client);
      await client.query(await readFile(fixtures, 'utf8'));
    });
    const queue = [...files];
    await Promise.all(
      copies.map(async (copy) => {
        await copyDatabase(server, withPgtap, copy);
        for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
          const result = await runPgtapFile(urlOf(server.url, copy), file);
          results.push(result);
          report(result);
        }
      }),
    );
  } finally {
    await withAdminInTurn(server.url, async (admin) => {
      for (const name of [...copies, withPgtap]) {
        await admin.query(`drop database if exists ${name} with (force)`);
      }
    });
  }
  return results;
}

/** Installs pgTAP in a schema `tap` that every role may use, as tests switch roles. */
export async function loadPgtap(client: pg.Client): Promise<void> {
  await client.query('create schema tap; grant usage on schema tap to public');
  await client.query('set search_path = tap');
  await client.query(await pgtapSource());
  await client.query('reset search_path');
}

/**
 * Runs one file over the database, which has pgTAP in a schema `tap`, on the search path.
 * The file begins and rolls back by itself; one that doesn't roll back fails.
 */
export async function runPgtapFile(databaseUrl: string, file: string): Promise<PgtapResult> {
  const text = await readFile(file, 'utf8');
  const lines: string[] = [];
  const problems: string[] = [];
  await withClient(databaseUrl, async (client) => {
    await client.query(`set search_path = tap, public; set statement_timeout = '${fileTimeout}'`);
    try {
      await collectLines(client, text, lines);
    } catch (error) {
      problems.push(SqlFileError.from(file, text, error).message);
    }
  });
  if (!/\brollback;\s*$/i.test(text)) problems.push('does not end with rollback;');
  if (/^\s*commit\b/im.test(text)) problems.push('commits, and other files would meet its rows');

  const verdict = judgeTap(lines);
  return {
    file,
    passed: verdict.passed,
    failed: Math.max(verdict.failed, problems.length > 0 ? 1 : 0),
    problems: [...problems, ...verdict.problems],
  };
}

/** Row by row, so that what came before an error is known as well. */
function collectLines(client: pg.Client, text: string, lines: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const query = new pg.Query<unknown[]>({ text, rowMode: 'array' } as pg.QueryConfig);
    query.on('row', (row: unknown) => {
      const [first] = row as unknown[];
      if (typeof first === 'string') lines.push(...first.split('\n'));
    });
    query.on('error', reject);
    query.on('end', () => resolve());
    client.query(query);
  });
}

async function copyDatabase(server: TestServer, from: string, to: string): Promise<void> {
  await withAdminInTurn(server.url, (admin) =>
    admin.query(`create database ${to} template ${from}`),
  );
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // The query under way tells.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** pgTAP as SQL, out of the tarball that the package ships. */
async function pgtapSource(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite-pgtap');
  const archive = path.join(path.dirname(entry), 'pgtap.tar.gz');
  const member = readTarMember(gunzipSync(await readFile(archive)), pgtapMember);
  // psql's own commands, which only psql understands.
  return member.replaceAll(/^\\.*$/gm, '');
}

/** ustar: a header of 512 bytes (name at 0, size in octal at 124), then the file, padded to 512. */
function readTarMember(tar: Buffer, wanted: string): string {
  for (let at = 0; at + 512 <= tar.length;) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0;
    if (name === wanted) return tar.toString('utf8', at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`${wanted} is not in the tarball of @electric-sql/pglite-pgtap`);
}
