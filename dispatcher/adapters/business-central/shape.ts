/** Which part of an answer has another shape than the one that we read. Pure. */
import type { z } from 'zod';

/**
 * The first part that doesn't fit: `value.3.amount: expected number`. It names the path and what we
 * expected there, never what was there instead, which may be a secret or a person's.
 */
export function misfitOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'another shape';
  const path = issue.path.map(String).join('.');
  return `${path === '' ? '' : `${path}: `}expected ${expectationOf(issue)}`;
}

function expectationOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'whole number' : issue.expected;
    case 'invalid_format':
      return issue.format === 'guid' ? 'guid' : 'another text';
    case 'invalid_union':
      return 'string or number';
    case 'too_small':
    case 'too_big':
      return `another ${issue.origin}`;
    default:
      return 'another value';
  }
}
