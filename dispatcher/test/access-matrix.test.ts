/**
 * Who may do what, through the real PostgREST: everything in schema `api`, by every verb, as everybody,
 * held against `fixtures/access-matrix.txt`.
 *
 * What is asked comes from the catalogue. A new view needs nothing here; a new function, its arguments in
 * `support/access-requests.ts`. Then
 *
 *     UPDATE_FIXTURES=1 npm test -- dispatcher/test/access-matrix.test.ts
 *
 * writes what comes out now, and fails: read `git diff` line by line, and say in the commit why it is so.
 */
import t from 'tap';

import { makeMatrix } from './support/access-matrix.ts';
import { startAccessWorld } from './support/access-world.ts';
import { matchesExpectation } from './support/expectation.ts';

// On a busy machine the default is too short.
t.setTimeout(120_000);

const world = await startAccessWorld(t, { mayRollBack: true });
const started = performance.now();
const matrix = await makeMatrix(world);
const seconds = ((performance.now() - started) / 1000).toFixed(1);

await t.test('everybody may do what the matrix says, and nothing else', async (t) => {
  t.comment(`${matrix.requestCount} requests in ${seconds} s`);
  t.ok(matrix.requestCount > 500, 'a lot is asked');
  await matchesExpectation(t, 'access-matrix.txt', matrix.text);
});

await t.test('no answer tells of another organisation, of secrets or of the inside', (t) => {
  t.strictSame(matrix.problems, []);
  t.end();
});

t.end();
