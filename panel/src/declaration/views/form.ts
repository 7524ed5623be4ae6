/** Acknowledging, in the way that the version asks for. */
import { html, nothing, type TemplateResult } from 'lit';

import { icon } from '../../views/icons.ts';
import type { Part } from '../../views/parts.ts';
import type { Fault, Reading } from '../reading.ts';
import { problemBox, type View } from '../view.ts';

export interface FormOptions {
  readonly submit: () => void;
  readonly cancel: () => void;
}

export function acknowledgeForm(
  view: View,
  reading: Reading,
  options: FormOptions,
): TemplateResult {
  const words = view.words.form;
  const submit = (event: Event): void => {
    event.preventDefault();
    options.submit();
  };
  return html`<form class="acknowledge" @submit=${submit} novalidate>
    <h3 id="form-heading" tabindex="-1">${words.heading}</h3>
    ${reading.needsTick ? tickBox(view, reading) : nothing}
    ${reading.needsName ? nameField(view, reading) : nothing}
    ${reading.actProblem === null ? nothing : problemBox(view, reading.actProblem)}
    <div class="row buttons">
      <button type="submit" class="button primary" aria-disabled=${reading.isActing}>
        ${icon('check')}${reading.isActing ? words.busy : words.submit}
      </button>
      ${
        reading.isRenewing
          ? html`<button type="button" class="button" @click=${options.cancel}>
              ${words.cancel}
            </button>`
          : nothing
      }
    </div>
    <small>${words.kept}</small>
  </form>`;
}

function tickBox(view: View, reading: Reading): TemplateResult {
  const words = view.words.form;
  const isFaulty = reading.faults.has('tick');
  return html`<div>
    <label class="choice">
      <input
        id="tick"
        type="checkbox"
        required
        aria-invalid=${isFaulty}
        aria-describedby=${isFaulty ? 'tick-fault' : nothing}
        .checked=${reading.isTicked}
        @change=${(event: Event) =>
          reading.edit((it) => (it.isTicked = (event.target as HTMLInputElement).checked))}
      />
      <span>${words.tick}</span>
    </label>
    ${faultText(reading, 'tick', words.tickMissing)}
  </div>`;
}

function nameField(view: View, reading: Reading): TemplateResult {
  const words = view.words.form;
  const faults = (['name', 'longName'] as const).filter((fault) => reading.faults.has(fault));
  return html`<div class="field">
    <label for="name">${words.name}</label>
    <small id="name-hint">${words.nameHint}</small>
    <input
      id="name"
      type="text"
      required
      dir="auto"
      autocomplete="name"
      aria-invalid=${faults.length > 0}
      aria-describedby=${['name-hint', ...faults.map((fault) => `${fault}-fault`)].join(' ')}
      .value=${reading.typedName}
      @input=${(event: Event) =>
        reading.edit((it) => (it.typedName = (event.target as HTMLInputElement).value))}
    />
    ${faultText(reading, 'name', words.nameMissing)}
    ${faultText(reading, 'longName', words.nameLong)}
  </div>`;
}

function faultText(reading: Reading, fault: Fault, text: string): Part {
  if (!reading.faults.has(fault)) return nothing;
  return html`<p class="fault" id="${fault}-fault">${icon('warning')}${text}</p>`;
}
