/** What has happened to a run, step by step. */
import { html, nothing, type TemplateResult } from 'lit';

import { reasonOf } from '../reasons.ts';
import type { RunPage } from '../run-page.ts';
import type { Run } from '../rows.ts';
import { stepsOf, type Step, type Told } from '../timeline.ts';
import type { View } from '../view.ts';
import { icon, type IconName } from './icons.ts';
import { isolated, rawWords, type Part, type Tone } from './parts.ts';

const looks: Readonly<Record<Told['outcome'], readonly [Tone, IconName]>> = {
  accepted: ['good', 'check'],
  found: ['good', 'check'],
  booked_by_hand: ['good', 'check'],
  import_confirmed: ['good', 'check'],
  rejected: ['bad', 'cross'],
  not_applied: ['quiet', 'again'],
  unknown: ['doubt', 'question'],
  absent: ['quiet', 'dash'],
  unclear: ['doubt', 'question'],
  proved_absent: ['quiet', 'dash'],
  voided: ['quiet', 'stop'],
  cancelled: ['quiet', 'stop'],
};

/** The last ones; the others on demand. */
const shownSteps = 5;

export function timelineSection(view: View, page: RunPage, run: Run): TemplateResult {
  const { words } = view;
  const steps = stepsOf(page.trail);
  // The claims stand below: a run that was asked about for days doesn't push them out of sight.
  const isLong = steps.length > shownSteps + 1 && !page.areAllStepsShown;
  const hidden = isLong ? steps.length - shownSteps : 0;
  return html`<section aria-labelledby="timeline-heading">
    <h3 id="timeline-heading">${words.run.timelineHeading}</h3>
    <ol class="timeline">
      <li>
        <span class="mark quiet">${icon('person')}</span>
        <div>
          <p class="title">
            ${words.run.requested} ${words.run.by('')}${isolated(view.nameOf(run.requested_by))}
            ${stepTime(view, run.requested_at)}
          </p>
          ${steps.length === 0 ? html`<p class="quiet">${words.run.timelineEmpty}</p>` : nothing}
        </div>
      </li>
      ${
        hidden > 0
          ? html`<li class="gap">
              <button type="button" class="button small" @click=${() => page.showAllSteps()}>
                ${words.run.showSteps(hidden)}
              </button>
            </li>`
          : nothing
      }
      ${steps.slice(hidden).map((step) => stepItem(view, step, run))}
    </ol>
    ${
      page.hasMoreTrail
        ? html`<button type="button" class="button more" @click=${() => void page.moreTrail()}>
            ${words.run.showMoreTimeline}
          </button>`
        : nothing
    }
  </section>`;
}

function stepItem(view: View, step: Step, run: Run): TemplateResult {
  const { words } = view;
  const worst = step.told.reduce((a, b) => (weight(b) > weight(a) ? b : a));
  const [tone, name] = looks[worst.outcome];
  const heading =
    step.kind === 'attempt' && step.attemptNo !== null
      ? words.trail.attempt(step.attemptNo)
      : words.trail[step.kind === 'attempt' ? 'reconciliation' : step.kind];
  return html`<li>
    <span class="mark ${tone}">${icon(name)}</span>
    <div>
      <p class="title">
        ${heading}${
          step.actor === null
            ? nothing
            : html` ${words.run.by('')}${isolated(view.nameOf(step.actor))}`
        }
        ${stepTime(view, step.startedAt)}
      </p>
      ${step.told.map((told) => toldItem(view, told, step, run))}
    </div>
  </li>`;
}

function toldItem(view: View, told: Told, step: Step, run: Run): TemplateResult {
  const { words } = view;
  const reason = reasonOf(
    { outcome: told.outcome, http_status: told.httpStatus },
    run.system,
    step.told.map((other) => other.outcome),
  );
  return html`<div class="told">
    <p>${words.reasons[reason](told.claimCount)} ${status(view, told, step, run)}</p>
    ${told.isLate ? html`<p class="quiet">${words.run.late}</p>` : nothing}
    ${told.message === null ? nothing : rawWords(words.run.rawWords, told.message)}
  </div>`;
}

/** The HTTP status; that no answer came is as telling. */
function status(view: View, told: Told, step: Step, run: Run): Part {
  if (step.kind === 'decision') return nothing;
  if (told.httpStatus !== null) {
    return html`<span class="status">${view.words.run.httpStatus(told.httpStatus)}</span>`;
  }
  const wasSent = told.outcome === 'unknown' || told.outcome === 'not_applied';
  return wasSent && run.system !== 'file'
    ? html`<span class="status">${view.words.run.noAnswer}</span>`
    : nothing;
}

function stepTime(view: View, at: string): TemplateResult {
  return html`<small><time datetime=${at}>${view.format.exact(at)}</time></small>`;
}

function weight(told: Told): number {
  const tones: readonly Tone[] = ['good', 'quiet', 'moving', 'doubt', 'bad'];
  return tones.indexOf(looks[told.outcome][0]);
}
