/** Tells where an answer has another shape than the one we understand. Pure. */
import type { z } from 'zod';

/**
 * The first path that didn't fit, what was expected there, and how many more there are. Values are
 * never quoted: paths hold the names of fields and places in lists, messages the names of types.
 *
 * @param root the path of what was parsed, such as `data.glImportItems`
 */
export function misfitOf(error: z.ZodError, ...root: readonly string[]): string {
  const [issue] = error.issues;
  const path = [...root, ...(issue?.path ?? [])].map(String).join('.') || 'the body';
  const more = error.issues.length > 1 ? ` (and ${error.issues.length - 1} more)` : '';
  const message = issue?.code === 'invalid_union' ? 'Invalid input: another type' : issue?.message;
  return `${path}: ${message}${more}`;
}
