/**
 * Approved claims as an app would put them. The same seed on the same day gives the same claims.
 */
import { randomOf, type Random } from '../random.ts';
import { decimal } from './money.ts';

/** One line as `api.put_claims` takes it. */
export interface ClaimLine {
  readonly type: string;
  readonly date: string;
  readonly amount: string;
  readonly quantity?: string;
  readonly text: string;
}

/** One claim as `api.put_claims` takes it. */
export interface Claim {
  readonly id: string;
  readonly reference: string;
  readonly kind: 'travel_expense';
  readonly claimant: { readonly id: string; readonly name: string };
  readonly currency: 'NOK';
  readonly total: string;
  readonly lines: readonly ClaimLine[];
}

export interface ClaimsOptions {
  readonly count: number;
  /** The organisation's, e.g. `HLF`. */
  readonly prefix: string;
  readonly seed: number;
  /** Claims are of this day's year, and not later. */
  readonly today: Date;
  /** The number in the first claim's reference. Default 101. */
  readonly firstReference?: number;
  /** Each of these places in the list gets one more line, of a type of its own. */
  readonly extra?: Readonly<Record<number, { readonly type: string; readonly text: string }>>;
}

/** Øre for each kilometre. */
const KILOMETRE_ORE = 530;
const FIRST_REFERENCE = 101;

// Put together so that nobody has such a name.
const GIVEN = [
  'Askvor',
  'Bergfrid',
  'Elvmund',
  'Fjellrun',
  'Havlin',
  'Lyngar',
  'Solgrim',
  'Vindis',
];
const FAMILY = ['Demo', 'Eksempel', 'Mønster', 'Prøve', 'Skisse', 'Utkast'];
const PLACE = ['berget', 'dalen', 'haugen', 'nesset', 'stad', 'vika', 'åsen'];

const TOWNS = ['Bodø', 'Drammen', 'Gjøvik', 'Hamar', 'Lillehammer', 'Moss', 'Skien', 'Tønsberg'];
const MEETINGS = ['board meeting', 'course for new helpers', 'members’ evening', 'visit'];

/** Makes claims of one to five lines: mileage, tolls, parking, public transport, meals, lodging. */
export function makeClaims(options: ClaimsOptions): Claim[] {
  const random = randomOf(options.seed);
  return Array.from({ length: options.count }, (_, place) => makeClaim(options, place, random));
}

function makeClaim(options: ClaimsOptions, place: number, random: Random): Claim {
  const year = options.today.getUTCFullYear();
  const date = dayUntil(options.today, random);
  const person = random(60);
  const extra = options.extra?.[place];
  const lines = [
    ...linesOf(date, random),
    ...(extra === undefined ? [] : [line(extra.type, date, 9_000 + random(20_000), extra.text)]),
  ];
  const total = lines.reduce((sum, { ore }) => sum + ore, 0);
  return {
    id: uuidOf(random),
    reference: `${options.prefix}-${year}-${String((options.firstReference ?? FIRST_REFERENCE) + place).padStart(5, '0')}`,
    kind: 'travel_expense',
    claimant: {
      id: `${options.prefix.toLowerCase()}-person-${person}`,
      name: nameOf(person),
    },
    currency: 'NOK',
    total: decimal(total),
    lines: lines.map(({ ore, ...rest }) => ({ ...rest, amount: decimal(ore) })),
  };
}

interface Line extends Omit<ClaimLine, 'amount'> {
  readonly ore: number;
}

function line(type: string, date: string, ore: number, text: string, quantity?: string): Line {
  return { type, date, ore, text, ...(quantity === undefined ? {} : { quantity }) };
}

function linesOf(date: string, random: Random): Line[] {
  const from = random(TOWNS.length);
  const to = (from + 1 + random(TOWNS.length - 1)) % TOWNS.length;
  const way = `${TOWNS[from] ?? ''}–${TOWNS[to] ?? ''}, ${MEETINGS[random(MEETINGS.length)] ?? ''}`;
  const lines: Line[] = [];
  if (random(4) > 0) {
    const kilometres = 8 + random(240);
    lines.push(line('mileage', date, kilometres * KILOMETRE_ORE, way, String(kilometres)));
    if (random(2) === 0) lines.push(line('toll', date, 1_500 + random(9_000), way));
    if (random(2) === 0) lines.push(line('parking', date, 2_000 + 500 * random(36), way));
  } else {
    lines.push(line('public_transport', date, 4_200 + 100 * random(560), way));
  }
  if (random(3) === 0) lines.push(line('meals', date, 8_900 + random(22_000), 'on the way'));
  if (random(6) === 0) lines.push(line('lodging', date, 89_000 + 100 * random(800), 'one night'));
  return lines;
}

function nameOf(person: number): string {
  const given = GIVEN[person % GIVEN.length] ?? '';
  const family = FAMILY[person % FAMILY.length] ?? '';
  return `${given} ${family}${PLACE[person % PLACE.length] ?? ''}`;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day of the year, up to today, YYYY-MM-DD. */
function dayUntil(today: Date, random: Random): string {
  const firstDay = Date.UTC(today.getUTCFullYear(), 0, 1);
  const days = Math.floor((today.getTime() - firstDay) / DAY_MS) + 1;
  return new Date(firstDay + random(days) * DAY_MS).toISOString().slice(0, 10);
}

function uuidOf(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random(16).toString(16)).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
