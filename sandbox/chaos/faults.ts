/** What the accounting systems do wrong, within what they promise: see {@link LONGEST_DELAY_MS}. */
import type { FaultInput, FaultQueue } from '../faults.ts';
import { between, deckOf, pick, randomOf, seedOf, type Random } from '../random.ts';
import { timedOut } from '../../dispatcher/adapters/xledger/sandbox/xledger-sandbox.ts';
import { keepActing } from './actor.ts';
import { LONGEST_DELAY_MS, LONGEST_LAG_MS } from './organisations.ts';
import type { ChaosWorld } from './world.ts';

export interface FaultCounts {
  /** Faults that were given, by kind; not all of them meet a request. */
  readonly given: Map<string, number>;
  revokedTokens: number;
}

type Target = Pick<FaultInput, 'method' | 'path' | 'operation'>;

/** The requests that carry lines most often, then any, then others by themselves. */
const BC_TARGETS: readonly Target[] = [
  { method: 'POST', path: '/\\$batch$' },
  { method: 'POST', path: '/\\$batch$' },
  { method: 'POST', path: '/\\$batch$' },
  {},
  {},
  { method: 'GET' },
  { method: 'PATCH' },
  { method: 'POST', path: '/journals' },
  { path: '/token$' },
];
const XLEDGER_TARGETS: readonly Target[] = [
  { operation: 'addGLImportItems' },
  { operation: 'addGLImportItems' },
  { operation: 'addGLImportItems' },
  {},
  {},
  { operation: '^(?!.*addGLImportItems)' },
];

/** A card makes a fault; what it makes differs with each draw. */
type Card = (random: Random) => Omit<FaultInput, 'method' | 'path' | 'operation'>;

const delayMs = (random: Random) => between(random, 20, LONGEST_DELAY_MS);
const CARDS: readonly Card[] = [
  () => ({ kind: 'drop_before' }),
  () => ({ kind: 'drop_after' }),
  () => ({ kind: 'drop_after' }),
  () => ({ kind: 'drop_midway' }),
  () => ({ kind: 'truncate_body' }),
  () => ({ kind: 'lag' }),
  (random) => ({ kind: 'delay', delay_ms: delayMs(random) }),
  (random) => ({ kind: 'delay', delay_ms: delayMs(random) }),
  (random) => ({ kind: 'apply_late', delay_ms: delayMs(random), status: 504 }),
  (random) => ({ kind: 'apply_late', delay_ms: delayMs(random), status: 504 }),
  (random) => ({ kind: 'apply_late', delay_ms: delayMs(random), status: 502 }),
  (random) => ({ kind: 'status', status: pick(random, [500, 503]), apply: false }),
  (random) => ({ kind: 'status', status: pick(random, [500, 503, 408, 504]), apply: true }),
  // Never after booking: "too many requests" that were booked all the same would be a lie.
  (random) => ({
    kind: 'status',
    status: 429,
    ...(random(2) === 0 ? { retry_after: '1' } : {}),
  }),
];
/** Refusals pause the integration until the operator comes: one of them among many faults. */
const REFUSAL: Card = (random) => ({ kind: 'status', status: pick(random, [401, 403, 404]) });
const CARDS_WITH_REFUSAL: readonly Card[] = [...CARDS, ...CARDS, ...CARDS, REFUSAL];

/** No wait is longer than a read may lag behind. */
const PACE = { leastMs: 60, mostMs: LONGEST_LAG_MS };
/** So many faults wait for their requests at most. */
const MOST_WAITING = 12;

/** Gives faults to Business Central, and lets its tokens die now and then. */
export async function troubleBusinessCentral(
  { businessCentral }: ChaosWorld,
  seed: number,
  counts: FaultCounts,
  signal: AbortSignal,
): Promise<void> {
  const random = randomOf(seedOf(seed, 300));
  const nextCard = deckOf(random, CARDS_WITH_REFUSAL);
  await keepActing(random, PACE, signal, () => {
    endLag(businessCentral.faults);
    const chance = random(20);
    if (chance === 0) {
      businessCentral.revokeTokens();
      counts.revokedTokens += 1;
    } else if (chance === 1) {
      give(businessCentral.faults, counts, { ...BC_TARGETS[0], kind: 'lie_201' });
    } else if (chance === 2) {
      businessCentral.setRateLimit({ max_requests: 30, window_ms: 500 });
    } else if (chance === 3) {
      businessCentral.setRateLimit(null);
    } else {
      give(businessCentral.faults, counts, {
        ...pick(random, BC_TARGETS),
        ...nextCard()(random),
        times: between(random, 1, 2),
      });
    }
  });
}

/** Gives faults to Xledger, and turns its switches. */
export async function troubleXledger(
  { xledger }: ChaosWorld,
  seed: number,
  counts: FaultCounts,
  signal: AbortSignal,
): Promise<void> {
  const random = randomOf(seedOf(seed, 301));
  const nextCard = deckOf(random, CARDS_WITH_REFUSAL);
  await keepActing(random, PACE, signal, () => {
    endLag(xledger.faults);
    const chance = random(20);
    if (chance === 0) xledger.switches.bookMode = pick(random, ['never', 'on_poll', 'after_poll']);
    else if (chance === 1) xledger.book();
    else if (chance === 2) xledger.switches.burst = 20;
    else if (chance <= 4) xledger.switches.burst = null;
    else if (chance <= 6) give(xledger.faults, counts, timedOut(random(2) === 0));
    else {
      give(xledger.faults, counts, {
        ...pick(random, XLEDGER_TARGETS),
        ...nextCard()(random),
        times: between(random, 1, 2),
      });
    }
  });
}

/** From now on both systems behave. */
export function endFaults({ businessCentral, xledger }: ChaosWorld): void {
  businessCentral.faults.clear();
  businessCentral.setRateLimit(null);
  xledger.faults.clear();
  xledger.switches.burst = null;
}

/** What a read lags behind by is the age of the fault: so none is left waiting for its request. */
function endLag(faults: FaultQueue): void {
  const others = faults.list().filter(({ kind }) => kind !== 'lag');
  faults.clear();
  faults.add(...others);
}

function give(faults: FaultQueue, counts: FaultCounts, fault: FaultInput): void {
  if (faults.list().length >= MOST_WAITING) return;
  faults.add(fault);
  counts.given.set(fault.kind, (counts.given.get(fault.kind) ?? 0) + 1);
}
