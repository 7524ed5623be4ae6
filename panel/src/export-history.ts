import { html, LitElement } from 'lit';

/** The export history of an organisation. */
export class ExportHistory extends LitElement {
  protected override render() {
    return html`<p>…</p>`;
  }
}

customElements.define('export-history', ExportHistory);

declare global {
  interface HTMLElementTagNameMap {
    'export-history': ExportHistory;
  }
}
