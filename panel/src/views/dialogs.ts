/** What stands in the dialog: a person's act, or sending claims to accounting. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { mostWords, type Acting, type Booked } from '../acting.ts';
import type { HeldBack, Sending } from '../sending.ts';
import type { View } from '../view.ts';
import { icon } from './icons.ts';
import { isolated, problemBox, skeleton, type Part } from './parts.ts';

export interface DialogOptions {
  readonly close: () => void;
  /** Something is on its way: closing would leave it unknown what became of it. */
  readonly isInFlight: boolean;
  readonly submit: () => void;
  /** Said inside too: what lies behind a modal dialog can't be read. */
  readonly session: Part;
}

export function actDialog(view: View, acting: Acting, options: DialogOptions): TemplateResult {
  const { words } = view;
  const own = {
    resolve: words.resolveDialog,
    cancel: words.cancelDialog,
    confirm: words.confirmDialog,
    void: words.voidDialog,
    flag: words.flagDialog,
    resume: words.resumeDialog,
  }[acting.act];
  const submit = (event: Event): void => {
    event.preventDefault();
    options.submit();
  };
  return html`<form @submit=${submit} novalidate>
    <h2 id="dialog-heading" tabindex="-1" autofocus>
      ${own.heading}${acting.act === 'resume' ? html` · ${words.systems[acting.system] ?? acting.system}` : nothing}
    </h2>
    <p>${own.intro}</p>
    <div class="banners" role="status">${options.session}</div>
    ${acting.act === 'resolve' ? resolution(view, acting) : nothing}
    ${acting.needsClaims || acting.takesVouchers ? claimChoice(view, acting) : nothing}
    ${acting.needsWords ? evidence(view, acting) : nothing}
    ${acting.problem === null ? nothing : problemBox(view, acting.problem)}
    <div class="row buttons">
      <button type="submit" class="button primary" aria-disabled=${acting.isBusy}>
        ${acting.isBusy ? words.acts.busy : own.submit}
      </button>
      <button
        type="button"
        class="button"
        aria-disabled=${options.isInFlight}
        @click=${options.close}
      >
        ${words.acts.abort}
      </button>
    </div>
  </form>`;
}

function resolution(view: View, acting: Acting): TemplateResult {
  const words = view.words.resolveDialog;
  const option = (value: Booked, name: string, hint: string | null): TemplateResult =>
    html`<label class="choice">
      <input
        type="radio"
        name="booked"
        value=${value}
        .checked=${acting.booked === value}
        @change=${() => acting.edit((it) => (it.booked = value))}
      />
      <span>${name}${hint === null ? nothing : html`<small>${hint}</small>`}</span>
    </label>`;
  return html`<fieldset
    aria-describedby=${fault(acting, 'resolution') ? 'resolution-fault' : nothing}
  >
    <legend>${words.question}</legend>
    ${option('all', words.bookedAll, null)}
    ${acting.choices.length > 1 ? option('some', words.bookedSome, words.bookedSomeHint) : nothing}
    ${option('none', words.absent, words.absentHint)}
    ${faultText(acting, 'resolution', words.choose)}
  </fieldset>`;
}

/** Which claims, and for a resolution under which numbers the ledger has them. */
function claimChoice(view: View, acting: Acting): TemplateResult {
  const { words } = view;
  const areAll = acting.choices.every((claim) => acting.chosen.has(claim.claim_id));
  const chooseAll = (): void =>
    acting.edit((it) => {
      for (const claim of it.choices) {
        if (areAll) it.chosen.delete(claim.claim_id);
        else it.chosen.add(claim.claim_id);
      }
    });
  return html`<fieldset aria-describedby=${fault(acting, 'claims') ? 'claims-fault' : nothing}>
    <legend>${words.acts.whichClaims}</legend>
    ${acting.takesVouchers ? html`<small>${words.resolveDialog.voucherHint}</small>` : nothing}
    ${
      acting.needsClaims && acting.choices.length > 1
        ? html`<label class="choice">
            <input type="checkbox" .checked=${areAll} @change=${chooseAll} />
            <span><b>${words.acts.selectAll}</b> (${acting.choices.length})</span>
          </label>`
        : nothing
    }
    <ul class="choices">
      ${repeat(
        acting.choices,
        (claim) => claim.claim_id,
        (claim) => claimItem(view, acting, claim.claim_id, claim.reference),
      )}
    </ul>
    ${faultText(acting, 'claims', words.acts.noneSelected)}
  </fieldset>`;
}

function claimItem(
  view: View,
  acting: Acting,
  claimId: string,
  reference: string | null,
): TemplateResult {
  const { words } = view;
  const name = reference ?? claimId.slice(0, 8);
  const isChosen = !acting.needsClaims || acting.chosen.has(claimId);
  return html`<li>
    ${
      acting.needsClaims
        ? html`<label class="choice">
            <input
              type="checkbox"
              .checked=${acting.chosen.has(claimId)}
              @change=${(event: Event) =>
                acting.choose(claimId, (event.target as HTMLInputElement).checked)}
            />
            <span>${isolated(name)}</span>
          </label>`
        : html`<span class="choice">${isolated(name)}</span>`
    }
    ${
      acting.takesVouchers && isChosen
        ? html`<input
            type="text"
            class="vouchers"
            autocomplete="off"
            aria-label=${words.resolveDialog.voucherOf(name)}
            placeholder=${words.run.voucher}
            .value=${acting.vouchers.get(claimId) ?? ''}
            @input=${(event: Event) =>
              acting.vouchers.set(claimId, (event.target as HTMLInputElement).value)}
          />`
        : nothing
    }
  </li>`;
}

