/** The small things that more than one view shows. */
import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

import { readVoucher } from '../claim-groups.ts';
import type { Problem } from '../problem.ts';
import type { Run, RunState } from '../rows.ts';
import type { View } from '../view.ts';
import { icon, type IconName } from './icons.ts';

export type Part = TemplateResult | typeof nothing;
export type Tone = 'quiet' | 'moving' | 'doubt' | 'person' | 'good' | 'part' | 'bad';

const looks: Readonly<Record<RunState, readonly [Tone, IconName]>> = {
  queued: ['quiet', 'clock'],
  sending: ['moving', 'up'],
  retry_wait: ['moving', 'again'],
  in_doubt: ['doubt', 'question'],
  reconciling: ['moving', 'look'],
  needs_review: ['person', 'person'],
  produced: ['person', 'file'],
  exported: ['good', 'check'],
  partially_exported: ['part', 'half'],
  rejected: ['bad', 'cross'],
  failed: ['bad', 'warning'],
  skipped: ['quiet', 'dash'],
  cancelled: ['quiet', 'stop'],
};

export function badge(tone: Tone, name: IconName, text: string): TemplateResult {
  return html`<span class="badge ${tone}">${icon(name)}<span>${text}</span></span>`;
}

export function stateBadge(view: View, state: RunState): TemplateResult {
  const [tone, name] = looks[state];
  return badge(tone, name, view.words.states[state].name);
}

/** A time as people say it, with the exact one to the machine and, on hovering, to the eye. */
export function relativeTime(view: View, at: string): TemplateResult {
  const exact = view.format.dateTime(at);
  return html`<time datetime=${at} title=${exact}>${view.format.relative(at, view.now)}</time>`;
}

export function exactTime(view: View, at: string): TemplateResult {
  return html`<time datetime=${at}>${view.format.dateTime(at)}</time>`;
}

/** What somebody else wrote: its direction is its own. */
export function isolated(text: string): TemplateResult {
  return html`<bdi>${text}</bdi>`;
}

/** Nobody has to read these; whoever mends it does. */
export function rawWords(summary: string, words: string): TemplateResult {
  return html`<details class="raw">
    <summary>${summary}</summary>
    <p dir="auto" class="words" lang="">${words}</p>
  </details>`;
}

export function voucher(view: View, externalId: string): TemplateResult {
  const { kind, number } = readVoucher(externalId);
  const name = kind === null ? undefined : view.words.voucherKinds[kind];
  // Business Central's lines have no number, but an id of 36 characters.
  const shown = /^[0-9a-f-]{36}$/.test(number) ? html`<code>${number}</code>` : number;
  return html`<bdi class="voucher">${shown}</bdi>${
      name === undefined ? nothing : html` <small>${name}</small>`
    }`;
}

export interface Counts {
  readonly delivered: number;
  readonly failed: number;
  readonly skipped: number;
  readonly open: number;
  readonly all: number;
}

export function countsOf(run: Run): Counts {
  const { total_claims: all, success_count, failure_count, skipped_count } = run;
  return {
    delivered: success_count,
    failed: failure_count,
    skipped: skipped_count,
    open: Math.max(0, all - success_count - failure_count - skipped_count),
    all,
  };
}

/** The counts in words; those of none are left out. */
export function countWords(view: View, counts: Counts): string {
  const words = view.words.counts;
  const said = [
    counts.delivered > 0 ? words.delivered(counts.delivered) : null,
    counts.failed > 0 ? words.failed(counts.failed) : null,
    counts.skipped > 0 ? words.skipped(counts.skipped) : null,
    counts.open > 0 ? words.open(counts.open) : null,
  ];
  return said.filter((word) => word !== null).join(', ');
}

/** A bar beside the words, drawn by attributes: a strict CSP takes no style attribute. */
export function countBar(counts: Counts): TemplateResult {
  let x = 0;
  const piece = (name: string, count: number): SVGTemplateResult => {
    const from = x;
    x += count;
    return svg`<rect class=${name} x=${from} width=${count} height="1"></rect>`;
  };
  const all = Math.max(1, counts.all);
  return html`<svg
    class="bar"
    viewBox="0 0 ${all} 1"
    preserveAspectRatio="none"
    aria-hidden="true"
    focusable="false"
  >
    ${piece('delivered', counts.delivered)}${piece('failed', counts.failed)}${piece('skipped', counts.skipped)}${piece('open', counts.open)}
  </svg>`;
}

/** What happened, what it means, what to do; the technical words are folded away. */
export function problemBox(
  view: View,
  problem: Problem,
  options: { readonly again?: () => void; readonly isBusy?: boolean; readonly note?: string } = {},
): TemplateResult {
  const { words } = view;
  const { name, meaning, todo } = words.problems[problem.kind];
  return html`<div class="notice bad" role="alert">
    ${icon(problem.kind === 'offline' ? 'offline' : 'warning')}
    <div>
      <p class="title">${name}</p>
      <p>${meaning} ${todo} ${options.note ?? nothing}</p>
      ${rawWords(words.whatHappened, problem.raw)}
      ${
        options.again === undefined
          ? nothing
          : html`<button
              type="button"
              class="button"
              aria-disabled=${options.isBusy === true}
              @click=${options.again}
            >
              ${icon('again')}${words.tryAgain}
            </button>`
      }
    </div>
  </div>`;
}

export function emptyBox(name: IconName, title: string, text: string): TemplateResult {
  return html`<div class="empty">
    ${icon(name)}
    <p class="title">${title}</p>
    <p>${text}</p>
  </div>`;
}

/** As high as what it stands for, so that nothing jumps. */
export function skeleton(label: string, rows: number): TemplateResult {
  return html`<div class="skeleton" aria-busy="true">
    <p class="unseen" role="status">${label}</p>
    <div class="bone head" aria-hidden="true"></div>
    ${Array.from({ length: rows }, () => html`<div class="bone" aria-hidden="true"></div>`)}
  </div>`;
}

/** Above everything: what holds for the whole panel. Stands in a live region that is always there. */
export function banner(
  name: IconName,
  title: string,
  text: string,
  button?: { readonly name: string; readonly act: () => void },
): TemplateResult {
  return html`<div class="notice banner">
    ${icon(name)}
    <div>
      <p class="title">${title}</p>
      <p>${text}</p>
    </div>
    ${
      button === undefined
        ? nothing
        : html`<button type="button" class="button small" @click=${button.act}>
            ${button.name}
          </button>`
    }
  </div>`;
}

/** That there is none, also to those who can't see the dash. */
export function noValue(view: View): TemplateResult {
  return html`<span class="quiet" aria-hidden="true">–</span
    ><span class="unseen">${view.words.run.noValue}</span>`;
}

/** A cell of a table; on a narrow screen a line of a card, with its label before it. */
export function cell(label: string, content: unknown, className = ''): TemplateResult {
  return html`<td role="cell" class=${className} data-label=${label}>
    <div class="cell">${content}</div>
  </td>`;
}
