/** What the checks find, and what they look at. */
import type { Books } from '../demo/checks.ts';
import type { Asked } from './apps.ts';
import type { Snapshot } from './snapshot.ts';

/** What was promised and not kept; the same words as in docs/chaos.md. */
export type Promised =
  | 'booked twice'
  | 'lost'
  | 'disagreeing'
  | 'trail'
  | 'reservations'
  | 'attempts'
  | 'stuck'
  | 'chain'
  | 'sums';

/** One promise that was broken. */
export interface Breach {
  readonly promise: Promised;
  readonly runId: string | null;
  /** A sentence. */
  readonly text: string;
}

/** What there is once all is quiet. */
export interface Evidence {
  readonly snapshot: Snapshot;
  /** By reference, all ledgers together. */
  readonly books: Books;
  /** By run: what the apps were told. */
  readonly asked: ReadonlyMap<string, Asked>;
}
