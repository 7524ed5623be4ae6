/** Failures as a person meets them. The words are in the dictionaries. */
import { ApiError } from './http.ts';

export type ProblemKind =
  | 'offline'
  | 'unreachable'
  | 'slow'
  | 'unanswered'
  | 'notSent'
  | 'throttled'
  | 'session'
  | 'forbidden'
  | 'noOrganisation'
  | 'notFound'
  | 'notInState'
  | 'tooEarly'
  | 'notDelivered'
  | 'words'
  | 'selection'
  | 'integration'
  | 'tooMany'
  | 'badClaims'
  | 'noFile'
  | 'busy'
  | 'server'
  | 'other';

export interface Problem {
  readonly kind: ProblemKind;
  /** What was said, for whoever has to mend it. */
  readonly raw: string;
  /** How long the server asked to be left alone; null: it didn't. */
  readonly retryAfterMs: number | null;
}

const kindsByCode: Readonly<Record<string, ProblemKind>> = {
  AX001: 'badClaims',
  AX002: 'badClaims',
  AX003: 'badClaims',
  AX004: 'tooMany',
  AX005: 'forbidden',
  AX007: 'integration',
  AX008: 'integration',
  AX009: 'forbidden',
  AX015: 'noOrganisation',
  AX016: 'notFound',
  AX017: 'words',
  AX018: 'notInState',
  AX019: 'notDelivered',
  AX024: 'busy',
  AX025: 'selection',
  AX026: 'tooEarly',
  AX028: 'noFile',
  // No uuid: of a claim that an app handed over.
  '22P02': 'badClaims',
};

export function problemOf(error: unknown): Problem {
  if (!(error instanceof ApiError)) {
    const raw = error instanceof Error ? error.message : String(error);
    return { kind: 'other', raw, retryAfterMs: null };
  }
  return { kind: kindOf(error), raw: rawWords(error), retryAfterMs: error.retryAfterMs };
}

/**
 * The problem of an act. Where no answer of the API's says what became of it, it may have been done:
 * nobody should read that it wasn't, or that it is tried again by itself.
 */
export function actProblemOf(error: unknown): Problem {
  const problem = problemOf(error);
  if (problem.kind === 'offline') return { ...problem, kind: 'notSent' };
  const isUnanswered = ['unreachable', 'slow', 'server'].includes(problem.kind);
  return isUnanswered ? { ...problem, kind: 'unanswered' } : problem;
}

function kindOf(error: ApiError): ProblemKind {
  if (error.kind === 'unreadable') return 'server';
  if (error.kind !== 'refused') return error.kind;
  const byCode = kindsByCode[error.code ?? ''];
  if (byCode !== undefined) return byCode;
  const status = error.status ?? 0;
  if (status === 401) return 'session';
  if (status === 429) return 'throttled';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'notFound';
  if (status === 502 || status === 503 || status === 504) return 'unreachable';
  return status >= 500 ? 'server' : 'other';
}

function rawWords(error: ApiError): string {
  const code = [error.status, error.code].filter((part) => part !== null).join(' ');
  return [code, error.message, error.details, error.hint]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}
