/** The drivers whose declaration is missing, each with the honoraria that wait for it. */
import { html, nothing, type TemplateResult } from 'lit';

import { isPast, type LackingDriver, type MissingDeclarations } from '../missing-declarations.ts';
import type { MissingDeclaration } from '../rows.ts';
import type { View } from '../view.ts';
import { icon } from './icons.ts';
import { isolated, type Part } from './parts.ts';

export function missingDeclarationsSection(view: View, missing: MissingDeclarations): Part {
  const { drivers } = missing;
  if (drivers.length === 0) return nothing;
  const words = view.words.missingDeclarations;
  const count = drivers.reduce((sum, { claims }) => sum + claims.length, 0);
  return html`<section class="attention" aria-labelledby="declarations-heading">
    <h3 id="declarations-heading">
      ${words.heading} <span class="count">${count}${missing.hasMore ? '+' : ''}</span>
    </h3>
    <ul>
      ${drivers.map((driver) => driverItem(view, driver))}
    </ul>
    ${missing.hasMore ? html`<p class="quiet">${words.more}</p>` : nothing}
  </section>`;
}

function driverItem(view: View, { driverId, claims }: LackingDriver): TemplateResult {
  const words = view.words.missingDeclarations;
  const arePast = claims.filter(({ missing_on: day }) => isPast(day, view.now)).length;
  return html`<li class="notice warn" data-driver=${driverId}>
    ${icon('person')}
    <div>
      <p class="title">${words.driver} ${isolated(view.nameOf(driverId))}</p>
      ${arePast < claims.length ? html`<p>${words.ask}</p>` : nothing}
      ${arePast > 0 ? html`<p>${words.past}</p>` : nothing}
      <ul>
        ${claims.map((claim) => html`<li>${claimWords(view, claim)}</li>`)}
      </ul>
    </div>
  </li>`;
}

function claimWords(view: View, claim: MissingDeclaration): TemplateResult {
  const words = view.words.missingDeclarations;
  const [year = 0, month = 1, day = 1] = claim.missing_on.split('-').map(Number);
  const { needed_version: version, needed_language: language } = claim;
  return html`<b>${isolated(claim.reference)}</b>:
    ${words.drove(view.format.day({ year, month, day }))},
    ${version === null || language === null ? words.noVersion : words.version(version, language)}`;
}
