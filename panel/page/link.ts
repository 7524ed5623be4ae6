/** What a link to this page brings along, in its fragment: no browser sends that to a server. */

/** A claim that may be chosen: what the API calls it, and what a person calls it. */
export interface ListedClaim {
  readonly id: string;
  readonly reference: string;
}

export interface Link {
  /** Null: the link signs nobody in. */
  readonly token: string | null;
  readonly claims: readonly ListedClaim[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * Reads `#token=…&claims=<id>~<reference>,<id>~<reference>`. What it doesn't know, and what is no
 * claim's id, is passed over.
 */
export function readLink(fragment: string): Link {
  const words = new URLSearchParams(fragment.replace(/^#/, ''));
  const listed = (words.get('claims') ?? '').split(',').map((entry): ListedClaim => {
    const [id = '', reference = ''] = entry.trim().split('~');
    return { id: id.toLowerCase(), reference: reference === '' ? id : reference };
  });
  return {
    token: words.get('token') || null,
    claims: listed.filter(({ id }) => UUID.test(id)),
  };
}

/** The fragment that {@link readLink} reads. */
export function writeLink(token: string, claims: readonly ListedClaim[]): string {
  const entries = claims.map(({ id, reference }) => `${id}~${reference}`);
  return `#${new URLSearchParams({ token, claims: entries.join(',') }).toString()}`;
}

/** The ids in a text that a person typed, and what in it is none. */
export function readClaimIds(text: string): {
  readonly ids: readonly string[];
  readonly wrong: readonly string[];
} {
  const words = text
    .toLowerCase()
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  return {
    ids: words.filter((word) => UUID.test(word)),
    wrong: words.filter((word) => !UUID.test(word)),
  };
}
