/** `npm run test:browser`: the panel in a real browser, against the real API; or the files named. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

import { runTap, type Count } from '../../dispatcher/test/support/tap-runner.ts';
import { buildPanel } from '../build.ts';
import { findChromium } from './browser/support/chromium.ts';

const folder = 'panel/test/browser';
/** They share a world, a browser and a file; a busy machine takes long. Seconds. */
const timeoutSeconds = 600;

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const started = performance.now();
let count: Count = { passed: 0, failed: 1 };
try {
  console.log(`browser: ${findChromium()}`);
  await buildPanel();
  const named = process.argv.slice(2);
  const all = (await readdir(folder)).filter((name) => name.endsWith('.test.ts')).sort();
  const files = named.length > 0 ? named : all.map((name) => path.join(folder, name));
  count = await runTap(files, {}, [`--timeout=${timeoutSeconds}`]);
  if (count.passed + count.failed === 0) throw new Error('No test was found.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
}
console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed === 0 ? 0 : 1;
