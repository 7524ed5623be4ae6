/**
 * What accounting.sanitise_error does, for what doesn't pass through the database: the logs, and
 * what a command prints. The two are held together by the cases in dispatcher/test/support.
 */
import {
  blocksAndAddresses,
  commands,
  headers,
  namedValues,
  personalData,
  secretForms,
  sentences,
  type SecretPattern,
} from './secret-patterns.ts';

/** No more of a text is looked at: patterns cost time, and a remote may answer megabytes. */
const longestRead = 8_000;
const longestText = 500;

const patterns = [
  ...blocksAndAddresses,
  ...headers,
  ...namedValues,
  ...commands,
  ...sentences,
  ...secretForms,
  ...personalData,
].map(([source, flags, replacement]: SecretPattern) => ({
  pattern: new RegExp(source, flags),
  replacement,
}));

/** Masks what looks like a secret or like personal data; lines stay. */
export function maskForms(text: string): string {
  let masked = text;
  for (const { pattern, replacement } of patterns) masked = masked.replace(pattern, replacement);
  return masked;
}

/** Masks, makes one line of it, and cuts to 500 characters. */
export function sanitise(text: string): string {
  const signs = [...text.slice(0, 2 * longestRead + 1)];
  // What the cut left of the last word may be half of a secret that its end would have told.
  const read =
    signs.length > longestRead
      ? signs
          .slice(0, longestRead)
          .join('')
          .replace(/[^ \n\r\t]*$/, '')
      : text;
  // eslint-disable-next-line no-control-regex -- those are what it takes out
  let masked = read.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+/g, ' ');
  // What a mask leaves beside it may look like something else: until nothing changes any more.
  for (let round = 1; round <= 4; round += 1) {
    const before = masked;
    masked = cut(onOneLine(maskForms(before)));
    if (masked === before) break;
  }
  return masked;
}

/** Blanks that somebody wrote on a line stay. */
function onOneLine(text: string): string {
  return text
    .replace(/^[ \t\r\n]*[\t\r\n][ \t\r\n]*|[ \t\r\n]*[\t\r\n][ \t\r\n]*$/g, '')
    .replace(/ *[\t\r\n][ \t\r\n]*/g, ' ');
}

function cut(line: string): string {
  const signs = [...line];
  if (signs.length <= longestText) return line;
  // No half of a mask: it would be masked again.
  return `${signs
    .slice(0, longestText - 1)
    .join('')
    .replace(/\[[a-z-]*$/, '')}…`;
}
