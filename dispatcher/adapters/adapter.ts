/**
 * The contract between the core and what speaks one accounting system's protocol.
 *
 * An adapter makes HTTP calls and returns what happened; it throws only for bugs. It knows nothing
 * of the database, of retrying or of states: those are decided in SQL (docs/states.md), from what is returned here.
 */
import type { HttpClient } from '../http.ts';
import type { Credential } from '../credentials.ts';

/** The accounting systems that an integration can name; accounting.known_systems has the same. */
export const SYSTEMS = ['business_central', 'xledger', 'file'] as const;
export type System = (typeof SYSTEMS)[number];

/** One line of a claim, as frozen when the run was made. Money is a decimal string: `"123.50"`. */
export interface FrozenLine {
  readonly line_no: number;
  readonly type: string;
  /** YYYY-MM-DD */
  readonly date: string;
  readonly amount: string;
  readonly quantity: string | null;
  readonly text: string | null;
}

/** A claim as frozen when the run was made; `reference` is what the ledger is asked for. */
export interface FrozenClaim {
  readonly claim_id: string;
  readonly reference: string;
  readonly kind: string;
  readonly claimant_id: string;
  readonly claimant_name: string;
  readonly currency: string;
  readonly total: string;
  readonly lines: readonly FrozenLine[];
}

/** Where an expense type is booked; `dimensions` maps the system's dimension code to a value. */
export interface FrozenMapping {
  readonly account: string;
  readonly tax_code: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
  /** What stands for the type in texts; left out, the type itself. */
  readonly label?: string;
  /** By kind of claim: what takes the place of the rest. */
  readonly by_kind?: Readonly<
    Record<string, Partial<Pick<FrozenMapping, 'account' | 'tax_code' | 'dimensions' | 'label'>>>
  >;
}

/**
 * All that a submission is computed from. Claims are sorted by id, never change their order, and
 * hold every reserved claim of the run, also those that are settled by now: line and voucher
 * numbers depend on a claim's place in this list, so a later attempt uses the same numbers.
 */
export interface FrozenInput {
  readonly version: 1;
  readonly system: System;
  readonly mapper_version: string;
  readonly organisation: { readonly id: string; readonly name: string; readonly prefix: string };
  readonly settings: Readonly<Record<string, unknown>>;
  /** The voucher date, YYYY-MM-DD. */
  readonly posting_date: string;
  /** By expense type; holds every type that the claims use. */
  readonly mappings: Readonly<Record<string, FrozenMapping>>;
  readonly claims: readonly FrozenClaim[];
}

/** What an adapter works on: one run, and the claims of it that are still open. */
export interface Batch {
  readonly organisationId: string;
  /** Null for a question about claims that no run holds: `search` is `references` then. */
  readonly runId: string | null;
  readonly attemptNo: number;
  /**
   * Where to look when asking. `run`: where this run was sent, and in the ledger. `references`:
   * everywhere, by the claims' references, since they may have been sent under another batch key
   * than any that we know (a flag, a restored backup); then nothing collides.
   */
  readonly search: 'run' | 'references';
  /**
   * What a question may do of what is left once all lines are in, such as posting them: `now`;
   * `later`, for a lost attempt may still be at it; `person`, for somebody doubts what we know, or
   * nothing more is to be sent there; `no`, for the run has ended, or claims of it are still to be
   * sent. Left out: `no`. An attempt always may.
   */
  readonly finish?: 'now' | 'later' | 'person' | 'no';
  /**
   * 64 hex digits. What the accounting system sees as our key; never the run id. It means nothing
   * where there is no run.
   */
  readonly batchKey: string;
  /** As first sent; asked there too. Empty for a file. */
  readonly endpoint: string;
  /** Without a run it is made for the question, so its posting date is that of the question. */
  readonly input: FrozenInput;
  /** The claims to send or to ask for; others in `input` are settled. */
  readonly openClaimIds: readonly string[];
  /** Ids the trail knows of this run, `journal:<id>` among them: what is gone was there once. */
  readonly knownExternalIds: readonly string[];
  /** Ids that a person removed from the ledger (void): comparisons ignore them. */
  readonly voidedExternalIds: readonly string[];
  /**
   * The claims that they were of. What undoes itself under another claim's reference is for a person.
   */
  readonly voidedClaimIds: readonly string[];
  /** System `file` only: what a look into our own files told. */
  readonly files?: FileLookUp;
}

