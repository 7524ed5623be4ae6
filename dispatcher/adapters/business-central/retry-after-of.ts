import { parseRetryAfter } from '../../retry-after.ts';
import type { SubAnswer } from './envelope.ts';

/** How long an operation's own answer tells us to wait, in milliseconds; null if it doesn't. */
export function retryAfterOf({ headers = {} }: SubAnswer): number | null {
  const header = (name: string) => {
    const value = Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  };
  return parseRetryAfter(header('retry-after'), header('date'), Date.now());
}
