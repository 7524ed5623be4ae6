/** A text in `dispatcher/test/fixtures/` that says what has to come out, for a reviewer to read. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { Test } from 'tap';

/**
 * Compares block by block; blocks are parted by blank lines, and the first line of one is its name.
 *
 * With `UPDATE_FIXTURES=1` what comes out is written into the file instead, and the test fails: look
 * at the difference, and run it again without it. It refuses to run in CI.
 */
export async function matchesExpectation(t: Test, name: string, actual: string): Promise<void> {
  const file = fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
  if (process.env['UPDATE_FIXTURES'] === '1') {
    if (process.env['CI'] !== undefined) throw new Error('fixtures are not written in CI');
    await writeFile(file, actual);
    t.fail(`${name} was written: look at what changed`);
    return;
  }
  const [is, should] = [blocks(actual), blocks(await readFile(file, 'utf8'))];
  for (const [title, lines] of is) {
    const expected = should.get(title);
    if (expected === undefined) {
      t.fail(`${title} is not in ${name}`, { is: lines });
      continue;
    }
    const more = lines.filter((line) => !expected.includes(line));
    const less = expected.filter((line) => !lines.includes(line));
    if (more.length + less.length === 0) t.pass(title);
    else t.fail(`${title} is not as in ${name}`, { is: more, 'should be': less });
  }
  const gone = [...should.keys()].filter((title) => !is.has(title));
  t.strictSame(gone, [], `${name} names nothing that isn't there`);
}

/** A line that begins further in carries on from the one above: it is told with what it belongs to. */
function blocks(text: string): Map<string, string[]> {
  return new Map(
    text
      .trim()
      .split('\n\n')
      .map((block) => {
        const [title = '', ...lines] = block.split('\n');
        let what = '';
        const whole = lines.map((line) => {
          what = /^ {2}(\S.{0,12})/.exec(line)?.[1] ?? what;
          return line.startsWith('   ') ? `  ${what}${line.slice(2 + what.length)}` : line;
        });
        return [title, whole];
      }),
  );
}
