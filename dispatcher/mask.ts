/**
 * The first of two nets (the second is accounting.sanitise_error, in a trigger): what this process
 * knows to be secret or personal is taken out of a remote's words, in every form that a remote is
 * likely to give it back in.
 */
import type { FrozenInput } from './adapters/adapter.ts';
import type { Credential } from './credentials.ts';

const shortestSecret = 4;
const shortestWord = 4;

/**
 * @returns a function that replaces the credential's secrets by `[masked]` and the names and texts
 *   of the payload by `[name]` and `[text]`.
 */
export function createMask(
  credential: Credential | null,
  input: FrozenInput | null,
): (text: string) => string {
  const replacements = new Map<string, string>();
  for (const claim of input?.claims ?? []) {
    for (const line of claim.lines) {
      if (line.text !== null && line.text.length >= shortestWord) {
        addForms(replacements, line.text, '[text]');
      }
    }
    addForms(replacements, claim.claimant_name, '[name]');
    for (const word of claim.claimant_name.split(/[\s,]+/)) {
      if (word.length >= shortestWord) addForms(replacements, word, '[name]');
    }
  }
  for (const secret of credential === null ? [] : (Object.values(credential) as string[])) {
    if (secret.length >= shortestSecret) addForms(replacements, secret, '[masked]');
  }
  // The longest first: a whole name before its words, an encoded secret before a part of it.
  const sorted = [...replacements].sort(([a], [b]) => b.length - a.length);
  return (text) => {
    let masked = text;
    for (const [value, replacement] of sorted) masked = masked.replaceAll(value, replacement);
    return masked;
  };
}

function addForms(replacements: Map<string, string>, value: string, replacement: string): void {
  const bytes = Buffer.from(value, 'utf8');
  const forms = [
    value,
    value.toUpperCase(),
    value.toLowerCase(),
    encodeURIComponent(value),
    encodeURIComponent(value).replaceAll('%20', '+'),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
  for (const form of forms) replacements.set(form, replacement);
}
