/** What was acknowledged, until when it counts, and what can be done about it. */
import { html, nothing, type TemplateResult } from 'lit';

import { icon } from '../../views/icons.ts';
import type { Part } from '../../views/parts.ts';
import type { Reading, Receipt } from '../reading.ts';
import { dayWords, fact, problemBox, type View } from '../view.ts';

export interface ReceiptOptions {
  readonly print: () => void;
  readonly renew: () => void;
  readonly withdraw: () => void;
}

/** As much of a hash as tells two texts apart at a glance. */
const shownDigits = 12;

export function receiptSection(view: View, reading: Reading, options: ReceiptOptions): Part {
  const { words } = view;
  const { receipt } = reading;
  if (receipt === null) return nothing;
  return html`<section class="receipt" aria-labelledby="receipt-heading">
    <h3 id="receipt-heading" tabindex="-1">${icon('check')}${words.receipt.heading}</h3>
    ${facts(view, receipt)}
    ${reading.isReceiptOfOther ? html`<p>${words.receipt.other}</p>` : nothing}
    <div class="row buttons">
      <button type="button" class="button" @click=${options.print}>${words.receipt.print}</button>
      ${
        reading.canRenew && !reading.isRenewing && reading.doubt === null
          ? html`<button type="button" class="button" @click=${options.renew}>
              ${words.receipt.renew}
            </button>`
          : nothing
      }
      <button type="button" class="button plain" data-act="withdraw" @click=${options.withdraw}>
        ${words.receipt.withdraw}
      </button>
    </div>
  </section>`;
}

function facts(view: View, receipt: Receipt): TemplateResult {
  const { words, format } = view;
  return html`<dl>
    ${fact(
      words.receipt.at,
      html`<time datetime=${receipt.at}>${format.dateTime(receipt.at)}</time>`,
    )}
    ${fact(words.receipt.version, format.number(receipt.version))}
    ${
      receipt.language === null
        ? nothing
        : fact(words.receipt.language, view.languageName(receipt.language))
    }
    ${fact(
      words.receipt.until,
      receipt.until === null
        ? words.receipt.noEnd
        : html`<time datetime=${receipt.until}>${dayWords(view, receipt.until)}</time>`,
    )}
    ${
      receipt.sha256 === null
        ? nothing
        : fact(
            words.receipt.hash,
            html`<code class="short">${receipt.sha256.slice(0, shownDigits)}…</code
              ><code class="whole">${receipt.sha256}</code>`,
          )
    }
  </dl>`;
}

export interface WithdrawOptions {
  readonly submit: () => void;
  readonly close: () => void;
  /** Said inside too: what lies behind a modal dialog can't be read. */
  readonly session: Part;
}

export function withdrawDialog(
  view: View,
  reading: Reading,
  options: WithdrawOptions,
): TemplateResult {
  const words = view.words.withdrawDialog;
  const submit = (event: Event): void => {
    event.preventDefault();
    options.submit();
  };
  return html`<form @submit=${submit}>
    <h2 id="dialog-heading" tabindex="-1" autofocus>${words.heading}</h2>
    <p>${words.intro}</p>
    <p>${words.kept}</p>
    ${options.session}
    ${reading.actProblem === null ? nothing : problemBox(view, reading.actProblem)}
    <div class="row buttons">
      <button type="submit" class="button primary" aria-disabled=${reading.isActing}>
        ${reading.isActing ? view.words.form.busy : words.submit}
      </button>
      <button type="button" class="button" @click=${options.close}>${words.cancel}</button>
    </div>
  </form>`;
}
