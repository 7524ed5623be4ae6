import { svg, type SVGTemplateResult } from 'lit';

/** Drawn on 16 by 16, in the colour of the text; words always stand beside them. */
const paths = {
  clock: svg`<circle cx="8" cy="8" r="6.25"/><path d="M8 4.5V8l2.5 1.5"/>`,
  up: svg`<path d="M8 13V3.5M4 7.25 8 3.25l4 4"/>`,
  again: svg`<path d="M13 8a5 5 0 1 1-1.6-3.67M13 2.5V5.25h-2.75"/>`,
  question: svg`<circle cx="8" cy="8" r="6.25"/><path d="M6.2 6.3a1.85 1.85 0 1 1 2.6 1.7c-.5.25-.8.6-.8 1.1M8 11.4v.05"/>`,
  look: svg`<circle cx="7" cy="7" r="4.25"/><path d="m10.25 10.25 3.5 3.5"/>`,
  person: svg`<circle cx="8" cy="5" r="2.75"/><path d="M2.75 13.75a5.25 5.25 0 0 1 10.5 0"/>`,
  file: svg`<path d="M4 1.75h5L12.25 5v9.25H4zM9 1.75V5h3.25"/>`,
  check: svg`<path d="m3 8.5 3.25 3.25L13 4.75"/>`,
  half: svg`<circle cx="8" cy="8" r="6.25"/><path d="M8 1.75v12.5M8 4.5h3.9M8 8h6M8 11.5h3.9"/>`,
  cross: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  dash: svg`<path d="M3.5 8h9"/>`,
  stop: svg`<circle cx="8" cy="8" r="6.25"/><path d="m3.75 12.25 8.5-8.5"/>`,
  warning: svg`<path d="M8 2 14.5 13.5h-13zM8 6.5v3M8 11.5v.05"/>`,
  back: svg`<path d="M13 8H3.5M7 4 3 8l4 4"/>`,
  down: svg`<path d="M8 2.5v8M4.5 7.25 8 10.75l3.5-3.5M3 13.5h10"/>`,
  offline: svg`<path d="m2 2 12 12M4.7 8.7a5 5 0 0 1 2-1.2M2.3 6.1a8 8 0 0 1 2.3-1.5M8 12.2v.05M9.6 7.6a5 5 0 0 1 1.7 1.1M7.6 3.5a8 8 0 0 1 6.1 2.6"/>`,
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName): SVGTemplateResult {
  return svg`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${paths[name]}</svg>`;
}
