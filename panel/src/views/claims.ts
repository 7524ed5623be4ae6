/** The claims of a run: verdict, outcome, voucher, amount, and what is wrong with it. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { claimGroups, countGroups, groupOf, type ClaimGroup } from '../claim-groups.ts';
import { toCents } from '../format.ts';
import type { RunPage } from '../run-page.ts';
import type { Claim, RunState } from '../rows.ts';
import type { View } from '../view.ts';
import type { IconName } from './icons.ts';
import {
  badge,
  cell,
  exactTime,
  isolated,
  noValue,
  rawWords,
  voucher,
  type Part,
  type Tone,
} from './parts.ts';

const looks: Readonly<Record<ClaimGroup, readonly [Tone, IconName]>> = {
  delivered: ['good', 'check'],
  file: ['person', 'file'],
  open: ['quiet', 'clock'],
  refused: ['bad', 'cross'],
  heldBack: ['quiet', 'dash'],
  withdrawn: ['quiet', 'stop'],
};

/** What became of a claim, in a word. */
export function claimResult(view: View, claim: Claim, state: RunState): TemplateResult {
  const { words } = view;
  const group = groupOf(claim, state);
  const [tone, name] = looks[group];
  if (claim.fault !== null) return badge('person', 'warning', words.attention.faulted.name);
  if (group === 'heldBack') return badge(tone, name, words.heldBack);
  if (group === 'file') return badge(tone, name, words.run.inFile);
  const { outcome } = claim;
  if (group === 'refused' && outcome !== 'rejected' && outcome !== 'proved_absent') {
    return badge(tone, name, words.given_up);
  }
  if (outcome === null) {
    return badge(tone, name, group === 'withdrawn' ? words.outcomes.cancelled.name : words.notSent);
  }
  if (outcome === 'unknown') return badge('doubt', 'question', words.outcomes.unknown.name);
  return badge(tone, name, words.outcomes[outcome].name);
}

export function claimsSection(
  view: View,
  page: RunPage,
  state: RunState,
  open: (runId: string) => void,
): TemplateResult {
  const { words } = view;
  const filtered = page.filteredClaims;
  const shown = filtered.slice(0, page.shownClaims);
  const left = filtered.length - shown.length;
  return html`<section aria-labelledby="claims-heading">
    <div class="row spread">
      <h3 id="claims-heading">
        ${words.run.claimsHeading} <span class="count">${page.claims.length}</span>
      </h3>
      ${filters(view, page, state)}
    </div>
    <table role="table" class="table claims" aria-label=${words.run.claimsCaption}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">${words.run.reference}</th>
          <th role="columnheader" scope="col">${words.run.verdict}</th>
          <th role="columnheader" scope="col">${words.run.outcome}</th>
          <th role="columnheader" scope="col">${words.run.voucher}</th>
          <th role="columnheader" scope="col" class="number">${words.run.amount}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(
          shown,
          (claim) => claim.claim_id,
          (claim) => claimRow(view, claim, page, state, open),
        )}
      </tbody>
    </table>
    ${
      left > 0
        ? html`<div class="row">
            <button type="button" class="button more" @click=${() => page.showMoreClaims()}>
              ${words.run.showMoreClaims(Math.min(left, 50))}
            </button>
            <span class="quiet" role="status"
              >${words.run.shown(shown.length, filtered.length)}</span
            >
          </div>`
        : nothing
    }
  </section>`;
}

function filters(view: View, page: RunPage, state: RunState): Part {
  const { words } = view;
  const counts = countGroups(page.claims, state);
  if (counts.size < 2 && page.group === null) return nothing;
  const filter = (group: ClaimGroup | null, text: string): TemplateResult =>
    html`<button
      type="button"
      class="button small chip"
      aria-pressed=${page.group === group}
      @click=${() => page.showGroup(group)}
    >
      ${text}
    </button>`;
  return html`<div class="row" role="group" aria-label=${words.run.filter}>
    ${filter(null, words.run.all)}
    ${claimGroups
      .filter((group) => counts.has(group) || page.group === group)
      .map((group) => filter(group, `${words.groups[group]} ${counts.get(group) ?? 0}`))}
  </div>`;
}

function claimRow(
  view: View,
  claim: Claim,
  page: RunPage,
  state: RunState,
  open: (runId: string) => void,
): TemplateResult {
  const { words, format } = view;
  const cents = toCents(claim.amount);
  return html`<tr role="row">
    <td role="cell" class="reference">${isolated(claim.reference ?? words.run.noReference)}</td>
    ${cell(
      words.run.verdict,
      html`${
        claim.verdict === 'exportable'
          ? html`<span class="quiet">${words.verdicts.exportable.name}</span>`
          : html`<b>${words.verdicts[claim.verdict].name}</b>`
      }
      ${note(view, claim, open)}`,
      claim.verdict === 'exportable' ? 'usual' : '',
    )}
    ${cell(words.run.outcome, html`${claimResult(view, claim, state)} ${outcomeNote(view, claim, page)}`)}
    ${cell(
      words.run.voucher,
      html`${claim.external_id === null ? noValue(view) : voucher(view, claim.external_id)}
      ${
        claim.booked_at === null
          ? nothing
          : html`<small>${words.run.booked(format.dateTime(claim.booked_at))}</small>`
      }`,
      claim.external_id === null ? 'usual' : '',
    )}
    ${cell(
      words.run.amount,
      cents === null ? noValue(view) : format.amount(cents, claim.currency ?? 'NOK'),
      cents === null ? 'number usual' : 'number',
    )}
  </tr>`;
}

/** Why the guard held it back, and the export that stands in the way. */
function note(view: View, claim: Claim, open: (runId: string) => void): Part {
  const { words } = view;
  if (claim.verdict === 'exportable') return nothing;
  const other = otherRunIn(claim.error);
  // The expense type, as the app calls it.
  const type =
    claim.verdict === 'unmapped' ? (/for: (.+)$/.exec(claim.error ?? '')?.[1] ?? null) : null;
  return html`<small
      >${words.verdicts[claim.verdict].meaning}${type === null ? nothing : html` <b>${isolated(type)}</b>`}</small
    >
    ${
      other === null
        ? claim.error === null
          ? nothing
          : rawWords(words.run.rawWords, claim.error)
        : html`<button type="button" class="link" @click=${() => open(other)}>
            ${words.run.otherRun}<span class="unseen">: ${claim.reference ?? ''}</span>
          </button>`
    }`;
}

function outcomeNote(view: View, claim: Claim, page: RunPage): Part {
  const { words } = view;
  if (claim.verdict !== 'exportable') return nothing;
  const said = claim.fault ?? claim.error;
  const isExplained = claim.outcome !== null && !['accepted', 'found'].includes(claim.outcome);
  // Said of the whole run above: here only what differs.
  const isAsRun =
    claim.exported_at === null ||
    view.format.dateTime(claim.exported_at) ===
      view.format.dateTime(page.run?.exported_at ?? claim.exported_at);
  return html`${
    isAsRun || claim.exported_at === null
      ? nothing
      : html`<small>${exactTime(view, claim.exported_at)}</small>`
  }
  ${
    isExplained && claim.outcome !== null
      ? html`<small>${words.outcomes[claim.outcome].meaning}</small>`
      : nothing
  }
  ${said === null ? nothing : rawWords(words.run.rawWords, said)}`;
}

/** The run named in a verdict's detail. */
export function otherRunIn(detail: string | null): string | null {
  const uuid = /\brun ([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\b/.exec(detail ?? '');
  return uuid?.[1] ?? null;
}