/** Which open claims are in which file, read when the attempt or the question began. */
export interface FileLookUp {
  readonly nameByClaimId: Readonly<Record<string, string>>;
  /** Another run's file has this batch key. */
  readonly isTaken: boolean;
  /** After a restore: whether a file was made before, only a person can tell. */
  readonly isHistoryLost: boolean;
}

/** A file as it is stored together with the result that names it. */
export interface ProducedFile {
  readonly name: string;
  readonly format: string;
  readonly content: string;
  /** The same vouchers in the other type: JSON beside CSV, CSV beside JSON. */
  readonly otherContent: string;
}

export interface AdapterContext {
  /** Limited to this attempt: deadline, byte cap, and the lease check before lines are written. */
  readonly http: HttpClient;
  readonly credential: Credential;
}

export type AttemptOutcome = 'accepted' | 'rejected' | 'not_applied' | 'unknown';

/**
 * Why nothing was applied, where that decides what comes next:
 * `unreachable` (nothing was written to the socket; uncharged, retried every `max_delay_ms`),
 * `configuration` (401 twice, 403, 404, 405, 3xx, a refused request that carried no claim; uncharged,
 * the integration is paused),
 * `throttled` (wait as told), `undone` (a sibling in the same atomic envelope was refused).
 */
export type Failure = 'unreachable' | 'configuration' | 'throttled' | 'undone';

/** What one envelope told about some of its claims. An envelope may give several of these. */
export interface AttemptResult {
  /** 1, 2, … within the attempt. */
  readonly envelopeNo: number;
  readonly outcome: AttemptOutcome;
  /** The claims that share this outcome; never empty. */
  readonly claimIds: readonly string[];
  /** The HTTP status of the answer that decided; null if there was none. */
  readonly httpStatus: number | null;
  /** What the remote or the network said; null if all went well. Masked again by the caller. */
  readonly errorMessage: string | null;
  /** By claim id: the ids that the system gave. `run` holds those of the batch (`journal:<id>`). */
  readonly externalIds: Readonly<Record<string, readonly string[]>>;
  /** Hex SHA-256 of the body that carried the lines; null if none was written. */
  readonly wireSha256: string | null;
  readonly failure: Failure | null;
  /** How long the remote told us to wait, in milliseconds; null if it didn't. */
  readonly retryAfterMs: number | null;
  /** System `file`, `accepted`: the file, which is stored in the transaction that records this. */
  readonly file?: ProducedFile;
}

export type AnswerOutcome = 'found' | 'absent' | 'unclear';

/** What asking told about some claims. */
export interface AnswerResult {
  readonly outcome: AnswerOutcome;
  readonly claimIds: readonly string[];
  readonly httpStatus: number | null;
  readonly errorMessage: string | null;
  readonly externalIds: Readonly<Record<string, readonly string[]>>;
  /**
   * With `absent`: sending the same run again under the same batch key would collide with what a
   * late first request leaves behind (R1), so it may be sent again at once.
   */
  readonly collides: boolean;
  /** With `unclear`: partly there, different, or twice. Only a person can settle it. */
  readonly needsPerson: boolean;
  readonly retryAfterMs: number | null;
  /** With `unclear`: as in {@link AttemptResult}; a failing sign-in while asking. */
  readonly failure: Failure | null;
}

/** A request as it would be sent; nothing in it is secret, but it holds personal data. */
export interface PreviewedRequest {
  /** What it does, in words. */
  readonly purpose: string;
  readonly method: string;
  readonly url: string;
  /** With a placeholder for what signs in. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The very text that is sent; `{journal-id}` and the like stand for what only the answers before
   * it tell.
   */
  readonly body: string;
  /** Of the body, as `wire_sha256` in the trail; null while it holds a placeholder. */
  readonly sha256: string | null;
  /** As the attempt's results number them; null for a request that carries no claim's lines. */
  readonly envelopeNo: number | null;
  /** The claims that it carries. */
  readonly claimIds: readonly string[];
}

/** What an attempt would send that changes something; what it asks first and after isn't in it. */
export interface Preview {
  readonly requests: readonly PreviewedRequest[];
  /** Open claims that can't be sent, and why. */
  readonly unsendable: readonly { readonly claimIds: readonly string[]; readonly reason: string }[];
}

