/**
 * The first of two nets (the second is accounting.sanitise_error, in a trigger): what this process
 * knows to be secret or personal is taken out of a remote's words, in every form that a remote is
 * likely to give it back in; then what looks like a secret; then they are cut.
 */
import type { FrozenInput } from './adapters/adapter.ts';
import { sentWords } from './adapters/entries.ts';
import type { Credential } from './credentials.ts';
import { maskEncoded } from './mask-encoded.ts';
import { candidates, indexOf, type Value, type ValueIndex } from './mask-patterns.ts';
import { maskForms } from './sanitise.ts';

/** What is shorter would mask half of every sentence. */
const shortestValue = 4;
/** No more of a remote's words is looked at, and none passes unseen; a row holds 500. */
const longestText = 4_000;

/**
 * @param tokens secrets that were obtained on the way, such as access tokens; read anew for each
 *   text, for they may become more.
 * @returns a function that replaces the secrets by `[masked]` and the names and texts of the payload
 *   by `[name]` and `[text]`, then what looks like a secret, and cuts to 4,000 characters. It prepares the values at its first
 *   text: keep it for all texts of an attempt.
 */
export function createMask(
  credential: Credential | null,
  input: FrozenInput | null,
  tokens: Iterable<string> = [],
): (text: string) => string {
  let known: ValueIndex | null = null;
  return (text) => {
    known ??= indexOf(valuesOf(credential, input));
    let masked = text.slice(0, longestText).normalize('NFC');
    const secrets = [...keptSecretsOf(credential), ...tokens];
    const obtained = indexOf(maskable([...tokens].map((token) => [token, '[masked]'])));
    const found = [...candidates(obtained, masked), ...candidates(known, masked)];
    // The longest first: a whole name before its words.
    found.sort((a, b) => b.value.text.length - a.value.text.length);
    for (const { value, patterns } of found) {
      for (const { source, flags } of patterns) {
        masked = masked.replace(new RegExp(source, flags), value.replacement);
      }
    }
    masked = maskEncoded(masked, secrets.map(normal).filter(isLongEnough));
    return maskForms(masked).slice(0, longestText);
  };
}

function valuesOf(credential: Credential | null, input: FrozenInput | null): Value[] {
  const replacements = new Map<string, string>();
  // Cut, their words are no longer the claimant's whole text, nor would be known by it.
  for (const text of input === null ? [] : sentWords(input)) replacements.set(text, '[text]');
  for (const claim of input?.claims ?? []) {
    for (const { text } of claim.lines) if (text !== null) replacements.set(text, '[text]');
    for (const word of claim.claimant_name.split(/[\s,]+/)) replacements.set(word, '[name]');
    replacements.set(claim.claimant_name, '[name]');
  }
  for (const secret of secretsOf(credential)) replacements.set(secret, '[masked]');
  return maskable(replacements);
}

function maskable(replacements: Iterable<readonly [string, string]>): Value[] {
  return [...replacements]
    .map(([value, replacement]) => ({ text: normal(value), replacement }))
    .filter(({ text }) => isLongEnough(text));
}

function normal(value: string): string {
  return value.normalize('NFC').trim();
}

function isLongEnough(value: string): boolean {
  return value.length >= shortestValue;
}

function secretsOf(credential: Credential | null): string[] {
  return credential === null ? [] : (Object.values(credential) as string[]);
}

/** A client's id is no secret: a message may hold parts of it. */
function keptSecretsOf(credential: Credential | null): string[] {
  if (credential === null) return [];
  return 'token' in credential ? [credential.token] : [credential.client_secret];
}
