/** The table of runs: on a narrow screen a card each. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import type { RunList } from '../run-list.ts';
import type { Run } from '../rows.ts';
import type { View } from '../view.ts';
import {
  cell,
  countBar,
  countsOf,
  countWords,
  isolated,
  relativeTime,
  stateBadge,
} from './parts.ts';

export interface RunsOptions {
  readonly label: string;
  readonly open: (runId: string) => void;
}

// The roles say again what the elements are: laid out as cards they would lose it in some browsers.
export function runsTable(view: View, list: RunList, options: RunsOptions): TemplateResult {
  const { words } = view;
  return html`<table role="table" class="table runs" aria-label=${options.label}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">${words.list.asked}</th>
          <th role="columnheader" scope="col">${words.list.state}</th>
          <th role="columnheader" scope="col">${words.list.progress}</th>
          <th role="columnheader" scope="col">${words.list.by}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(
          list.runs,
          (run) => run.run_id,
          (run) => runRow(view, run, options.open),
        )}
      </tbody>
    </table>
    ${
      list.hasMore
        ? html`<button
            type="button"
            class="button more"
            aria-disabled=${list.isLoadingMore}
            @click=${() => void list.more()}
          >
            ${list.isLoadingMore ? words.acts.busy : words.list.showMore}
          </button>`
        : html`<p class="quiet end">${words.list.end}</p>`
    }`;
}

function runRow(view: View, run: Run, open: (runId: string) => void): TemplateResult {
  const { words, format } = view;
  const counts = countsOf(run);
  const isWaiting =
    run.integration_status === 'retry_wait' && Date.parse(run.next_attempt_at ?? '') > view.now;
  return html`<tr role="row">
    <td role="cell" class="asked">
      <button
        type="button"
        class="link opens"
        data-run=${run.run_id}
        @click=${() => open(run.run_id)}
      >
        <span class="unseen">${words.search.run} </span>${format.dateTime(run.requested_at)}
      </button>
      <small
        >${relativeTime(view, run.requested_at)} · ${words.systems[run.system] ?? run.system}</small
      >
    </td>
    ${cell(
      words.list.state,
      html`${stateBadge(view, run.integration_status)}
      ${
        isWaiting && run.next_attempt_at !== null
          ? html`<small>${relativeTime(view, run.next_attempt_at)}</small>`
          : nothing
      }`,
    )}
    ${cell(
      words.list.progress,
      html`${words.counts.summary(counts.delivered, counts.all)} ${countBar(counts)}
        <small>${countWords(view, { ...counts, delivered: 0 })}</small>`,
      'result',
    )}
    ${cell(words.list.by, isolated(view.nameOf(run.requested_by)))}
  </tr>`;
}
