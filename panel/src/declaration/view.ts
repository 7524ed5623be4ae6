/** What every view of the declaration is given. */
import { html, nothing, type TemplateResult } from 'lit';

import type { Formatter } from '../format.ts';
import { icon } from '../views/icons.ts';
import { rawWords } from '../views/parts.ts';
import type { Language } from '../words/words.ts';
import type { Problem } from './problem.ts';
import type { Words } from './words/words.ts';

export interface View {
  readonly language: Language;
  readonly words: Words;
  readonly format: Formatter;
  /** How a language is called, by its code. */
  readonly languageName: (code: string) => string;
}

/** `2026-03-02` as people write it. */
export function dayWords(view: View, date: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return view.format.day({ year, month, day });
}

export function fact(name: string, value: unknown): TemplateResult {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** What happened, what it means, what to do; the technical words are folded away. */
export function problemBox(
  { words }: View,
  problem: Problem,
  again?: { readonly name: string; readonly act: () => void; readonly isBusy: boolean },
): TemplateResult {
  const { name, meaning, todo } = words.problems[problem.kind];
  return html`<div class="notice bad" role="alert">
    ${icon(problem.kind === 'offline' ? 'offline' : 'warning')}
    <div>
      <p class="title">${name}</p>
      <p>${meaning} ${todo}</p>
      ${rawWords(words.whatHappened, problem.raw)}
      ${
        again === undefined
          ? nothing
          : html`<button
              type="button"
              class="button"
              aria-disabled=${again.isBusy}
              @click=${again.act}
            >
              ${icon('again')}${again.name}
            </button>`
      }
    </div>
  </div>`;
}
