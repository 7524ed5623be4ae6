/** What the documents point to is there. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import t from 'tap';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function documents(): Promise<string[]> {
  const inDocs = await readdir(path.join(root, 'docs'), { recursive: true });
  const here = await readdir(root);
  return [...here, ...inDocs.map((name) => path.join('docs', name))].filter((name) =>
    name.endsWith('.md'),
  );
}

await t.test('every link to a file of the project leads somewhere', async (t) => {
  const broken: string[] = [];
  let count = 0;
  for (const name of await documents()) {
    const text = await readFile(path.join(root, name), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s#]+)(?:#[^)\s]*)?\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      count += 1;
      if (!existsSync(path.join(root, path.dirname(name), target))) {
        broken.push(`${name}: ${target}`);
      }
    }
  }
  t.same(broken, []);
  t.ok(count > 50);
});

await t.test('each of the faults is covered by a test, or says what it comes with', async (t) => {
  const text = await readFile(path.join(root, 'docs/faults.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (\d+) \|(.*)\|$/gm)];
  t.same(
    rows.map(([, number]) => Number(number)),
    Array.from({ length: 79 }, (_, index) => index + 1),
    'from 1 to 79, each once',
  );
  const covered = rows.filter(([, , rest = '']) =>
    /\]\(\.\.\/(db|dispatcher|sandbox)\//.test(rest),
  );
  const later = rows.filter(([, , rest = '']) => /comes with/i.test(rest));
  t.ok(covered.length >= 60, `${covered.length} are covered`);
  t.same(
    rows.filter((row) => !covered.includes(row) && !later.includes(row)).map(([, no]) => no),
    [],
    'the others come with something',
  );
});

t.end();
