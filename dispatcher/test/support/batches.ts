/**
 * Random batches, as the database would freeze them, and what must hold of the vouchers that any
 * mapper makes of them. For another system: a generator of its own settings and dimensions here, and a
 * line in mapper-properties.test.ts.
 */
import fc from 'fast-check';

import { fromMinorUnits } from '../../adapters/amount.ts';
import type { Batch, FrozenClaim, FrozenInput, FrozenMapping } from '../../adapters/adapter.ts';
import { LIABILITY_PLACEHOLDERS, LINE_PLACEHOLDERS } from '../../adapters/texts.ts';

/** What numeric(12,2) holds: 9,999,999,999.99. */
export const GREATEST_MINOR = 999_999_999_999;

/** What texts are made of: as people write, and all that a field might choke on. */
const PIECES = [
  ...'abc æøåÆØÅ 123 -.,;:"\'=+@{}/\\',
  ...['Kilometer ', 'til legen ', 'Åse ', '{reference}', '{text}', '${X}', '    '],
  ...['😀', 'a\u{30a}', 'é', '\u{200f}', '👩‍🦽', '\u{fdfa}', '\u{fffd}', '\u{a0}', '\u{feff}'],
  ...['\t', '\r\n', '\u{7}', '\u{85}', '\u{2028}', '\u{2029}', '\u{0}'],
  // Halves of pairs: the database holds none, another source of claims might.
  ...['\u{d83d}', '\u{de00}'],
];

/**
 * Strings of so many pieces at most, from a length and a seed: drawing each piece by itself takes ten
 * times as long.
 */
function stringOf(pieces: readonly string[], most: number): fc.Arbitrary<string> {
  const short = fc.integer({ min: 1, max: Math.min(most, 24) });
  const length = fc.oneof(
    { weight: 9, arbitrary: short },
    { weight: 1, arbitrary: fc.constant(most) },
  );
  return fc.tuple(length, fc.nat()).map(([count, seed]) => {
    let [text, state] = ['', seed];
    for (let left = count; left > 0; left -= 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      text += pieces[(state >>> 8) % pieces.length] ?? '';
    }
    return text;
  });
}

const words = (most: number) => stringOf(PIECES, most).map((text) => text.slice(0, most));

const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** A code of 1 to 20 characters, as accounts and tax codes are. */
export const account = stringOf([...CAPITALS.toLowerCase(), ...CAPITALS, ...DIGITS, '.', '-'], 20);
/** A code with Norwegian letters, as dimensions and their values are. */
export const dimensionCode = stringOf([...CAPITALS, ...DIGITS, ...'ÆØÅ'], 20);
const type = fc.oneof(
  fc.constantFrom('mileage', 'toll', 'meals', 'constructor'),
  stringOf([...CAPITALS.toLowerCase()], 40),
);
const label = fc.oneof(
  fc.constantFrom('Kilometergodtgjørelse', 'Ferge og båt', '{reference}', 'L'.repeat(60)),
  stringOf([...'abcæøåÆØÅ'], 60),
);
const date = fc
  .integer({ min: 0, max: 1_400 })
  .map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10));

/** A template with some of the placeholders, and a few words between them. */
function template(placeholders: readonly string[]) {
  return fc
    .array(fc.oneof(fc.constantFrom(...placeholders.map((one) => `{${one}}`)), label), {
      minLength: 1,
      maxLength: 6,
    })
    .map((parts) => parts.join(' '));
}

const minor = fc.oneof(
  fc.integer({ min: -20_000_00, max: 20_000_00 }),
  fc.constantFrom(1, -1, 10, 20, 99, 101, GREATEST_MINOR, -GREATEST_MINOR, GREATEST_MINOR - 1),
  fc.integer({ min: -GREATEST_MINOR, max: GREATEST_MINOR }),
);

