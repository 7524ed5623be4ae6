import t from 'tap';

import { problemOf } from '../src/declaration/problem.ts';
import { wordsOf } from '../src/declaration/words/words.ts';
import { ApiError } from '../src/http.ts';
import { byDriver, isPast } from '../src/missing-declarations.ts';

void t.test('each refusal of the declaration’s functions is told in its own words', (t) => {
  const kinds = [
    ['AX032', 404, 'stale'],
    ['AX036', 409, 'stale'],
    ['AX037', 409, 'stale'],
    ['AX038', 422, 'typedName'],
    ['AX039', 409, 'nameUnknown'],
    ['AX040', 409, 'nothingToWithdraw'],
    ['AX009', 403, 'forbidden'],
    ['AX015', 403, 'noOrganisation'],
    ['AX024', 503, 'busy'],
    ['PGRST301', 401, 'session'],
    ['', 502, 'unreachable'],
    ['', 500, 'server'],
    // Known to the other component, and none of a driver's.
    ['AX018', 409, 'other'],
  ] as const;
  for (const [code, status, kind] of kinds) {
    const error = new ApiError('refused', 'words', { status, code });
    t.equal(problemOf(error).kind, kind, `${code} ${status}`);
    for (const language of ['nb', 'en'] as const) t.ok(wordsOf(language).problems[kind].todo);
  }
  t.equal(problemOf(new ApiError('offline', 'words')).kind, 'offline');
  t.equal(problemOf(new TypeError('a bug')).kind, 'other');
  t.end();
});

void t.test('honoraria stand under their driver; a day is past once it is over in Norway', (t) => {
  const row = (driver_id: string, reference: string) => ({
    driver_id,
    claim_id: reference,
    reference,
    missing_on: '2026-03-02',
    needed_language: null,
    needed_version: null,
  });
  const rows = [row('a', 'BF-1'), row('a', 'BF-2'), row('b', 'BF-3')];
  t.match(byDriver(rows), [
    { driverId: 'a', claims: [{ reference: 'BF-1' }, { reference: 'BF-2' }] },
    { driverId: 'b', claims: [{ reference: 'BF-3' }] },
  ]);
  t.notOk(isPast('2026-03-02', Date.parse('2026-03-02T22:59:59Z')));
  t.ok(isPast('2026-03-02', Date.parse('2026-03-02T23:00:00Z')));
  t.notOk(isPast('2026-03-02', Date.parse('2026-03-01T12:00:00Z')));
  t.end();
});
