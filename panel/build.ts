/**
 * `npm run build:panel`: bundles the components and the pages that host them into panel/dist.
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

/** The most that each component may weigh on the wire, Lit included. */
const MOST_BYTES: Readonly<Record<string, number>> = {
  'export-history.js': 60_000,
  'confidentiality-declaration.js': 25_000,
};

const here = fileURLToPath(new URL('.', import.meta.url));

/** Bundles everything, over what is there, and gives each component's size in gzipped bytes. */
export async function buildPanel(): Promise<ReadonlyMap<string, number>> {
  await mkdir(panelFolder, { recursive: true });
  await build({
    absWorkingDir: here,
    // A page loads its component as any other page would: by a script tag, from its own file.
    entryPoints: [
      'src/export-history.ts',
      'src/confidentiality-declaration.ts',
      'page/page.ts',
      'page/page.css',
      'page/declaration.ts',
      'page/declaration.css',
    ],
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
  for (const name of ['index.html', 'declaration.html', 'icon.svg']) {
    await copyFile(path.join(here, 'page', name), path.join(panelFolder, name));
  }
  const sizes = Object.keys(MOST_BYTES).map(async (name) => {
    const content = await readFile(path.join(panelFolder, name));
    return [name, gzipSync(content, { level: 9 }).length] as const;
  });
  return new Map(await Promise.all(sizes));
}

async function main(): Promise<void> {
  // Nothing that a file of another name left behind; the types come after this.
  await rm(panelFolder, { recursive: true, force: true });
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  for (const [name, size] of await buildPanel()) {
    console.log(`panel/dist/${name}: ${kilobytes(size)} gzipped`);
    const most = MOST_BYTES[name] ?? 0;
    if (size <= most) continue;
    console.error(`That is more than the ${kilobytes(most)} that are promised.`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
