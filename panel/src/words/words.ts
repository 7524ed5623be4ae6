/** Every text that the panel shows stands in one dictionary per language: a missing one doesn't compile. */
import { en } from './en.ts';
import { nb } from './nb.ts';

export type Language = 'nb' | 'en';

/** English is the shape that the others have. */
export type Words = typeof en;

/** A name of a thing, and what it means, in a sentence. */
export interface Explained {
  readonly name: string;
  readonly meaning: string;
}

const dictionaries: Readonly<Record<Language, Words>> = { nb, en };

export function wordsOf(language: Language): Words {
  return dictionaries[language];
}

/** The language to speak: what was asked for, else the document's, else the browser's. */
export function languageOf(
  asked: string | null,
  document: string,
  browser: readonly string[],
): Language {
  for (const tag of [asked ?? '', document, ...browser]) {
    const primary = tag.toLowerCase().split('-')[0] ?? '';
    // Whoever reads Nynorsk, Danish or Swedish is better served by Bokmål than by English.
    if (['nb', 'nn', 'no', 'da', 'sv'].includes(primary)) return 'nb';
    if (primary === 'en') return 'en';
  }
  return 'nb';
}
