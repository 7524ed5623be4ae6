/** What needs a person, with what to do about it in words. */
import { html, nothing, type TemplateResult } from 'lit';

import type { Attention } from '../rows.ts';
import type { View } from '../view.ts';
import { icon } from './icons.ts';
import { isolated, rawWords, relativeTime, type Part } from './parts.ts';

export interface AttentionOptions {
  /** How a claim is called; its id if that isn't known. */
  readonly referenceOf: (claimId: string) => string;
  /** Left out where the run is on the screen already. */
  readonly open?: (runId: string) => void;
  readonly hasMore?: boolean;
  /** Lets sending go on; left out for those who may not. */
  readonly resume?: (system: string) => void;
}

export function attentionSection(
  view: View,
  rows: readonly Attention[],
  options: AttentionOptions,
): Part {
  if (rows.length === 0) return nothing;
  const { words } = view;
  return html`<section class="attention" aria-labelledby="attention-heading">
    <h3 id="attention-heading">
      ${words.attentionHeading}
      <span class="count">${rows.length}${options.hasMore === true ? '+' : ''}</span>
    </h3>
    <ul>
      ${rows.map((row) => attentionItem(view, row, options))}
    </ul>
    ${options.hasMore === true ? html`<p class="quiet">${words.attentionMore}</p>` : nothing}
  </section>`;
}

function attentionItem(view: View, row: Attention, options: AttentionOptions): TemplateResult {
  const { words } = view;
  const paused = row.kind === 'paused' ? pausedSystem(row) : null;
  const isFrozen = row.kind === 'paused' && paused === null;
  const { name, meaning } = words.attention[isFrozen ? 'frozen' : row.kind];
  const { run_id: runId, claim_id: claimId, since } = row;
  const { open, resume } = options;
  return html`<li class="notice ${isCalm(row) ? 'calm' : 'warn'}">
    ${icon(isCalm(row) ? 'clock' : 'person')}
    <div>
      <p class="title">
        ${name}${paused === null ? nothing : html` · ${words.systems[paused] ?? paused}`}${
          claimId === null
            ? nothing
            : html` · ${isolated(words.aboutClaim(options.referenceOf(claimId)))}`
        }
        ${
          since === null
            ? nothing
            : html`<small
                >${view.words.since(view.format.dateTime(since))} ·
                ${relativeTime(view, since)}</small
              >`
        }
      </p>
      <p>${meaning}</p>
      <div class="row">
        ${
          runId !== null && open !== undefined
            ? html`<button
                type="button"
                class="button small"
                data-run-attention=${runId}
                @click=${() => open(runId)}
              >
                ${words.openRun}<span class="unseen">: ${name}</span>
              </button>`
            : nothing
        }
        ${
          paused !== null && resume !== undefined
            ? html`<button type="button" class="button small" @click=${() => resume(paused)}>
                ${words.acts.resume}<span class="unseen">: ${words.systems[paused] ?? paused}</span>
              </button>`
            : nothing
        }
        ${row.reason === null ? nothing : rawWords(words.run.rawWords, row.reason)}
      </div>
    </div>
  </li>`;
}

/** The system that refused us, which `reason` begins with; null: it waits for a restored ledger. */
export function pausedSystem(row: Pick<Attention, 'reason'>): string | null {
  return /^([a-z][a-z_0-9]*) refused us\b/.exec(row.reason ?? '')?.[1] ?? null;
}

/** Kinds about which nobody has to do anything yet. */
function isCalm(row: Attention): boolean {
  if (row.kind === 'paused') return pausedSystem(row) === null;
  return row.kind === 'in_doubt_long' || row.kind === 'unreachable' || row.kind === 'queued_long';
}
