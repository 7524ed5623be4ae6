import { css } from 'lit';

/** Colours and type are set by custom properties, which panel/README.md lists. */
export const styles = css`
  :host {
    --ink: var(--export-history-text, light-dark(#1b1f24, #e8eaed));
    --ink-quiet: var(--export-history-text-quiet, light-dark(#57606a, #a4adb8));
    --paper: var(--export-history-background, light-dark(#ffffff, #15181c));
    --paper-raised: var(--export-history-surface, light-dark(#f6f7f9, #1d2126));
    --line: var(--export-history-border, light-dark(#d8dde3, #353b43));
    --edge: light-dark(#868f99, #79828d);
    --accent: var(--export-history-accent, light-dark(#0b5cad, #7db8f5));
    --accent-ink: var(--export-history-accent-text, light-dark(#ffffff, #0b1622));
    --good: var(--export-history-good, light-dark(#17663a, #7fd6a3));
    --good-paper: light-dark(#e4f4ea, #15301f);
    --bad: var(--export-history-bad, light-dark(#a3201b, #ff9f96));
    --bad-paper: light-dark(#fdebe9, #3a1816);
    --warn: var(--export-history-warn, light-dark(#7a4a00, #f2c26b));
    --warn-paper: light-dark(#fff3d6, #34270c);
    --move-paper: light-dark(#e6f0fb, #13283d);
    --radius: var(--export-history-radius, 8px);
    --font: var(
      --export-history-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Helvetica Neue',
      'Noto Sans',
      sans-serif
    );
    color-scheme: light dark;
    display: block;
    container: export-history / inline-size;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    color: var(--ink);
    background: var(--paper);
    font: 400 0.9375rem/1.5 var(--font);
    text-align: start;
  }
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .panel {
    display: grid;
    gap: 1.5rem;
    padding: var(--export-history-padding, clamp(0.875rem, 2.5cqi, 1.5rem));
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .panel > * {
    min-width: 0;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
  }
  h2 {
    font-size: 1.375rem;
    font-weight: 650;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }
  h3 {
    margin-block-end: 0.625rem;
    font-size: 1rem;
    font-weight: 650;
    line-height: 1.4;
  }
  ul,
  ol {
    list-style: none;
  }
  b {
    font-weight: 600;
  }
  small {
    display: block;
    color: var(--ink-quiet);
    font-size: 0.8125rem;
    line-height: 1.45;
  }
  code {
    font:
      0.8125rem/1.5 ui-monospace,
      'SF Mono',
      Consolas,
      'Liberation Mono',
      monospace;
  }
  .quiet {
    color: var(--ink-quiet);
  }
  .lead {
    max-width: 60ch;
  }
  .title {
    font-weight: 600;
  }
  .title small {
    font-weight: 400;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
  }
  .spread,
  .top,
  .run-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.5rem 1rem;
  }
  .run-head {
    justify-content: start;
  }
  .spread {
    margin-block-end: 0.625rem;
  }
  .spread h3 {
    margin: 0;
  }
  .count {
    color: var(--ink-quiet);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .icon {
    flex: none;
    width: 1em;
    height: 1em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
    border-radius: 3px;
  }
  h2:focus-visible,
  h3:focus-visible {
    outline-offset: 4px;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.45em;
    min-height: 2.25rem;
    padding: 0.35rem 0.8rem;
    border: 1px solid var(--edge);
    border-radius: calc(var(--radius) * 0.75);
    color: var(--ink);
    background: var(--paper);
    font: 500 0.9375rem/1.3 var(--font);
    cursor: pointer;
  }
  .button:hover {
    background: var(--paper-raised);
  }
  .button.small {
    min-height: 1.875rem;
    padding: 0.2rem 0.6rem;
    font-size: 0.8125rem;
  }
  .button.plain {
    border-color: transparent;
    color: var(--accent);
    background: none;
  }
  .button.plain:hover {
    text-decoration: underline;
  }
  .button.primary {
    border-color: var(--accent);
    color: var(--accent-ink);
    background: var(--accent);
  }
  .button.primary:hover {
    filter: brightness(1.08);
  }
  .button[aria-pressed='true'] {
    border-color: var(--accent);
    color: var(--accent);
    background: var(--move-paper);
    box-shadow: inset 0 0 0 1px var(--accent);
  }
  .button[aria-disabled='true'] {
    cursor: progress;
    border-style: dashed;
  }
  .top > .plain {
    margin-inline-start: -0.8rem;
  }
  .more {
    margin-block-start: 0.75rem;
  }
  .end {
    margin-block-start: 0.75rem;
    font-size: 0.8125rem;
  }
  .link {
    min-height: 1.5rem;
    padding: 0;
    border: 0;
    color: var(--accent);
    background: none;
    font: inherit;
    font-weight: 500;
    text-align: start;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.2em;
    cursor: pointer;
  }
  .link:hover {
    text-decoration-thickness: 2px;
  }

  input[type='search'],
  input[type='text'],
  textarea {
    min-height: 2.25rem;
    padding: 0.35rem 0.65rem;
    border: 1px solid var(--edge);
    border-radius: calc(var(--radius) * 0.75);
    color: var(--ink);
    background: var(--paper);
    font: inherit;
  }
  textarea {
    display: block;
    width: 100%;
    resize: vertical;
  }
  ::placeholder {
    color: var(--ink-quiet);
    opacity: 1;
  }
  [aria-invalid='true'] {
    border-color: var(--bad);
    box-shadow: inset 0 0 0 1px var(--bad);
  }
  label,
  legend {
    font-weight: 600;
  }
  .search {
    display: grid;
    gap: 0.3rem;
  }
  .search input {
    flex: 1 1 14rem;
    min-width: 0;
    max-width: 26rem;
  }

  .badge {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    max-width: 100%;
    padding: 0.1rem 0.55rem 0.1rem 0.45rem;
    border: 1px solid transparent;
    border-radius: 1rem;
    font-size: 0.8125rem;
    font-weight: 550;
    line-height: 1.5;
  }
  .badge.quiet {
    color: var(--ink-quiet);
    background: var(--paper-raised);
    border-color: var(--line);
  }
  .moving {
    color: var(--accent);
    background: var(--move-paper);
  }
  .good {
    color: var(--good);
    background: var(--good-paper);
  }
  .part {
    color: var(--warn);
    background: var(--warn-paper);
  }
  .doubt,
  .person {
    color: var(--warn);
    background: var(--warn-paper);
  }
  .person {
    border-color: currentColor;
  }
  .bad {
    color: var(--bad);
    background: var(--bad-paper);
  }

  .bar {
    display: block;
    width: 100%;
    height: 6px;
    border-radius: 3px;
    background: var(--line);
  }
  .bar .delivered {
    fill: light-dark(#2a9157, #58c088);
    background: none;
  }
  .bar .failed {
    fill: light-dark(#cf3a32, #f07a70);
  }
  .bar .skipped {
    fill: light-dark(#8b95a1, #77818d);
  }
  .bar .open {
    fill: transparent;
  }
  .progress {
    display: grid;
    gap: 0.4rem;
    max-width: 34rem;
  }

  .banners:empty {
    /* No gap for what isn't there. */
    position: absolute;
  }
  .notice {
    display: flex;
    gap: 0.7rem;
    padding: 0.7rem 0.9rem;
    border: 1px solid var(--line);
    border-inline-start: 4px solid currentColor;
    border-radius: var(--radius);
    background: var(--paper-raised);
  }
  .notice > .icon {
    margin-block-start: 0.2em;
    font-size: 1.1em;
  }
  .notice > div {
    flex: 1;
    min-width: 0;
    color: var(--ink);
  }
  .notice .title small {
    display: inline-block;
    margin-inline-start: 0.6em;
  }
  .notice.warn {
    color: var(--warn);
    background: var(--warn-paper);
  }
  .notice.warn small {
    color: inherit;
  }
  .notice.warn small,
  .notice.warn .quiet {
    color: light-dark(#5d4a24, #d5c39b);
  }
  .notice.bad {
    color: var(--bad);
    background: var(--bad-paper);
  }
  .notice.calm {
    color: var(--ink-quiet);
  }
  .notice.banner {
    color: var(--accent);
    background: var(--move-paper);
  }
  .notice .button {
    margin-block-start: 0.5rem;
  }
  .notice.banner .button {
    align-self: center;
    margin: 0;
  }
  .attention ul {
    display: grid;
    gap: 0.6rem;
  }

  details.raw {
    font-size: 0.8125rem;
  }
  summary {
    width: fit-content;
    min-height: 1.5rem;
    border-radius: 3px;
    color: var(--ink-quiet);
    cursor: pointer;
  }
  .notice.warn summary {
    color: light-dark(#5d4a24, #d5c39b);
  }
  .notice.bad summary {
    color: var(--bad);
  }
  summary:hover {
    text-decoration: underline;
  }
  .words {
    padding: 0.4rem 0.6rem;
    border-radius: calc(var(--radius) / 2);
    background: light-dark(rgb(0 0 0 / 5%), rgb(255 255 255 / 8%));
    font:
      0.8125rem/1.5 ui-monospace,
      'SF Mono',
      Consolas,
      'Liberation Mono',
      monospace;
    white-space: pre-wrap;
  }

  .empty {
    display: grid;
    justify-items: center;
    gap: 0.25rem;
    padding: 2.5rem 1rem;
    border: 1px dashed var(--line);
    border-radius: var(--radius);
    color: var(--ink-quiet);
    text-align: center;
  }
  .empty .icon {
    font-size: 1.5rem;
  }
  .empty .title {
    color: var(--ink);
  }
  .empty p {
    max-width: 46ch;
  }
  .skeleton {
    display: grid;
    gap: 1px;
  }
  .bone {
    height: 3.75rem;
    border-radius: calc(var(--radius) / 2);
    background: linear-gradient(var(--line), var(--line)) 0 50% / 60% 0.75rem no-repeat
      var(--paper-raised);
    background-position: 1rem 50%;
  }
  .bone.head {
    height: 2rem;
    background-color: transparent;
    background-position: 0 20%;
    background-size: 9rem 0.875rem;
  }
  @media (prefers-reduced-motion: no-preference) {
    .bone {
      animation: breathe 1.6s ease-in-out infinite alternate;
    }
    @keyframes breathe {
      from {
        opacity: 1;
      }
      to {
        opacity: 0.5;
      }
    }
    .bar rect {
      transition: width 0.4s;
    }
  }

  .table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }
  .table th {
    padding: 0.35rem 0.75rem 0.35rem 0;
    border-block-end: 1px solid var(--edge);
    color: var(--ink-quiet);
    font-size: 0.8125rem;
    font-weight: 550;
    text-align: start;
    white-space: nowrap;
  }
  .table td {
    padding: 0.6rem 0.75rem 0.6rem 0;
    border-block-end: 1px solid var(--line);
    vertical-align: top;
  }
  .table th:last-child,
  .table td:last-child {
    padding-inline-end: 0;
  }
  .table .number {
    text-align: end;
    white-space: nowrap;
  }
  .runs tr {
    position: relative;
  }
  .runs tbody tr:hover {
    background: var(--paper-raised);
  }
  .runs .opens::after {
    position: absolute;
    inset: 0;
    content: '';
  }
  .runs .asked {
    white-space: nowrap;
  }
  .runs .result {
    width: 34%;
    min-width: 11rem;
  }
  .runs .bar {
    margin-block: 0.25rem 0.2rem;
    max-width: 18rem;
  }
  .reference {
    font-weight: 600;
    white-space: nowrap;
  }
  .claims td {
    padding-block: 0.45rem;
  }
  .voucher + small {
    display: inline;
  }
  .voucher {
    font-variant-numeric: tabular-nums;
  }
  .claims .raw {
    max-width: 30rem;
  }

  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr));
    gap: 0.9rem 1.25rem;
    padding: 0.9rem 1rem;
    border-radius: var(--radius);
    background: var(--paper-raised);
    font-variant-numeric: tabular-nums;
  }
  .facts .wide {
    grid-column: 1 / -1;
  }
  .summary {
    display: grid;
    gap: 0.6rem;
  }
  dt {
    color: var(--ink-quiet);
    font-size: 0.8125rem;
  }
  .meanings dl {
    display: grid;
    gap: 0.6rem;
    margin-block-start: 0.75rem;
  }
  .meanings dl div {
    display: grid;
    grid-template-columns: 13rem 1fr;
    gap: 0.25rem 1rem;
    align-items: start;
  }

  .timeline {
    display: grid;
  }
  .timeline > li {
    position: relative;
    display: flex;
    gap: 0.8rem;
    padding-block-end: 1.1rem;
  }
  .timeline > li:not(:last-child)::before {
    position: absolute;
    inset-block: 1.75rem 0;
    inset-inline-start: 0.8125rem;
    border-inline-start: 2px solid var(--line);
    content: '';
  }
  .timeline > li > div {
    flex: 1;
    min-width: 0;
    max-width: 65ch;
    padding-block-start: 0.15rem;
  }
  .gap {
    padding-inline-start: 2.55rem;
  }
  .mark {
    display: grid;
    flex: none;
    place-items: center;
    width: 1.75rem;
    height: 1.75rem;
    border-radius: 50%;
    font-size: 0.875rem;
  }
  .mark.quiet {
    background: var(--paper-raised);
    border: 1px solid var(--line);
  }
  .timeline .title small {
    display: inline;
    margin-inline-start: 0.5em;
    font-variant-numeric: tabular-nums;
  }
  .status {
    display: inline-block;
    padding-inline: 0.4em;
    border: 1px solid var(--line);
    border-radius: 4px;
    color: var(--ink-quiet);
    font-size: 0.75rem;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  dialog {
    width: min(38rem, calc(100vw - 2rem));
    max-height: calc(100dvh - 2rem);
    padding: 1.4rem;
    border: 1px solid var(--line);
    border-radius: calc(var(--radius) * 1.5);
    color: var(--ink);
    background: var(--paper);
    box-shadow: 0 1rem 3rem rgb(0 0 0 / 30%);
    font: 400 0.9375rem/1.5 var(--font);
    overflow-wrap: anywhere;
  }
  dialog::backdrop {
    background: rgb(10 14 20 / 55%);
  }
  dialog form {
    display: grid;
    gap: 1rem;
  }
  fieldset {
    min-width: 0;
    border: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 0.35rem;
  }
  .choice {
    display: flex;
    gap: 0.6rem;
    align-items: start;
    padding-block: 0.25rem;
    font-weight: 400;
  }
  label.choice {
    cursor: pointer;
  }
  .choice input {
    flex: none;
    width: 1.5rem;
    height: 1.5rem;
    margin: 0;
    accent-color: var(--accent);
  }
  .choices {
    max-height: 16rem;
    margin-block-start: 0.25rem;
    padding: 0.25rem 0.6rem;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
  }
  .choices li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0.25rem 1rem;
    min-height: 2rem;
  }
  .choices .vouchers {
    flex: 0 1 14rem;
    min-width: 8rem;
  }
  .field {
    display: grid;
    gap: 0.3rem;
  }
  .fault {
    display: flex;
    gap: 0.4rem;
    align-items: center;
    color: var(--bad);
    font-weight: 550;
  }
  .held-back {
    display: grid;
    gap: 0.75rem;
  }
  .held-back > li {
    display: flex;
    gap: 0.6rem;
  }
  .held-back > li > .icon {
    margin-block-start: 0.3em;
  }
  .references {
    display: flex;
    flex-wrap: wrap;
    gap: 0.15rem 1rem;
    padding-block-start: 0.25rem;
    font-variant-numeric: tabular-nums;
  }

  @container export-history (max-width: 44rem) {
    .table,
    .table tbody,
    .table tr,
    .table td {
      display: block;
    }
    .table thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .table tbody {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0.75rem;
    }
    .table tr {
      padding: 0.75rem 0.9rem;
      border: 1px solid var(--line);
      border-radius: var(--radius);
    }
    .table td,
    .table .asked,
    .table .reference,
    .table .result {
      width: auto;
      min-width: 0;
      padding: 0.2rem 0;
      border: 0;
      text-align: start;
      white-space: normal;
    }
    .table .number {
      text-align: start;
    }
    .table td[data-label] {
      display: grid;
      grid-template-columns: 6.5rem 1fr;
      gap: 0 0.75rem;
      align-items: baseline;
    }
    .table td[data-label]::before {
      color: var(--ink-quiet);
      font-size: 0.8125rem;
      content: attr(data-label);
    }
    .table td.usual {
      display: none;
    }
    .cell {
      min-width: 0;
    }
    .runs .bar {
      max-width: none;
    }
    .meanings dl div {
      grid-template-columns: 1fr;
    }
    .notice .title small {
      display: block;
      margin: 0;
    }
    .notice.banner {
      flex-wrap: wrap;
    }
  }

  @media (forced-colors: active) {
    .badge,
    .mark,
    .notice,
    .button {
      border: 1px solid;
    }
    .button[aria-pressed='true'] {
      border-width: 3px;
    }
    .bar {
      border: 1px solid CanvasText;
      forced-color-adjust: none;
      background: Canvas;
    }
    .bar .delivered {
      fill: CanvasText;
    }
    .bar .failed {
      fill: Mark;
    }
    .bar .skipped {
      fill: GrayText;
    }
  }
`;
