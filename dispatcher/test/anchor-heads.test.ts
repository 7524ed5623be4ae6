/** What `npm run anchor` reads and where it posts to, without a database. */
import t from 'tap';

import { KeptHeadsError, readHeads, writeHeads } from '../anchor-heads.ts';
import { postAddressProblem } from '../anchor-post.ts';

const hlf = '00000000-0000-4000-8000-000000000001';

await t.test('what is posted to is https, or this machine', (t) => {
  for (const [address, allowed, isFine] of [
    ['https://heads.example/x', false, true],
    ['http://heads.example/x', false, false],
    ['http://heads.example/x', true, false],
    ['http://127.0.0.1:8080/', false, true],
    ['http://[::1]:8080/', false, true],
    ['http://localhost:8080/', false, true],
    ['https://10.0.0.1/', false, false],
    ['https://10.0.0.1/', true, true],
    ['https://user:password@heads.example/', false, false],
    ['ftp://127.0.0.1/', false, false],
    ['heads.example', false, false],
  ] as const) {
    t.equal(postAddressProblem(address, allowed) === null, isFine, `${address} ${allowed}`);
  }
  t.end();
});

await t.test('kept lines are read as they were written, and bad ones named by number', (t) => {
  const head = {
    organisation_id: hlf,
    seq: 7,
    hash: 'a'.repeat(64),
    taken_at: '2026-03-02T09:00:00.123Z',
  };
  const line = JSON.stringify(head);
  t.same(readHeads(writeHeads([head, head])), [head, head]);
  t.same(readHeads(`\r\n${line}\r\n\n${JSON.stringify({ ...head, host: 'a' })}`), [head, head]);
  const problemsOf = (lines: readonly string[]): readonly string[] => {
    try {
      readHeads(lines.join('\n'));
      return [];
    } catch (error) {
      if (!(error instanceof KeptHeadsError)) throw error;
      return error.problems;
    }
  };
  t.match(
    problemsOf([
      line,
      '> accounting-export@0.1.0 anchor',
      JSON.stringify({ ...head, seq: 0 }),
      JSON.stringify({ ...head, seq: '7' }),
      line,
      JSON.stringify({ ...head, hash: 'A'.repeat(64) }),
      JSON.stringify({ ...head, organisation_id: 'HLF' }),
      JSON.stringify({ ...head, taken_at: 'yesterday' }),
      JSON.stringify({ organisation_id: hlf }),
      line.slice(0, 50),
      '[]',
    ]),
    [
      /^line 2 is not a kept head: it is no JSON object/,
      /^line 3 .*seq/,
      /^line 4 .*seq/,
      /^line 6 .*hash/,
      /^line 7 .*organisation_id/,
      /^line 8 .*taken_at/,
      /^line 9 .*seq/,
      /^line 10 .*JSON/,
      /^line 11 .*JSON/,
    ],
  );
  t.same(problemsOf(Array.from({ length: 25 }, () => 'x')).slice(19), [
    'line 20 is not a kept head: it is no JSON object',
    'and 5 more lines',
  ]);
  t.same(problemsOf(['', ' ']), ['there is no kept head to check against']);
  t.end();
});

t.end();
