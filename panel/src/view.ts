/** What every view is given. */
import type { Formatter } from './format.ts';
import type { Language, Words } from './words/words.ts';

export interface View {
  readonly language: Language;
  readonly words: Words;
  readonly format: Formatter;
  /** For relative times; moves on by itself. */
  readonly now: number;
  /** Whether the buttons of a coordinator are shown. The database decides what they may do. */
  readonly canAct: boolean;
  /** Whether it is an organisation's admin, who lets a stopped integration send again. */
  readonly canResume: boolean;
  /** How a person is called who asked or decided. */
  readonly nameOf: (subject: string | null) => string;
}
