/** One run: where it stands, what it needs, its claims and its history. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { actsOn, type Act } from '../acting.ts';
import { isMoving } from '../claim-groups.ts';
import type { Problem } from '../problem.ts';
import { sumsOf, type RunPage } from '../run-page.ts';
import type { Run } from '../rows.ts';
import type { View } from '../view.ts';
import { attentionSection } from './attention.ts';
import { claimsSection } from './claims.ts';
import { icon, type IconName } from './icons.ts';
import {
  countBar,
  countsOf,
  countWords,
  emptyBox,
  exactTime,
  isolated,
  problemBox,
  relativeTime,
  skeleton,
  stateBadge,
  type Part,
} from './parts.ts';
import { timelineSection } from './timeline.ts';

export interface RunOptions {
  readonly page: RunPage;
  readonly back: () => void;
  readonly open: (runId: string) => void;
  readonly act: (act: Act) => void;
  readonly busyAct: Act | null;
  readonly actProblem: Problem | null;
  readonly again: () => void;
}

const actIcons: Readonly<Record<Act, IconName>> = {
  resolve: 'check',
  confirm: 'check',
  download: 'down',
  reconcile: 'look',
  cancel: 'stop',
  void: 'dash',
  flag: 'question',
};

export function runView(view: View, options: RunOptions): TemplateResult {
  const { words, format } = view;
  const { run } = options.page;
  // One heading from the first moment on: it has the focus.
  const heading =
    run === null ? words.search.run : words.run.heading(format.dateTime(run.requested_at));
  return html`
    <nav class="top" aria-label=${words.title}>
      <button type="button" class="button plain" @click=${options.back}>
        ${icon('back')}${words.run.back}
      </button>
    </nav>
    <header class="summary">
      <div class="run-head">
        <h2 id="heading" tabindex="-1">${heading}</h2>
        ${run === null ? nothing : stateBadge(view, run.integration_status)}
      </div>
      ${run === null ? nothing : summary(view, run)}
    </header>
    ${run === null ? noRun(view, options) : content(view, run, options)}
  `;
}

function noRun(view: View, options: RunOptions): TemplateResult {
  const { words } = view;
  const { page } = options;
  if (page.problem !== null) {
    return problemBox(view, page.problem, { again: options.again, isBusy: page.isLoading });
  }
  return page.isMissing
    ? emptyBox('look', words.run.notFound, words.run.notFoundText)
    : skeleton(words.run.loading, 8);
}

function summary(view: View, run: Run): TemplateResult {
  return html`<p class="lead">
      ${view.words.states[run.integration_status].meaning} ${nextTime(view, run)}
    </p>
    ${progress(view, run)}`;
}

function content(view: View, run: Run, options: RunOptions): TemplateResult {
  const { page } = options;
  const byId = new Map(page.claims.map((claim) => [claim.claim_id, claim.reference]));
  return html`
    ${attentionSection(view, page.attention, {
      referenceOf: (id) => byId.get(id) ?? id.slice(0, 8),
    })}
    ${actions(view, run, options)} ${facts(view, page, run)} ${timelineSection(view, page, run)}
    ${claimsSection(view, page, run.integration_status, options.open)}
  `;
}

function nextTime(view: View, run: Run): Part {
  const { next_attempt_at: at, integration_status: state } = run;
  // What is due has only to be picked up: "goes on 10 seconds ago" tells nobody anything.
  if (at === null || !isMoving(state) || state === 'queued' || Date.parse(at) <= view.now) {
    return nothing;
  }
  return html`${view.words.run.next} ${relativeTime(view, at)}.`;
}

function progress(view: View, run: Run): TemplateResult {
  const counts = countsOf(run);
  return html`<div class="progress">
    <p>
      <b>${view.words.counts.summary(counts.delivered, counts.all)}</b>
      <span class="quiet">${countWords(view, { ...counts, delivered: 0 })}</span>
    </p>
    ${countBar(counts)}
  </div>`;
}

function actions(view: View, run: Run, options: RunOptions): Part {
  const { words } = view;
  if (!view.canAct) return html`<p class="quiet">${words.acts.readOnly}</p>`;
  const acts = actsOn(run, options.page.claims);
  const { actProblem, busyAct } = options;
  if (acts.length === 0 && actProblem === null) return nothing;
  const [first] = acts;
  const isUrgent = first === 'resolve' || first === 'confirm';
  return html`<section aria-labelledby="acts-heading" class="acts">
    <h3 id="acts-heading" class="unseen">${words.run.actionsHeading}</h3>
    <div class="row">
      ${repeat(
        acts,
        // Each keeps its own button, and with it the focus.
        (act) => act,
        (act) =>
          html`<button
            type="button"
            class="button ${isUrgent && act === first ? 'primary' : ''}"
            data-act=${act}
            aria-disabled=${busyAct !== null}
            @click=${() => options.act(act)}
          >
            ${icon(actIcons[act])}${busyAct === act ? words.acts.busy : words.acts[act]}
          </button>`,
      )}
    </div>
    ${actProblem === null ? nothing : problemBox(view, actProblem)}
  </section>`;
}

function facts(view: View, page: RunPage, run: Run): TemplateResult {
  const { words, format } = view;
  const sums = sumsOf(page.claims, run);
  const fact = (name: string, value: unknown): TemplateResult =>
    html`<div>
      <dt>${name}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<dl class="facts" aria-label=${words.run.facts}>
    ${fact(words.run.askedBy, isolated(view.nameOf(run.requested_by)))}
    ${fact(words.run.askedAt, exactTime(view, run.requested_at))}
    ${run.exported_at === null ? nothing : fact(words.run.deliveredAt, exactTime(view, run.exported_at))}
    ${fact(words.run.system, words.systems[run.system] ?? run.system)}
    ${fact(words.run.attempts, format.number(run.attempts))}
    ${
      sums === null
        ? nothing
        : fact(
            words.run.sum,
            html`${format.amount(sums.all, sums.currency)}
            ${
              sums.delivered === sums.all
                ? nothing
                : html`<small
                    >${words.run.sumDelivered}
                    ${format.amount(sums.delivered, sums.currency)}</small
                  >`
            }`,
          )
    }
    <div class="wide">
      <dt>${words.run.id}</dt>
      <dd><code>${run.run_id}</code></dd>
    </div>
  </dl>`;
}
