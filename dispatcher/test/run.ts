import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

import { runPgtap } from './support/pgtap.ts';
import { serverVariables, startTestServer, type TestServer } from './support/server.ts';
import { runTap, type Count } from './support/tap-runner.ts';

/** What `npm test` runs: everything, `-- pgtap`, `-- tap`, or the files named. */
interface Selection {
  readonly pgtap: readonly string[];
  readonly tap: readonly string[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const pgtapDatabases = 4;
const tapFolders = ['dispatcher/test', 'sandbox/test', 'panel/test'];

async function select(words: readonly string[]): Promise<Selection> {
  const pgtap = await filesIn(
    'db/tests',
    true,
    (name) => name.endsWith('.sql') && !name.startsWith('support/'),
  );
  // Not deeper: what lies in folders is support, and tests for other run times.
  const tap = (
    await Promise.all(tapFolders.map((at) => filesIn(at, false, (n) => n.endsWith('.test.ts'))))
  ).flat();
  if (words.length === 0) return { pgtap, tap };

  const chosen: { pgtap: string[]; tap: string[] } = { pgtap: [], tap: [] };
  for (const word of words) {
    if (word === 'pgtap') chosen.pgtap.push(...pgtap);
    else if (word === 'tap') chosen.tap.push(...tap);
    else if (!existsSync(path.resolve(root, word))) throw new Error(`There is no file ${word}.`);
    else if (word.endsWith('.sql')) chosen.pgtap.push(word);
    else if (word.endsWith('.test.ts')) chosen.tap.push(word);
    else throw new Error(`${word} is neither a pgTAP file (.sql) nor a test (.test.ts).`);
  }
  return chosen;
}

async function filesIn(
  folder: string,
  isDeep: boolean,
  isWanted: (name: string) => boolean,
): Promise<string[]> {
  const at = path.join(root, folder);
  if (!existsSync(at)) return [];
  const names = await readdir(at, { recursive: isDeep });
  return names
    .filter(isWanted)
    .sort()
    .map((name) => path.join(folder, name));
}

async function runAllPgtap(server: TestServer, files: readonly string[]): Promise<Count> {
  const started = performance.now();
  const results = await runPgtap(server, files, pgtapDatabases, (result) => {
    if (result.failed === 0) return;
    console.log(`FAIL ${result.file}`);
    for (const problem of result.problems) console.log(`  ${problem.replaceAll('\n', '\n  ')}`);
  });
  const count = add(...results);
  const failing = results.filter((result) => result.failed > 0).length;
  console.log(
    `pgTAP: ${count.passed} assertions passed, ${count.failed} failed; ` +
      `${files.length} files, ${failing} failing; ${secondsSince(started)} s`,
  );
  return count;
}

function add(...counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((sum, count) => sum + count.passed, 0),
    failed: counts.reduce((sum, count) => sum + count.failed, 0),
  };
}

function secondsSince(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}

async function main(): Promise<number> {
  process.chdir(root);
  const started = performance.now();
  let count: Count = { passed: 0, failed: 0 };
  try {
    const { pgtap, tap } = await select(process.argv.slice(2));
    const server = await startTestServer();
    console.log(`server and template are ready after ${secondsSince(started)} s`);
    try {
      if (pgtap.length > 0) count = add(count, await runAllPgtap(server, pgtap));
      if (tap.length > 0) {
        const where = {
          [serverVariables.url]: server.url,
          [serverVariables.template]: server.template,
        };
        count = add(count, await runTap(tap, where));
      }
    } finally {
      await server.stop();
    }
    if (count.passed + count.failed === 0) throw new Error('No test was found.');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    count = add(count, { passed: 0, failed: 1 });
  }
  console.log(`${secondsSince(started)} s`);
  console.log(`${count.passed} passed, ${count.failed} failed`);
  return count.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
