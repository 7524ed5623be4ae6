/** The example's mapper, by fixtures and by property: what every mapper is tested with. */
import { readdirSync, readFileSync } from 'node:fs';

import fc from 'fast-check';
import t from 'tap';
import { mapClaims } from '../../docs/examples/minibok/mapper.ts';
import { readSettings } from '../../docs/examples/minibok/settings.ts';
import type { FrozenInput } from '../adapters/adapter.ts';
import { toMinorUnits } from '../adapters/amount.ts';

interface Fixture {
  readonly about: string;
  readonly input: FrozenInput;
  /** By reference: the voucher, or why there is none. */
  readonly expected: Readonly<Record<string, unknown>>;
}

const folder = new URL('../../docs/examples/minibok/fixtures/', import.meta.url);
const fixtures = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Fixture,
);

function map(input: FrozenInput) {
  const settings = readSettings(input.settings);
  if (typeof settings === 'string') throw new Error(settings);
  return mapClaims(
    input,
    input.claims.map(({ claim_id }) => claim_id),
    settings,
  );
}

void t.test('claims in, vouchers out', (t) => {
  t.ok(fixtures.length > 0);
  for (const { about, input, expected } of fixtures) {
    const mapped = map(input).map(({ reference, voucher, reason }) => [
      reference,
      voucher ?? reason,
    ]);
    t.same(Object.fromEntries(mapped), expected, about);
  }
  t.end();
});

void t.test('every voucher balances to the øre, and says nothing that a claimant wrote', (t) => {
  const [{ input } = { input: null }] = fixtures;
  const [template] = input?.claims ?? [];
  const ore = fc.integer({ min: -10_000_000, max: 10_000_000 });
  const kroner = (minor: number) => (minor / 100).toFixed(2);
  fc.assert(
    fc.property(fc.array(ore, { minLength: 1, maxLength: 49 }), (amounts) => {
      if (input === null || template === undefined) return false;
      const lines = amounts.map((minor, index) => ({
        line_no: index + 1,
        type: 'meals',
        date: '2026-02-12',
        amount: kroner(minor),
        quantity: null,
        text: 'what the claimant wrote',
      }));
      const total = kroner(amounts.reduce((sum, minor) => sum + minor, 0));
      const [mapped] = map({ ...input, claims: [{ ...template, total, lines }] });
      const sent = (mapped?.voucher?.lines ?? []).map(({ amount }) => toMinorUnits(amount));
      return (
        sent.length === amounts.length + 1 &&
        sent.reduce((sum, minor) => sum + minor, 0) === 0 &&
        !JSON.stringify(mapped).includes('claimant wrote')
      );
    }),
  );
  t.end();
});
