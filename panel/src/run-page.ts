/** One run: its claims, its trail, and what it needs a person for. */
import { readAttention, readClaims, readRunsById, readTrail } from './api.ts';
import { groupOf, type ClaimGroup } from './claim-groups.ts';
import { toCents } from './format.ts';
import { Loading, type Surroundings } from './loading.ts';
import type { Attention, Claim, Run, TrailRow } from './rows.ts';

const claimsAtOnce = 50;
const trailAtOnce = 200;

export class RunPage extends Loading {
  readonly runId: string;
  run: Run | null = null;
  claims: readonly Claim[] = [];
  trail: readonly TrailRow[] = [];
  attention: readonly Attention[] = [];
  hasMoreTrail = false;
  /** Only the claims of this group are shown; null: all. */
  group: ClaimGroup | null = null;
  shownClaims = claimsAtOnce;
  areAllStepsShown = false;

  constructor(around: Surroundings, runId: string) {
    super(around);
    this.runId = runId;
  }

  /** It was looked for, and isn't there. */
  get isMissing(): boolean {
    return this.loadedAt !== null && this.run === null;
  }

  get filteredClaims(): readonly Claim[] {
    const { run, group } = this;
    if (run === null || group === null) return this.claims;
    return this.claims.filter((claim) => groupOf(claim, run.integration_status) === group);
  }

  showGroup(group: ClaimGroup | null): void {
    this.group = group;
    this.shownClaims = claimsAtOnce;
    this.around.changed();
  }

  showAllSteps(): void {
    this.areAllStepsShown = true;
    this.around.changed();
  }

  showMoreClaims(): void {
    this.shownClaims += claimsAtOnce;
    this.around.changed();
  }

  protected override async fetch(signal: AbortSignal): Promise<boolean> {
    // From an address that somebody typed: no export has it.
    if (!isUuid(this.runId)) return false;
    const client = this.around.client();
    const [[run], trail, attention] = await Promise.all([
      readRunsById(client, [this.runId], signal),
      readTrail(client, this.runId, this.trail.at(-1)?.seq ?? 0, trailAtOnce, signal),
      readAttention(client, { runId: this.runId, limit: 100 }, signal),
    ]);
    const isNew =
      trail.length > 0 ||
      JSON.stringify([run ?? null, attention]) !== JSON.stringify([this.run, this.attention]);
    // The claims are the heavy part. Faults and bookings come to ended runs without a change of state,
    // so those are read each time; there is no polling then.
    const isNeeded = isNew || this.claims.length === 0 || run?.exported_at !== null;
    const claims =
      run !== undefined && isNeeded ? await readClaims(client, this.runId, signal) : this.claims;
    if (signal.aborted) return false;
    this.run = run ?? null;
    this.claims = claims;
    this.attention = attention;
    this.#append(trail);
    return isNew;
  }

  async moreTrail(): Promise<void> {
    await this.beside(async (signal) => {
      const after = this.trail.at(-1)?.seq ?? 0;
      const rows = await readTrail(this.around.client(), this.runId, after, trailAtOnce, signal);
      this.#append(rows);
    });
  }

  #append(rows: readonly TrailRow[]): void {
    const last = this.trail.at(-1)?.seq ?? 0;
    this.trail = [...this.trail, ...rows.filter((row) => row.seq > last)];
    this.hasMoreTrail = rows.length === trailAtOnce;
  }
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);
}

export interface Sums {
  readonly currency: string;
  readonly all: number;
  readonly delivered: number;
}

/** What the claims come to, in hundredths; null if their amounts aren't told or differ in currency. */
export function sumsOf(claims: readonly Claim[], run: Run): Sums | null {
  const told = claims.filter((claim) => toCents(claim.amount) !== null);
  const currencies = new Set(told.map((claim) => claim.currency ?? 'NOK'));
  const [currency] = currencies;
  if (currency === undefined || currencies.size > 1) return null;
  const sum = (some: readonly Claim[]): number =>
    some.reduce((cents, claim) => cents + (toCents(claim.amount) ?? 0), 0);
  return {
    currency,
    all: sum(told),
    delivered: sum(told.filter((c) => groupOf(c, run.integration_status) === 'delivered')),
  };
}