const claim: fc.Arbitrary<FrozenClaim> = fc
  .record({
    claim_id: fc.uuid(),
    reference: stringOf([...CAPITALS, ...DIGITS], 20),
    kind: fc.constantFrom('travel_expense', 'driver_honorarium'),
    claimant_id: fc.constant('person-1'),
    claimant_name: words(200),
    currency: fc.constantFrom('NOK', 'NOK', 'NOK', 'NOK', 'NOK', 'EUR'),
    lines: fc.array(
      fc.record({
        line_no: fc.constant(0),
        type,
        date,
        amount: minor,
        quantity: fc.option(
          fc.integer({ min: 1, max: 999_999_999 }).map((n) => (n / 1000).toFixed(3)),
        ),
        text: fc.option(words(500)),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map((one) => ({
    ...one,
    total: fromMinorUnits(one.lines.reduce((sum, { amount }) => sum + amount, 0)),
    lines: one.lines.map((line, index) => ({
      ...line,
      line_no: index + 1,
      amount: fromMinorUnits(line.amount),
    })),
  }));

/** The first voucher number of Xledger wraps round after the third. */
const BATCH_KEYS = ['0', '7ffffc16', '7ffffc17', 'a1b2c3d4', 'ffffffff'].map((digits) =>
  digits.padEnd(64, '7'),
);

/** What is special about a system. */
export interface SystemShape {
  readonly system: FrozenInput['system'];
  /** All that the adapter needs; texts, dimensions and kinds come from here. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly dimensions: fc.Arbitrary<Readonly<Record<string, string>>>;
  /** Accounts and tax codes; left out: all that the database lets through. */
  readonly account?: fc.Arbitrary<string>;
  /** The last version of its mapper; left out: 2. */
  readonly generation?: number;
}

/** Batches of up to six claims, most of which can be mapped. */
export function anyBatch(shape: SystemShape): fc.Arbitrary<Batch> {
  const { system, settings, dimensions, account: code = account } = shape;
  const part = { account: code, tax_code: fc.option(code), label, dimensions };
  const mapping: fc.Arbitrary<FrozenMapping> = fc.record(
    {
      ...part,
      by_kind: fc.dictionary(
        fc.constantFrom('travel_expense', 'driver_honorarium'),
        fc.record(part, { requiredKeys: [] }),
        { noNullPrototype: true },
      ),
    },
    { requiredKeys: ['account', 'tax_code', 'dimensions'] },
  );
  const rules = fc.record(
    {
      line_text: template(LINE_PLACEHOLDERS),
      liability_text: template(LIABILITY_PLACEHOLDERS),
      line_dimensions: dimensions,
      liability_dimensions: dimensions,
      kinds: fc.record(
        { driver_honorarium: fc.record({ label, liability_account: code }) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );
  return fc
    .record({
      // The database holds each id once, and each reference.
      claims: fc.uniqueArray(claim, {
        minLength: 1,
        maxLength: 6,
        comparator: (one, other) =>
          one.claim_id === other.claim_id || one.reference === other.reference,
      }),
      // One for every type, save for one type in twenty.
      mappings: fc.array(fc.option(mapping, { freq: 20 }), { minLength: 6, maxLength: 6 }),
      rules,
      generation: shape.generation === 1 ? fc.constant(1) : fc.constantFrom(1, 2, 2, 2),
      batchKey: fc.constantFrom(...BATCH_KEYS),
      order: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
      isOpen: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    })
    .map(({ claims, mappings, rules, generation, batchKey, order, isOpen }) => {
      const types = [...new Set(claims.flatMap(({ lines }) => lines.map((line) => line.type)))];
      const mapped = types.flatMap((name, index) => {
        const one = mappings[index % mappings.length];
        return one === null || one === undefined ? [] : [[name, one] as const];
      });
      const ids = claims
        .map(({ claim_id: id }, index) => ({ id, index, rank: order[index] ?? 0 }))
        .filter(({ index }) => isOpen[index] === true)
        .sort((a, b) => a.rank - b.rank)
        .map(({ id }) => id);
      return {
        organisationId: '6f1d6e0c-5a0e-4c1e-9d55-1f0f6a3d1a01',
        runId: '00000000-0000-4000-8000-0000000000aa',
        attemptNo: 1,
        search: 'run',
        batchKey,
        endpoint: 'https://ledger.example/',
        input: {
          version: 1,
          system,
          mapper_version: `${system}/${String(generation)}`,
          organisation: {
            id: '6f1d6e0c-5a0e-4c1e-9d55-1f0f6a3d1a01',
            name: 'Norges Eksempelforbund',
            prefix: 'EX',
          },
          settings: { ...settings, ...rules },
          posting_date: '2026-03-02',
          mappings: Object.fromEntries(mapped),
          claims,
        },
        openClaimIds: ids,
        knownExternalIds: [],
        voidedExternalIds: [],
        voidedClaimIds: [],
      };
    });
}
