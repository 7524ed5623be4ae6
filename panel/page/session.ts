/**
 * The session: a token that came with a link. It stays in this tab's sessionStorage, for reloading;
 * tabs of the same person hand each other a newer one, so that opening a new link in another tab
 * lets this one go on, with all that was typed into it.
 */
import { readHolder } from './holder.ts';
import { readLink, type ListedClaim } from './link.ts';

export interface Session {
  /** Null: nobody is signed in. */
  readonly token: string | null;
  readonly claims: readonly ListedClaim[];
  /** The claims left to choose from. */
  keepClaims(claims: readonly ListedClaim[]): void;
  /** Forgets the token and the claims. */
  end(): void;
}

const TOKEN = 'accounting-export.token';
const CLAIMS = 'accounting-export.claims';

/** @param onChange called when a link or another tab of the same person has brought something new. */
export function openSession(onChange: () => void): Session {
  const channel = new BroadcastChannel('accounting-export.session');

  const takeLink = (): boolean => {
    const { token, claims } = readLink(location.hash);
    // A token stays neither in the address nor in the history.
    if (location.hash !== '') {
      history.replaceState(history.state, '', location.pathname + location.search);
    }
    if (token !== null) {
      sessionStorage.setItem(TOKEN, token);
      channel.postMessage(token);
    }
    if (claims.length > 0) keepClaims(claims);
    return token !== null || claims.length > 0;
  };
  const keepClaims = (claims: readonly ListedClaim[]): void =>
    sessionStorage.setItem(CLAIMS, JSON.stringify(claims));

  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const own = sessionStorage.getItem(TOKEN);
    if (typeof data !== 'string' || own === null || !isSamePerson(own, data)) return;
    sessionStorage.setItem(TOKEN, data);
    onChange();
  });
  window.addEventListener('hashchange', () => {
    if (takeLink()) onChange();
  });
  takeLink();

  return {
    get token() {
      return sessionStorage.getItem(TOKEN);
    },
    get claims() {
      return JSON.parse(sessionStorage.getItem(CLAIMS) ?? '[]') as ListedClaim[];
    },
    keepClaims,
    end() {
      sessionStorage.removeItem(TOKEN);
      sessionStorage.removeItem(CLAIMS);
    },
  };
}

function isSamePerson(one: string, other: string): boolean {
  const [a, b] = [readHolder(one), readHolder(other)];
  return (
    a !== null &&
    b !== null &&
    a.subject === b.subject &&
    a.organisationId === b.organisationId &&
    a.role === b.role
  );
}