/** What is held against the accounting system: an integration as it is set up now. */
export interface CheckSubject {
  readonly endpoint: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** By expense type. */
  readonly mappings: Readonly<Record<string, FrozenMapping>>;
}

export interface CheckContext extends AdapterContext {
  /** Told what is being read, for whoever waits. */
  progress(message: string): void;
}

/** What a check found: `good`, `note` (nothing to do, or can't be told), `fault` (to be mended). */
export interface Finding {
  readonly level: 'good' | 'note' | 'fault';
  /** What it is about: `sign-in`, `accounts`, … */
  readonly about: string;
  /** A sentence for people. Masked again by the caller. */
  readonly message: string;
}

/** One answer that was read, for telling how its shape changed. */
export interface SeenAnswer {
  readonly resource: string;
  /** By path: its types; see `check-shape.ts`. Never a value. */
  readonly shape: Readonly<Record<string, readonly string[]>>;
  /** The paths that we depend on, each with the types that we take; null: as it was before. */
  readonly needs: Readonly<Record<string, readonly string[] | null>>;
}

export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly seen: readonly SeenAnswer[];
}

/** Speaks one accounting system's protocol. */
export interface Adapter {
  readonly system: System;
  /**
   * Sends the open claims. `report` is awaited after each envelope with all its results, before the
   * next envelope is sent, so that what is known is recorded at once. Every open claim is in exactly
   * one reported result when the promise resolves (claims of envelopes not sent after a failure are
   * reported as `not_applied` with the same failure, or `undone`).
   */
  submit(
    batch: Batch,
    context: AdapterContext,
    report: (results: readonly AttemptResult[]) => Promise<void>,
  ): Promise<void>;
  /**
   * Looks for the open claims, drafts and posted, by our references, and compares lines, sums and
   * dimensions with what we would send. Every open claim is in exactly one result. One that can't be
   * mapped spoils no other's answer: it is absent if nothing bears its reference, else a person's.
   */
  findExisting(batch: Batch, context: AdapterContext): Promise<readonly AnswerResult[]>;
  /**
   * Asks what became of delivered claims since: booked, or found faulty. As few requests as can be.
   * Only for systems that `accounting.is_followed_up` names.
   */
  followUp?(batch: FollowUp, context: AdapterContext): Promise<FollowUpResult>;
  /**
   * What `submit` would send for the open claims. Pure: it is made by the code that sends.
   */
  preview(batch: Batch): Preview;
  /**
   * Signs in and reads what the settings and mappings name. Changes nothing in the system; throws
   * only for bugs.
   */
  check(subject: CheckSubject, context: CheckContext): Promise<CheckResult>;
}

/** A claim that was delivered, and what the system's rows about it can be told by. */
export interface DeliveredClaim {
  readonly claimId: string;
  readonly reference: string;
  /** The ids that the system gave, as the trail names them. */
  readonly externalIds: readonly string[];
  /** ISO 8601. Nothing of it was sent before. */
  readonly sentAfter: string;
  /** ISO 8601. When it was asked for before, else as `sentAfter`: what was booked since is news. */
  readonly askedAt: string;
}

/** Delivered claims of one or more runs that were sent to one endpoint, for one owner. */
export interface FollowUp {
  readonly organisationId: string;
  readonly endpoint: string;
  /**
   * Made for the question: claims, mappings and settings as they are now, but for `owner_code`, which
   * is as it was sent.
   */
  readonly input: FrozenInput;
  /** Never empty. */
  readonly delivered: readonly DeliveredClaim[];
  /** As in {@link Batch}. */
  readonly voidedExternalIds: readonly string[];
  readonly voidedClaimIds: readonly string[];
}

/** What a follow-up told. */
export interface FollowUpResult {
  /** The claims that it is about: all, or none where it couldn't be told what is booked. */
  readonly claimIds: readonly string[];
  readonly bookedClaimIds: readonly string[];
  /** By claim id: what the system found wrong after delivery. Null: that couldn't be read. */
  readonly faults: Readonly<Record<string, string>> | null;
  /** Why the answer isn't whole; null if it is. */
  readonly problem: string | null;
  /** How long the remote told us to wait, in milliseconds; null if it didn't. */
  readonly retryAfterMs: number | null;
}
