import { html, LitElement } from 'lit';

/** The export history of an organisation. */
export class ExportHistory extends LitElement {
  token = '';

  exportClaims(claimIds: string[]): Promise<void> {
    return Promise.reject(new Error(`${claimIds.length} claims can't be exported yet`));
  }

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
