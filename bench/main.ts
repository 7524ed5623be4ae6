/** `npm run bench -- NAME […]`: runs the script of that name in this folder. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = new URL('./', import.meta.url);
/** Not scripts: what they share. */
const shared = ['main', 'teardown', 'seed-runs'];

const [name = ''] = process.argv.splice(2, 1);
if (
  shared.includes(name) ||
  !existsSync(new URL(`${name}.ts`, folder)) ||
  !/^[a-z-]+$/.test(name)
) {
  const names = (await readdir(fileURLToPath(folder)))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((file) => !shared.includes(file));
  console.error(`npm run bench -- NAME, which is one of: ${names.sort().join(', ')}`);
  process.exit(2);
}
await import(new URL(`${name}.ts`, folder).href);
