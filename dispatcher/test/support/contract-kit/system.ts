/**
 * What an accounting system brings to the contract test kit (docs/new-accounting-system.md). All of
 * it is about its sandbox; what its adapter has to do is the kit's.
 */
import type { FaultInput, FaultQueue } from '../../../../sandbox/faults.ts';
import type { Adapter, Failure, FrozenClaim, FrozenInput } from '../../../adapters/adapter.ts';
import type { Credential } from '../../../credentials.ts';

/**
 * Parts of the kit that a system may say don't apply to it: `refusals` (the ledger refuses one claim
 * of a batch), `answers` (outcome classes over HTTP), `cuts` (connections), `late` (a request that is applied after we gave it up), `asking` (the
 * ledger can't be asked), `limits`, `guard` (SQL knows the system).
 */
export const TOPICS = ['refusals', 'answers', 'cuts', 'late', 'asking', 'limits', 'guard'] as const;
export type Topic = (typeof TOPICS)[number];

/** An accounting system as the kit sees it. */
export interface SystemUnderTest {
  /** As in titles: `Business Central`. */
  readonly name: string;
  /** What "absent" says of a second send: R1, it collides; R2, it doesn't. */
  readonly promise: 'R1' | 'R2';
  readonly credential: Credential;
  /** Of the right kind, and not taken. */
  readonly wrongCredential: Credential;
  /** The most lines of a claim that go into one atomic request; SQL must know the same number. */
  readonly mostLines: number;
  /**
   * A batch goes into one piece that is never added to (a file): of what was settled before, another
   * piece under the same key is a doubt, not a second booking.
   */
  readonly isWrittenOnce?: boolean;
  createAdapter(): Adapter;
  /** Starts the sandbox. */
  start(): Promise<SystemSandbox>;
  /** Why a part doesn't apply, in a sentence; it is printed with each run. */
  readonly doesNotApply?: Readonly<Partial<Record<Topic, string>>>;
}

/** Where a run is sent, and what it is frozen with. */
export interface Setup {
  readonly endpoint: string;
  readonly input: FrozenInput;
}

/** A running sandbox. */
export interface SystemSandbox {
  /**
   * Freezes claims. Expense types `travel` and `meals` are mapped to accounts that the ledger knows,
   * `travel` with a dimension if it has any; `nowhere` to an account that it doesn't know; others
   * not at all.
   *
   * @param origin `http://host:port` that every address in endpoint and settings begins with
   */
  setup(claims: readonly FrozenClaim[], origin: string): Setup;
  /** How many vouchers of a reference are in the books, waiting and booked: 2 if it is there twice. */
  effects(reference: string): number;
  /** What a person does there. */
  readonly person: PersonActs;
  /** Null for a system that isn't spoken to over HTTP. */
  readonly http: HttpSandbox | null;
  /** Without HTTP: the hashes of what is kept, which results have to name. */
  wireHashes?(): readonly string[];
  /** Empties books, faults and what limits have counted. */
  reset(): void;
  close(): Promise<void>;
}

/** What the kit has a person do with the one voucher of a reference. */
export interface PersonActs {
  /** One line of it gets lost. */
  loseLine(reference: string): Promise<void> | void;
  /** One line of it gets another amount. */
  changeAmount(reference: string): Promise<void> | void;
  /** All of it goes. */
  remove(reference: string): Promise<void> | void;
  /** It is booked for good; left out where what we send is final at once. */
  post?(reference: string): Promise<void> | void;
  /** It is there once more; left out, the kit sends it under another batch key. */
  bookAgain?(reference: string): Promise<void> | void;
}

/** Which requests a fault meets; nothing: all. */
export type Target = Pick<FaultInput, 'method' | 'path' | 'operation'>;

/** An answer of this system's own, beyond the kit's table, to a request that carries lines. */
export interface OwnAnswer {
  /** What it is, ending the sentence "understands …". */
  readonly title: string;
  readonly fault: FaultInput;
  readonly outcome: 'accepted' | 'rejected' | 'not_applied' | 'unknown';
  readonly failure: Failure | null;
  /** Left out: whatever it is. */
  readonly retryAfterMs?: number | null;
}

export interface HttpSandbox {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  readonly faults: FaultQueue;
  /** Requests that book claims. */
  readonly lines: Target;
  /** Requests that ask for claims by their references. */
  readonly questions: Target;
  /** A body by which the system refuses a request, in its own words. */
  readonly refusal: Record<string, unknown>;
  readonly ownAnswers: readonly OwnAnswer[];
}
