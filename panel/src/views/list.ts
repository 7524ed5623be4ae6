/** The first view: search, what needs a person, the latest runs, and what the states mean. */
import { html, nothing, type TemplateResult } from 'lit';

import { runStates, type FoundExport } from '../rows.ts';
import type { RunList } from '../run-list.ts';
import { mostFound, type Search } from '../search.ts';
import type { View } from '../view.ts';
import { attentionSection } from './attention.ts';
import type { MissingDeclarations } from '../missing-declarations.ts';
import { icon } from './icons.ts';
import { missingDeclarationsSection } from './missing-declarations.ts';
import {
  cell,
  emptyBox,
  isolated,
  noValue,
  problemBox,
  skeleton,
  stateBadge,
  voucher,
  type Part,
} from './parts.ts';
import { runsTable } from './runs.ts';

export interface ListOptions {
  readonly list: RunList;
  readonly missing: MissingDeclarations;
  readonly search: Search | null;
  readonly typed: string;
  readonly open: (runId: string) => void;
  readonly type: (term: string) => void;
  readonly find: () => void;
  readonly clear: () => void;
  readonly refresh: () => void;
  readonly resume: (system: string) => void;
}

export function listView(view: View, options: ListOptions): TemplateResult {
  const { words } = view;
  const { list, search } = options;
  return html`
    <header class="top">
      <h2 id="heading" tabindex="-1">${words.title}</h2>
      <div class="row">
        ${
          list.loadedAt === null
            ? nothing
            : html`<span class="quiet"
                >${words.list.updated(view.format.time(list.loadedAt))}</span
              >`
        }
        <button
          type="button"
          class="button small"
          aria-disabled=${list.isLoading}
          @click=${options.refresh}
        >
          ${icon('again')}${words.list.refresh}
        </button>
      </div>
    </header>
    ${searchForm(view, options)}
    ${search === null ? latest(view, options) : results(view, search, options)} ${stateWords(view)}
  `;
}

function searchForm(view: View, options: ListOptions): TemplateResult {
  const { words } = view;
  const submit = (event: Event): void => {
    event.preventDefault();
    options.find();
  };
  return html`<form role="search" class="search" @submit=${submit}>
    <label for="term">${words.search.label}</label>
    <div class="row">
      <input
        id="term"
        type="search"
        autocomplete="off"
        spellcheck="false"
        maxlength="100"
        aria-describedby="term-hint"
        .value=${options.typed}
        @input=${(event: Event) => options.type((event.target as HTMLInputElement).value)}
      />
      <button type="submit" class="button">${icon('look')}${words.search.submit}</button>
      ${
        options.search === null
          ? nothing
          : html`<button type="button" class="button plain" @click=${options.clear}>
              ${words.search.clear}
            </button>`
      }
    </div>
    <small id="term-hint">${words.search.hint}</small>
  </form>`;
}

function latest(view: View, options: ListOptions): TemplateResult {
  const { words } = view;
  const { list } = options;
  if (list.loadedAt === null && list.problem === null) return skeleton(words.list.loading, 6);
  if (list.loadedAt === null && list.problem !== null) {
    return problemBox(view, list.problem, { again: options.refresh, isBusy: list.isLoading });
  }
  const referenceOf = (id: string): string => list.references.get(id) ?? id.slice(0, 8);
  return html`
    ${attentionSection(view, list.attention, {
      referenceOf,
      open: options.open,
      hasMore: list.hasMoreAttention,
      ...(view.canResume ? { resume: options.resume } : {}),
    })}
    ${missingDeclarationsSection(view, options.missing)}
    <section aria-labelledby="runs-heading">
      <h3 id="runs-heading">${words.list.heading}</h3>
      ${
        list.runs.length === 0
          ? emptyBox('file', words.list.emptyHeading, words.list.emptyText)
          : runsTable(view, list, { label: words.list.heading, open: options.open })
      }
    </section>
  `;
}

function results(view: View, search: Search, options: ListOptions): TemplateResult {
  const { words } = view;
  const heading =
    search.term.kind === 'day'
      ? words.search.exportsOf(view.format.day(search.term.day))
      : words.search.resultsFor(search.typed);
  return html`<section aria-labelledby="results-heading">
    <h3 id="results-heading" tabindex="-1">${heading}</h3>
    ${resultList(view, search, options)}
  </section>`;
}

function resultList(view: View, search: Search, options: ListOptions): Part {
  const { words } = view;
  const { dayList } = search;
  const problem = search.problem ?? dayList?.problem ?? null;
  if (problem !== null) {
    return problemBox(view, problem, { again: options.find, isBusy: search.isLoading });
  }
  if (search.loadedAt === null) return skeleton(words.search.searching, 2);
  const count = dayList === null ? search.hits.length : dayList.runs.length;
  if (count === 0) {
    return emptyBox('look', words.search.none, words.search.noneText);
  }
  if (dayList !== null) {
    return runsTable(view, dayList, { label: words.list.heading, open: options.open });
  }
  return html`
    <p class="quiet">
      ${words.search.found(count)}${count === mostFound ? html`. ${words.search.limited(count)}` : nothing}
    </p>
    <table role="table" class="table hits" aria-label=${words.search.resultsFor(search.typed)}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">${words.run.reference}</th>
          <th role="columnheader" scope="col">${words.run.voucher}</th>
          <th role="columnheader" scope="col">${words.search.run}</th>
          <th role="columnheader" scope="col">${words.list.state}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${search.hits.map((hit) => hitRow(view, hit, options.open))}
      </tbody>
    </table>
  `;
}

function hitRow(view: View, hit: FoundExport, open: (runId: string) => void): TemplateResult {
  const { words } = view;
  const name = hit.reference ?? words.run.noReference;
  return html`<tr role="row">
    <td role="cell" class="reference">${isolated(name)}</td>
    ${cell(
      words.run.voucher,
      hit.external_id === null ? noValue(view) : voucher(view, hit.external_id),
      hit.external_id === null ? 'usual' : '',
    )}
    ${cell(
      words.search.run,
      html`<button
        type="button"
        class="link opens"
        data-run=${hit.run_id}
        @click=${() => open(hit.run_id)}
      >
        ${view.format.dateTime(hit.requested_at)}<span class="unseen"
          >: ${words.search.openRun(name)}</span
        >
      </button>`,
    )}
    ${cell(words.list.state, stateBadge(view, hit.integration_status))}
  </tr>`;
}

function stateWords(view: View): TemplateResult {
  const { words } = view;
  return html`<details class="meanings">
    <summary>${words.statesHeading}</summary>
    <dl>
      ${runStates.map(
        (state) =>
          html`<div>
            <dt>${stateBadge(view, state)}</dt>
            <dd>${words.states[state].meaning}</dd>
          </div>`,
      )}
    </dl>
  </details>`;
}
