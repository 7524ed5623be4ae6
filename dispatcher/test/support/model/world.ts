/** What the model knows: the two organisations, their runs, who carries them, and the ledgers. */
import type { Ledger, Message } from './ledger.ts';

/** Milliseconds. The quarantine is hardly longer than the longest delay, so that it matters. */
export const timings = {
  lease: 10_000,
  remoteMax: 30_000,
  quarantine: 31_000,
  baseDelay: 1_000,
  maxDelay: 8_000,
} as const;
export const maxAttempts = 3;
export const maxConcurrency = 4;

export interface ClaimFacts {
  readonly no: number;
  verdict: string;
  outcome: string | null;
  failure: string | null;
  /** The attempt that told last of it. */
  toldIn: number;
  isDelivered: boolean;
  isReleased: boolean;
  isDoubted: boolean;
  isProved: boolean;
  absentAt: number | null;
}

export interface RunFacts {
  readonly runId: string;
  readonly organisation: number;
  readonly batchKey: string;
  /** The claims as asked for, to know a double click by. */
  readonly asked: string;
  state: string;
  attemptNo: number;
  charged: number;
  leaseId: string | null;
  leaseEndsAt: number | null;
  nextAt: number | null;
  askAt: number | null;
  quarantineUntil: number | null;
  questions: number;
  questionAt: number | null;
  isReview: boolean;
  isAbandoned: boolean;
  claims: ClaimFacts[];
  /** For one step: more than one next state is right, so the real one is taken over. */
  isLoose: boolean;
  endedAs: string | null;
}

/** A lease in a dispatcher's hands; runId null: claims to ask for. */
export interface Held {
  readonly organisation: number;
  readonly runId: string | null;
  readonly leaseId: string;
  readonly purpose: string;
}

export interface Attempt {
  readonly organisation: number;
  readonly runId: string;
  readonly leaseId: string;
  readonly attemptNo: number;
  readonly messages: Map<number, Message>;
  readonly untold: Set<number>;
  envelopeNo: number;
}

export interface Question {
  readonly organisation: number;
  readonly runId: string | null;
  readonly leaseId: string;
  readonly attemptNo: number | null;
  readonly claims: readonly number[];
  /** By claim the ids that the ledger showed. */
  readonly shown: ReadonlyMap<number, readonly string[]>;
}

export interface World {
  /** Whether ledgers, dispatchers and people tell the truth. */
  readonly isHonest: boolean;
  now: number;
  readonly runs: RunFacts[];
  readonly ledger: Ledger;
  /** By organisation/claim, when it came in. */
  readonly known: Map<string, number>;
  readonly flagged: Set<string>;
  readonly paused: Set<number>;
  readonly frozen: Set<number>;
  /** By organisation/claim the runs that booked it as far as was told; null: without a run. */
  readonly booked: Map<string, Set<string | null>>;
  /** By organisation/claim/run the ids that were told. */
  readonly toldIds: Map<string, Set<string>>;
  readonly removedIds: Set<string>;
  /** By organisation/claim, since when. */
  readonly exported: Map<string, number>;
  /** When the last freeze began. */
  restoredAt: number | null;
  held: Held[];
  attempts: Attempt[];
  questions: Question[];
  reports: string[];
  trail: number;
  /** What happened, to be read by a person. */
  readonly log: string[];
}

export function newWorld(isHonest: boolean): World {
  return {
    isHonest,
    now: 0,
    runs: [],
    ledger: { entries: [], messages: [] },
    known: new Map(),
    flagged: new Set(),
    paused: new Set(),
    frozen: new Set(),
    booked: new Map(),
    toldIds: new Map(),
    removedIds: new Set(),
    exported: new Map(),
    restoredAt: null,
    held: [],
    attempts: [],
    questions: [],
    reports: [],
    trail: 0,
    log: [],
  };
}

export const key = (organisation: number, claim: number): string => `${organisation}/${claim}`;

/** Organisation 1 has Business Central, where a second send collides (R1); 2 has Xledger (R2). */
export const collides = (organisation: number): boolean => organisation === 1;

export const numberOf = (id: string): number => Number(id.slice(-12));

export const organisationId = (no: number): string =>
  `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`;

export const claimId = (no: number): string =>
  `00000000-0000-4000-9000-${String(no).padStart(12, '0')}`;

export function runOf(world: World, runId: string): RunFacts {
  const run = world.runs.find((candidate) => candidate.runId === runId);
  if (run === undefined) throw new Error(`the model knows nothing of run ${runId}`);
  return run;
}

/** One of the list, whatever the number. */
export function pick<T>(list: readonly T[], number: number): T {
  const item = list[number % list.length];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}