function evidence(view: View, acting: Acting): TemplateResult {
  const { words } = view;
  const asked = evidenceWords(view, acting);
  const left = mostWords - [...acting.words].length;
  const isFaulty = fault(acting, 'words');
  return html`<div class="field">
    <label for="words">${asked.label}</label>
    <small id="words-hint">${asked.hint}</small>
    <textarea
      id="words"
      rows="3"
      required
      dir="auto"
      aria-describedby="words-hint ${isFaulty ? 'words-fault' : ''}"
      aria-invalid=${isFaulty}
      .value=${acting.words}
      @input=${(event: Event) =>
        acting.edit((it) => (it.words = (event.target as HTMLTextAreaElement).value))}
    ></textarea>
    ${left >= 0 && left < 100 ? html`<small>${words.acts.charactersLeft(left)}</small>` : nothing}
    ${faultText(acting, 'words', left < 0 ? words.problems.words.meaning : asked.missing)}
  </div>`;
}

function evidenceWords(
  { words }: View,
  acting: Acting,
): { readonly label: string; readonly hint: string; readonly missing: string } {
  switch (acting.act) {
    case 'flag': {
      const { reason: label, reasonHint: hint, reasonMissing: missing } = words.flagDialog;
      return { label, hint, missing };
    }
    case 'resume': {
      const { evidence: label, evidenceHint: hint, evidenceMissing: missing } = words.resumeDialog;
      return { label, hint, missing };
    }
    default: {
      const { evidence: label, evidenceHint: hint, evidenceMissing: missing } = words.acts;
      return { label, hint, missing };
    }
  }
}

function fault(acting: Acting, name: 'words' | 'resolution' | 'claims'): boolean {
  return acting.faults.has(name);
}

function faultText(acting: Acting, name: 'words' | 'resolution' | 'claims', text: string): Part {
  if (!fault(acting, name)) return nothing;
  return html`<p class="fault" id="${name}-fault">${icon('warning')}${text}</p>`;
}

export function sendDialog(
  view: View,
  sending: Sending,
  options: DialogOptions & { readonly again: () => void },
): TemplateResult {
  const { words } = view;
  const count = sending.exportable.length;
  const isReady = sending.loadedAt !== null && count > 0;
  const submit = (event: Event): void => {
    event.preventDefault();
    options.submit();
  };
  return html`<form @submit=${submit}>
    <h2 id="dialog-heading" tabindex="-1" autofocus>${words.send.heading}</h2>
    <div class="banners" role="status">${options.session}</div>
    ${sendContent(view, sending, options.again)}
    ${sending.sendProblem === null ? nothing : problemBox(view, sending.sendProblem)}
    <div class="row buttons">
      ${
        isReady
          ? html`<button type="submit" class="button primary" aria-disabled=${sending.isSending}>
              ${icon('up')}${sending.isSending ? words.send.sending : words.send.send(count)}
            </button>`
          : nothing
      }
      <button
        type="button"
        class="button"
        aria-disabled=${options.isInFlight}
        @click=${options.close}
      >
        ${isReady ? words.acts.abort : words.acts.close}
      </button>
    </div>
  </form>`;
}

function sendContent(view: View, sending: Sending, again: () => void): TemplateResult {
  const { words } = view;
  if (sending.problem !== null) {
    return problemBox(view, sending.problem, {
      again,
      isBusy: sending.isLoading,
      note: words.send.nothingYet,
    });
  }
  if (sending.loadedAt === null) return skeleton(words.send.checking, 3);
  const count = sending.exportable.length;
  const all = sending.claimIds.length;
  const said =
    count === 0
      ? words.send.none
      : count === all
        ? words.send.ready(all)
        : words.send.readyOf(count, all);
  return html`<p class="lead" role="status">${said}</p>
    ${
      sending.heldBack.length === 0
        ? nothing
        : html`<h3>${words.send.notSent}</h3>
            <ul class="held-back">
              ${sending.heldBack.map((group) => heldBackItem(view, group, all))}
            </ul>`
    }`;
}

function heldBackItem(view: View, group: HeldBack, all: number): TemplateResult {
  const { words } = view;
  const count = group.claims.length;
  const verdict = words.verdicts[group.verdict];
  const said =
    group.verdict !== 'already_exported'
      ? words.send.others(count, all, verdict.name.toLowerCase())
      : group.day === null
        ? words.send.exportedEarlier(count, all)
        : words.send.exportedOn(count, all, view.format.day(group.day));
  return html`<li>
    ${icon('dash')}
    <div>
      <p class="title">${said}</p>
      <p class="quiet">${verdict.meaning}</p>
      <details class="raw">
        <summary>${words.send.showClaims}<span class="unseen">: ${said}</span></summary>
        <ul class="references">
          ${group.claims.map(
            (claim) => html`<li>${isolated(claim.reference ?? claim.claim_id.slice(0, 8))}</li>`,
          )}
        </ul>
      </details>
    </div>
  </li>`;
}
