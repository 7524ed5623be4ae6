/**
 * The texts of vouchers: an organisation's templates, filled in and made to fit a field. Pure.
 */
import type { System } from './adapter.ts';
import { UnmappableError } from './unmappable-error.ts';

/**
 * What the template of a claim's line may name. The database refuses any other when a template is
 * written: accounting.mapping_settings_problems has the same lists.
 */
export const LINE_PLACEHOLDERS = [
  'type',
  'date',
  'quantity',
  // The claimant's own words. Only an organisation that names it sends them.
  'text',
  'reference',
  'claimant_name',
  'kind',
  'organisation',
] as const;

/** What the template of the liability line may name. */
export const LIABILITY_PLACEHOLDERS = [
  'reference',
  'claimant_name',
  'kind',
  'organisation',
] as const;

export const DEFAULT_LINE_TEXT = '{type} {date} {reference}';
export const DEFAULT_LIABILITY_TEXT = '{claimant_name} {reference}';

/**
 * The most UTF-16 units of an entry's text. Business Central: `description` (contract 2.3). Xledger's
 * `text` has no known length (contract 3.3), and a file's column none: 255 is an assumption.
 */
export function textLength(system: System): number {
  return system === 'business_central' ? 100 : 255;
}

/**
 * Fills a template in, in one pass: what looks like a placeholder in a value stays as it is.
 *
 * @throws UnmappableError for a placeholder without a value
 */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new UnmappableError(`a text has no placeholder {${name}}`);
    return value;
  });
}

/**
 * Makes a text fit a field: one line, without control characters or halves of surrogate pairs, its
 * letters composed (an å is one character, as people search for it), cut without splitting a pair.
 *
 * @param most UTF-16 units, as .NET and so Business Central counts them
 */
export function fitText(text: string, most: number): string {
  const line = text
    .replaceAll(/\p{Cs}/gu, '\u{fffd}')
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  if (line.length <= most) return line;
  const end = /[\ud800-\udbff]/.test(line.charAt(most - 1)) ? most - 1 : most;
  return line.slice(0, end).trimEnd();
}
