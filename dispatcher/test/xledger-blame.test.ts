import t from 'tap';
import { blamedClaims } from '../adapters/xledger/blame.ts';
import { mapVoucher } from '../adapters/xledger/mapper.ts';
import { BATCH_KEY, claim, frozenInput } from './support/xledger.ts';

// 1 and 2 use 7140, 3 doesn't; all use 2910. 1 has items 0 to 1, 2 has 2 to 3, 3 has 4 to 5.
const INPUT = frozenInput([
  claim(1, ['tickets', '10.00']),
  claim(2, ['tickets', '20.00']),
  claim(3, ['diet', '30.00']),
]);
const VOUCHERS = INPUT.claims.map((one) => mapVoucher(INPUT, BATCH_KEY, one.claim_id));

function blamed(...refusals: readonly (readonly [string, ...(string | number)[]])[]): string {
  const given = refusals.map(([message, ...path]) => ({ message, path }));
  return blamedClaims(given, VOUCHERS)
    .map((id) => Number(id.slice(-12)))
    .join(' ');
}

const noValue = (field: string, code: string) =>
  `${field}.code: No value matching owner 42365431, code '${code}'.`;

void t.test('a refusal is tied to the claims that use what it quotes', (t) => {
  t.equal(blamed([noValue('account', '7140')]), '1 2');
  t.equal(blamed([noValue('taxRule', '1')]), '1 2');
  t.equal(blamed([noValue('project', '200')]), '3');
  t.equal(blamed([noValue('account', '7140')], [noValue('project', '200')]), '1 2 3');
  t.equal(blamed(["'BF-2' is too long"]), '2');
  t.equal(blamed(['"BF-3/1": bad']), '3');
  t.end();
});

void t.test('a path that names an item names its claim', (t) => {
  t.equal(blamed(['Bad.', 'inputs', 2, 'node']), '2');
  t.equal(blamed(['Bad.', 'i', 5]), '3');
  t.end();
});

void t.test('what cannot be tied to some of the claims is about all of them', (t) => {
  for (const message of [
    noValue('account', '2910'),
    noValue('account', '9999'),
    noValue('project', '7140'),
    'Bad.',
    "text: 'x' is not a valid date.",
  ]) {
    t.equal(blamed([message]), '1 2 3', message);
  }
  t.equal(blamed([noValue('project', '200')], ['Bad.']), '1 2 3', 'one of two untied');
  t.equal(blamed(['Bad.', 'inputs', 99]), '1 2 3', 'a place that was not sent');
  t.equal(blamed(), '1 2 3', 'no words at all');
  t.end();
});
