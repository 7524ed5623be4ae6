/** What can go wrong for a driver. The words are in the dictionaries. */
import { ApiError } from '../http.ts';
import { problemOf as sharedProblemOf, type ProblemKind as SharedKind } from '../problem.ts';

const shared = [
  'offline',
  'unreachable',
  'slow',
  'session',
  'forbidden',
  'noOrganisation',
  'busy',
  'server',
  'other',
] as const satisfies readonly SharedKind[];

export type ProblemKind =
  | (typeof shared)[number]
  /** What was shown is not what is there now. */
  | 'stale'
  /** What stands on the screen is not what the API sent. */
  | 'different'
  /** The browser computes hashes on pages by https only. */
  | 'insecure'
  | 'nameUnknown'
  | 'typedName'
  | 'nothingToWithdraw';

export interface Problem {
  readonly kind: ProblemKind;
  /** What was said, for whoever has to mend it. */
  readonly raw: string;
}

const kindsByCode: Readonly<Record<string, ProblemKind>> = {
  AX032: 'stale',
  AX036: 'stale',
  AX037: 'stale',
  AX038: 'typedName',
  AX039: 'nameUnknown',
  AX040: 'nothingToWithdraw',
};

export function problemOf(error: unknown): Problem {
  const { kind, raw } = sharedProblemOf(error);
  const own = error instanceof ApiError ? kindsByCode[error.code ?? ''] : undefined;
  return { kind: own ?? shared.find((known) => known === kind) ?? 'other', raw };
}

/** Whether trying again may help without anybody doing anything. */
export function isPassing({ kind }: Problem): boolean {
  return ['offline', 'unreachable', 'slow', 'server', 'busy'].includes(kind);
}
