/**
 * `npm run build:panel`: bundles the component and the page that hosts it into panel/dist.
 *
 * Exit code 0: built; 1: it doesn't build, or is heavier than promised.
 */
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

import { build } from 'esbuild';

/** Where the built panel lies: all that a web server needs. */
export const panelFolder = fileURLToPath(new URL('dist', import.meta.url));

/** The most that the component may weigh on the wire. */
const MOST_BYTES = 60_000;
const COMPONENT = 'export-history.js';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Bundles everything, over what is there, and gives the component's size in gzipped bytes. */
export async function buildPanel(): Promise<number> {
  await mkdir(panelFolder, { recursive: true });
  await build({
    absWorkingDir: here,
    // The page loads the component as any other page would: by a script tag, from its own file.
    entryPoints: ['src/export-history.ts', 'page/page.ts', 'page/page.css'],
    entryNames: '[name]',
    outdir: panelFolder,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    sourcemap: true,
    legalComments: 'linked',
    logLevel: 'warning',
  });
  for (const name of ['index.html', 'icon.svg']) {
    await copyFile(path.join(here, 'page', name), path.join(panelFolder, name));
  }
  return gzipSync(await readFile(path.join(panelFolder, COMPONENT)), { level: 9 }).length;
}

async function main(): Promise<void> {
  // Nothing that a file of another name left behind; the types come after this.
  await rm(panelFolder, { recursive: true, force: true });
  const size = await buildPanel();
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  console.log(`panel/dist/${COMPONENT}: ${kilobytes(size)} gzipped`);
  if (size > MOST_BYTES) {
    console.error(`That is more than the ${kilobytes(MOST_BYTES)} that are promised.`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
