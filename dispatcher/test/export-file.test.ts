/** FAULT 71: `npm run export-file` puts a file into a folder whole or not at all. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import t, { type Test } from 'tap';

import { startPeople } from './support/people.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const preload = new URL('support/crash-at-file.ts', import.meta.url).href;

t.setTimeout(600_000); // Many processes, on a machine that may be busy.

const people = await startPeople(t);
const { pool, superuserUrl } = people.database;
await people.useFiles();
const given = await people.produced();
// Larger than what a limited process may write.
const content = `a,b\r\n${'0123456789\r\n'.repeat(20_000)}`;
await pool.query(
  `update accounting.export_files
      set content = convert_to($1, 'UTF8'), sha256 = encode(sha256(convert_to($1, 'UTF8')), 'hex'),
          bytes = length($1)`,
  [content],
);
const { rows } = await pool.query<{ name: string }>('select name from accounting.export_files');
const name = rows[0]?.name ?? '';

interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command, as `npm run export-file --` does. */
async function run(
  args: readonly string[],
  options: { readonly crashAt?: string; readonly limitKiB?: number; readonly url?: string } = {},
): Promise<Ran> {
  const node = [process.execPath, '--import', 'tsx', '--import', preload];
  const command = [...node, 'dispatcher/export-file.ts', ...args];
  // A real limit of the kernel's: writing on fails as on a full disk, and kills nobody.
  const limited = [
    'bash',
    '-c',
    `trap "" XFSZ; ulimit -f ${options.limitKiB ?? 0}; exec "$@"`,
    'x',
  ];
  const [file = '', ...rest] = options.limitKiB === undefined ? command : [...limited, ...command];
  const child = spawn(file, rest, {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      TSX_DISABLE_CACHE: '1',
      ...(options.url === '' ? {} : { DATABASE_URL: options.url ?? superuserUrl }),
      ...(options.crashAt === undefined ? {} : { CRASH_AT: options.crashAt }),
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}

async function folderOf(t: Test): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'export-file-'));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const visible = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((entry) => !entry.startsWith('.'));

void t.test('the file is there under its name, and a second time is no harm', async (t) => {
  const folder = await folderOf(t);
  const first = await run(['--run', given.runId, '--out', folder]);
  t.match(first, { code: 0, stdout: /: written \(240005 bytes, sha256 [0-9a-f]{64}\)/ });
  t.strictSame(await readdir(folder), [name], 'nothing else is left');
  t.equal(await readFile(path.join(folder, name), 'utf8'), content);
  t.equal((await stat(path.join(folder, name))).mode & 0o777, 0o600, 'its owner alone may read it');
  t.match(await run(['--run', given.runId, '--out', folder]), {
    code: 0,
    stdout: /was there already, the same/,
  });
  const json = await run(['--run', given.runId, '--out', folder, '--as', 'json']);
  t.equal(json.code, 0);
  t.equal(await readFile(path.join(folder, name.replace(/csv$/, 'json')), 'utf8'), '{}');
});

void t.test('a name that is taken is never overwritten', async (t) => {
  const folder = await folderOf(t);
  await writeFile(path.join(folder, name), 'mine');
  const refused = await run(['--run', given.runId, '--out', folder]);
  t.match(refused, { code: 1, stderr: /is there already, with other content/ });
  t.equal(await readFile(path.join(folder, name), 'utf8'), 'mine');
  t.strictSame(await readdir(folder), [name]);
});

void t.test('killed at any point, it leaves the whole file or none', async (t) => {
  for (const [crashAt, isThere] of [
    ['before sync', false],
    ['before link', false],
    ['after link', true],
  ] as const) {
    const folder = await folderOf(t);
    const killed = await run(['--run', given.runId, '--out', folder], { crashAt });
    t.match(killed, { code: null, signal: 'SIGKILL' }, crashAt);
    t.strictSame(await visible(folder), isThere ? [name] : [], `killed ${crashAt}`);
    t.equal((await readdir(folder)).length, isThere ? 2 : 1, 'what is left is hidden');
    const again = await run(['--run', given.runId, '--out', folder]);
    t.match(again, { code: 0 }, 'the next call puts it there');
    t.equal(await readFile(path.join(folder, name), 'utf8'), content);
  }
});

void t.test('what a crash left is tidied up later', async (t) => {
  const folder = await folderOf(t);
  const left = path.join(folder, `.${name}.0123456789ab.part`);
  const young = path.join(folder, `.${name}.ba9876543210.part`);
  await writeFile(left, 'a,');
  await writeFile(young, 'a,');
  const longAgo = new Date(Date.now() - 7_200_000);
  await utimes(left, longAgo, longAgo);
  await run(['--run', given.runId, '--out', folder]);
  t.strictSame((await readdir(folder)).sort(), [path.basename(young), name].sort());
});

void t.test('where no more can be written, there is no file', async (t) => {
  const folder = await folderOf(t);
  const full = await run(['--run', given.runId, '--out', folder], { limitKiB: 64 });
  t.match(full, { code: 1, signal: null }, full.stderr);
  t.match(full.stderr, /EFBIG|ENOSPC/);
  t.strictSame(await readdir(folder), [], 'not even a part of it');

  for (const [out, why] of [
    [path.join(folder, 'nowhere'), /ENOENT/],
    [path.join(folder, 'a-file'), /ENOTDIR/],
  ] as const) {
    if (out.endsWith('a-file')) await writeFile(out, '');
    t.match(await run(['--run', given.runId, '--out', out]), { code: 1, stderr: why });
  }
  await mkdir(path.join(folder, name));
  t.match(await run(['--run', given.runId, '--out', folder]), { code: 1 }, 'a folder has its name');
});

void t.test('what is wrong is said, with an exit code of its own', async (t) => {
  const folder = await folderOf(t);
  const queued = await people.request();
  t.match(await run(['--run', queued.runId, '--out', folder]), { code: 1, stderr: /^- AX018 / });
  t.match(await run(['--run', people.organisationId]), { code: 1, stderr: /^- AX016 / });
  t.match(await run(['--run', 'x']), { code: 2, stderr: /It takes a UUID/ });
  t.match(await run([]), { code: 2, stderr: /--run <id>/ });
  t.match(await run(['--run', given.runId], { url: '' }), { code: 78, stderr: /DATABASE_URL/ });
  const nobody = 'postgresql://nobody@127.0.0.1:1/nothing';
  t.match(await run(['--run', given.runId], { url: nobody }), { code: 69, stderr: /ECONNREFUSED/ });
  t.match(await run(['--help']), { code: 0, stdout: /Exit code: 0 the file is there/ });
  await people.void(given, 'kari');
  t.match(await run(['--run', given.runId, '--out', folder]), { code: 1, stderr: /^- AX028 / });
  t.strictSame(await readdir(folder), []);
});
