/** Two accounting systems to play against: what was sent may arrive at once, late or never. */
export interface Entry {
  readonly id: string;
  readonly organisation: number;
  readonly claim: number;
  readonly batchKey: string;
  readonly arrivedAt: number;
  /** When a person removed it; null: it is there. */
  removedAt: number | null;
}

/** One claim on its way to a ledger. */
export interface Message {
  readonly organisation: number;
  readonly claim: number;
  readonly batchKey: string;
  /** Whether the system refuses what it has under the same batch key (R1). */
  readonly collides: boolean;
  /** When it is written to the socket, in milliseconds of the story. */
  sentAt: number;
  /** At which part of the lease it is sent, if its dispatcher tells nothing before. */
  readonly part: number;
  /** How long it takes from there. */
  readonly delayMs: number;
  state: 'under way' | 'arrived' | 'collided' | 'dropped';
  entryId: string | null;
}

export interface Ledger {
  readonly entries: Entry[];
  readonly messages: Message[];
}

/** Lets everything arrive that is due by `now`, in the order of its arrival. */
export function arrive(ledger: Ledger, now: number): void {
  const due = ledger.messages
    .filter(({ state, sentAt, delayMs }) => state === 'under way' && sentAt + delayMs <= now)
    .sort((a, b) => a.sentAt + a.delayMs - (b.sentAt + b.delayMs));
  for (const message of due) {
    const { organisation, claim, batchKey } = message;
    const isThere = there(ledger, organisation, claim).some((e) => e.batchKey === batchKey);
    if (message.collides && isThere) {
      message.state = 'collided';
      continue;
    }
    const id = `id-${ledger.entries.length + 1}`;
    const arrivedAt = message.sentAt + message.delayMs;
    ledger.entries.push({ id, organisation, claim, batchKey, arrivedAt, removedAt: null });
    message.state = 'arrived';
    message.entryId = id;
  }
}

/** The entries of a claim that nobody has removed. */
export function there(ledger: Ledger, organisation: number, claim: number): Entry[] {
  return ledger.entries.filter(
    (e) => e.organisation === organisation && e.claim === claim && e.removedAt === null,
  );
}

/**
 * What somebody finds who looks at a copy of the ledger as it was at `at`.
 *
 * @param batchKey look under this key only; null: by reference, wherever it may be.
 * @param ignored ids that comparisons leave out.
 */
export function look(
  ledger: Ledger,
  where: { organisation: number; claim: number; batchKey: string | null },
  at: number,
  ignored: readonly string[],
): Entry[] {
  return ledger.entries.filter(
    (e) =>
      e.organisation === where.organisation &&
      e.claim === where.claim &&
      (where.batchKey === null || e.batchKey === where.batchKey) &&
      e.arrivedAt <= at &&
      (e.removedAt === null || e.removedAt > at) &&
      !ignored.includes(e.id),
  );
}
