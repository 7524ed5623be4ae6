/** Seeded chance: the same seed gives the same choices everywhere. */

/** A whole number from 0 to below `limit`. */
export type Random = (limit: number) => number;

/** Mulberry32: small, and the same everywhere. */
export function randomOf(seed: number): Random {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** The seed of stream `no`: so that what one actor draws doesn't change what another one does. */
export function seedOf(seed: number, no: number): number {
  return seed ^ Math.imul(no + 1, 0x9e3779b1);
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + random(most - least + 1);
}

/** One of the items; the list must not be empty. */
export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[random(items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}

/** Deals all of the cards in chance order, then all of them again: none stays away for long. */
export function deckOf<T>(random: Random, cards: readonly T[]): () => T {
  let left: T[] = [];
  return () => {
    if (left.length === 0) left = [...cards];
    const [card] = left.splice(random(left.length), 1);
    if (card === undefined) throw new Error('the deck has no cards');
    return card;
  };
}
