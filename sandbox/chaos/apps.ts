/** The apps of one organisation: they put claims and ask for exports, impatiently and all at once. */
import pg from 'pg';

import type { Claim } from '../demo/claims.ts';
import { between, deckOf, pick, randomOf, seedOf, type Random } from '../random.ts';
import { keepActing } from './actor.ts';
import type { ChaosOrganisation } from './organisations.ts';
import type { ChaosWorld } from './world.ts';

/** What was asked for, and answered. */
export interface Asked {
  readonly organisationId: string;
  readonly claimIds: readonly string[];
}

/** What all apps were told. */
export interface Ledger {
  /** By run. */
  readonly runs: Map<string, Asked>;
  /** Claims whose putting was answered, by organisation. */
  readonly putCounts: Map<string, number>;
  /** Requests, repeated ones included. */
  requestCount: number;
  /** Answers that were lost, so that the app asked again. */
  lostAnswerCount: number;
}

/** What one round of an organisation's apps is. */
const ROUNDS = [
  'one',
  'one',
  'one',
  'double_click',
  'double_click',
  'overlapping',
  'overlapping',
  'one_statement',
  'again',
] as const;

/** More runs than this are not kept waiting: what is asked for must be done once all is quiet. */
const MOST_OPEN_RUNS = 6;
const MOST_CLAIMS = 8;
const APP_COUNT = 4;

export function newLedger(): Ledger {
  return { runs: new Map(), putCounts: new Map(), requestCount: 0, lostAnswerCount: 0 };
}

/** Plays the apps of one organisation until `signal` is aborted. */
export async function playApps(
  world: ChaosWorld,
  organisation: ChaosOrganisation,
  seed: number,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<void> {
  const random = randomOf(seedOf(seed, 100 + world.organisations.indexOf(organisation)));
  const pool = new pg.Pool({
    connectionString: world.databaseUrl,
    application_name: `chaos app of ${organisation.prefix}`,
    max: APP_COUNT,
  });
  // Cut while it was idle: whoever needs one next opens another.
  pool.on('error', () => undefined);
  const apps = new Apps(world, organisation, random, pool, ledger);
  try {
    await keepActing(random, { leastMs: 50, mostMs: 700 }, signal, () => apps.round());
  } finally {
    await pool.end();
  }
}

class Apps {
  readonly #world: ChaosWorld;
  readonly #organisation: ChaosOrganisation;
  readonly #random: Random;
  readonly #pool: pg.Pool;
  readonly #ledger: Ledger;
  readonly #nextRound: () => (typeof ROUNDS)[number];
  #usedCount = 0;

  constructor(
    world: ChaosWorld,
    organisation: ChaosOrganisation,
    random: Random,
    pool: pg.Pool,
    ledger: Ledger,
  ) {
    this.#world = world;
    this.#organisation = organisation;
    this.#random = random;
    this.#pool = pool;
    this.#ledger = ledger;
    this.#nextRound = deckOf(random, ROUNDS);
  }

  async round(): Promise<void> {
    const { rows } = await this.#world.control.query<{ open: number }>(
      `select count(*)::integer as open from accounting.export_requests
        where organisation_id = $1 and ended_at is null`,
      [this.#organisation.id],
    );
    if ((rows[0]?.open ?? 0) >= MOST_OPEN_RUNS) return;
    const claims = await this.#putNew(between(this.#random, 1, MOST_CLAIMS));
    if (claims.length === 0) return;
    const requests = this.#requestsFor(this.#nextRound(), claims);
    await Promise.all(requests.map((sets) => this.#request(sets)));
  }

  /** Each inner list is one statement of one app; several lists are sent at the same time. */
  #requestsFor(round: (typeof ROUNDS)[number], claims: readonly Claim[]): string[][][] {
    const all = claims.map(({ id }) => id);
    const some = () => this.#someOf(all);
    switch (round) {
      case 'one':
        return [[all]];
      case 'double_click':
        return [[all], [all], [all.toReversed()]];
      case 'overlapping':
        return [[some()], [some()], [some()], [all]];
      case 'one_statement':
        return [[some(), some(), all], [some()]];
      case 'again':
        return [[all], [this.#someOf(this.#used(20))]];
    }
  }

  /** A chance part of the ids, with now and then an earlier claim among them. */
  #someOf(ids: readonly string[]): string[] {
    const chosen = new Set(ids.filter(() => this.#random(2) === 0));
    chosen.add(pick(this.#random, ids));
    if (this.#random(3) === 0) chosen.add(pick(this.#random, this.#used(60)));
    return [...chosen];
  }

  /** The last claims that were put. */
  #used(most: number): string[] {
    const { claims } = this.#organisation;
    return claims.slice(Math.max(this.#usedCount - most, 0), this.#usedCount).map(({ id }) => id);
  }

  async #putNew(count: number): Promise<readonly Claim[]> {
    const claims = this.#organisation.claims.slice(this.#usedCount, this.#usedCount + count);
    if (claims.length === 0) return [];
    this.#usedCount += claims.length;
    await this.#untilAnswered('select * from accounting.put_claims($1, $2)', [
      this.#organisation.id,
      JSON.stringify(claims),
    ]);
    this.#ledger.putCounts.set(this.#organisation.id, this.#usedCount);
    return claims;
  }

  async #request(sets: readonly string[][]): Promise<void> {
    this.#ledger.requestCount += sets.length;
    const rows = await this.#untilAnswered(
      `insert into api.export_requests (organisation_id, claim_ids)
         values ${sets.map((_, place) => `($1, $${place + 2})`).join(', ')}
         returning run_id`,
      [this.#organisation.id, ...sets],
    );
    rows.forEach(({ run_id: runId }, place) => {
      const claimIds = sets[place] ?? [];
      this.#ledger.runs.set(String(runId), { organisationId: this.#organisation.id, claimIds });
    });
  }

  /** An app whose answer was lost asks again; anything else that goes wrong is thrown. */
  async #untilAnswered(
    text: string,
    values: readonly unknown[],
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    for (;;) {
      try {
        const { rows } = await this.#pool.query<Record<string, unknown>>(text, [...values]);
        return rows;
      } catch (error) {
        if (!isCut(error)) throw error;
        this.#ledger.lostAnswerCount += 1;
      }
    }
  }
}

/** Whether a session was ended under the query: by the server, or seen from the socket. */
function isCut(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return (
    code === '57P01' ||
    code === 'ECONNRESET' ||
    code === 'EPIPE' ||
    /connection (terminated|ended)|Client has encountered a connection error/i.test(error.message)
  );
}
