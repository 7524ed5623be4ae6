import type { Problem } from './classify.ts';

/** What kept us from an answer, and where to look: for a person who sets up an integration. */
export function describeProblem({ kind, status, message }: Problem): string {
  switch (kind) {
    case 'unreachable':
      return `the address can't be reached: ${message}`;
    case 'lease_lost':
    case 'no_answer':
      return `no answer came: ${message}`;
    case 'unreadable':
      return message;
    case 'sign_in_refused':
      return `the sign-in was refused: ${message}. Look at client id, secret and token_url`;
    case 'journal_gone':
    case 'token_died':
    case 'status':
      return `${message}${hint(status)}`;
  }
}

function hint(status: number | null): string {
  if (status === 401)
    return '. The token is not taken: is the application known in Business Central?';
  if (status === 403) return '. The application lacks a permission set in Business Central';
  if (status === 404) return '. Look at the endpoint: tenant and environment';
  return '';
}
