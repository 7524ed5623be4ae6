/** Every word of the component itself. The declaration's text is the organisation's, and not here. */
import type { Language } from '../../words/words.ts';
import { en } from './en.ts';
import { nb } from './nb.ts';

/** English is the shape that the others have. */
export type Words = typeof en;

const dictionaries: Readonly<Record<Language, Words>> = { nb, en };

export function wordsOf(language: Language): Words {
  return dictionaries[language];
}
