/** The organisation's text, what has become of it, and what the driver can do. */
import { html, nothing, type TemplateResult } from 'lit';

import { icon } from '../../views/icons.ts';
import { emptyBox, skeleton, type Part } from '../../views/parts.ts';
import type { Reading } from '../reading.ts';
import { dayWords, fact, problemBox, type View } from '../view.ts';
import { acknowledgeForm, type FormOptions } from './form.ts';
import { receiptSection, type ReceiptOptions } from './receipt.ts';

export interface ReadingOptions extends FormOptions, ReceiptOptions {
  readonly again: () => void;
}

export function readingView(view: View, reading: Reading, options: ReadingOptions): TemplateResult {
  return html`
    <h2 id="heading" tabindex="-1">${view.words.title}</h2>
    ${content(view, reading, options)}
  `;
}

function content(view: View, reading: Reading, options: ReadingOptions): Part {
  const { words } = view;
  const problem = loadProblem(view, reading, options);
  if (reading.loadedAt === null) {
    return problem === nothing ? skeleton(words.loading, 5) : problem;
  }
  if (reading.declaration === null) {
    return html`${problem} ${emptyBox('file', words.none.name, words.none.meaning)}`;
  }
  return html`
    ${problem} ${news(view, reading)} ${receiptSection(view, reading, options)}
    ${textSection(view, reading)} ${act(view, reading, options)}
  `;
}

function loadProblem(view: View, reading: Reading, options: ReadingOptions): Part {
  if (reading.problem === null) return nothing;
  return problemBox(view, reading.problem, {
    name: view.words.tryAgain,
    act: options.again,
    isBusy: reading.isLoading,
  });
}

/** What stands between the text and the button, or the button. */
function act(view: View, reading: Reading, options: ReadingOptions): Part {
  const { words } = view;
  if (reading.doubt !== null) {
    return problemBox(view, reading.doubt, {
      name: words.fetchAgain,
      act: options.again,
      isBusy: reading.isLoading,
    });
  }
  if (reading.receipt !== null && !reading.isRenewing) return nothing;
  return acknowledgeForm(view, reading, options);
}

function news(view: View, reading: Reading): Part {
  const { words, format } = view;
  if (reading.news === null) return nothing;
  const [name, meaning, tone] =
    reading.news.kind === 'changed'
      ? [words.changed.name, words.changed.meaning, 'warn']
      : [words.withdrawn.name, words.withdrawn.meaning(format.dateTime(reading.news.at)), 'calm'];
  return html`<div class="notice ${tone} news">
    ${icon(tone === 'warn' ? 'warning' : 'check')}
    <div>
      <p class="title" id="news" tabindex="-1">${name}</p>
      <p>${meaning}</p>
    </div>
  </div>`;
}

function textSection(view: View, reading: Reading): Part {
  const { words } = view;
  const { declaration } = reading;
  if (declaration === null) return nothing;
  return html`<section
    aria-labelledby="text-heading"
    class="declaration ${reading.receipt === null || reading.isReceiptOfShown ? '' : 'unprinted'}"
  >
    <h3 id="text-heading">${words.text.heading}</h3>
    <dl class="facts">
      ${fact(words.text.version, view.format.number(declaration.version))}
      ${fact(
        words.text.validFrom,
        html`<time datetime=${declaration.valid_from}
          >${dayWords(view, declaration.valid_from)}</time
        >`,
      )}
      ${fact(words.text.language, view.languageName(declaration.language))}
    </dl>
    ${reading.shown}
  </section>`;
}
