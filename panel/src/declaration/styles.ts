import { css } from 'lit';

/** Beside the styles that both components share. */
export const declarationStyles = css`
  .declaration,
  .acknowledge {
    display: grid;
    gap: 1rem;
    max-width: 70ch;
  }
  .notice {
    max-width: 70ch;
  }
  .declaration h3,
  .acknowledge h3 {
    margin: 0;
  }
  .declaration .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 2.5rem;
  }
  .text {
    padding: 1.25rem clamp(1rem, 4cqi, 2rem);
    border: 1px solid var(--edge);
    border-radius: var(--radius);
    font-size: 1.0625rem;
    line-height: 1.65;
  }
  .text p {
    white-space: pre-wrap;
  }
  .text p + p {
    margin-block-start: 0.9em;
  }
  .acknowledge {
    padding-block-start: 1.25rem;
    border-block-start: 1px solid var(--line);
  }
  .acknowledge .choice {
    width: fit-content;
    padding-block: 0.5rem;
  }
  .acknowledge input[type='text'] {
    width: min(100%, 26rem);
    min-height: 2.75rem;
  }
  .acknowledge .button.primary {
    min-height: 2.75rem;
    padding-inline: 1.5rem;
  }

  .receipt {
    display: grid;
    gap: 0.9rem;
    max-width: 70ch;
    padding: 1rem 1.25rem;
    border: 1px solid var(--good);
    border-inline-start-width: 4px;
    border-radius: var(--radius);
    color: var(--ink);
    background: var(--good-paper);
  }
  .receipt h3 {
    display: flex;
    gap: 0.5rem;
    align-items: center;
    margin: 0;
    color: var(--good);
  }
  .receipt dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 12rem), 1fr));
    gap: 0.75rem 1.25rem;
    font-variant-numeric: tabular-nums;
  }
  .receipt div:has(code) {
    grid-column: 1 / -1;
  }
  .receipt dt {
    color: light-dark(#3c5546, #b5cdbf);
  }
  .receipt .plain {
    color: inherit;
    text-decoration: underline;
  }
  .whole {
    display: none;
  }

  @media print {
    :host {
      color-scheme: light;
    }
    .buttons,
    .acknowledge,
    .notice,
    .unprinted,
    .short,
    dialog {
      display: none;
    }
    .whole {
      display: inline;
    }
    .receipt {
      break-inside: avoid;
      background: none;
    }
    .text {
      border-color: var(--line);
    }
  }
`;
