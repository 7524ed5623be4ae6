/**
 * `<confidentiality-declaration>`: a driver reads the organisation's text, acknowledges it, and has a
 * receipt. How to embed it: panel/README.md.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';

import type { Channel } from './declaration/api.ts';
import { isPassing } from './declaration/problem.ts';
import { Reading } from './declaration/reading.ts';
import { declarationStyles } from './declaration/styles.ts';
import type { View } from './declaration/view.ts';
import { readingView } from './declaration/views/reading.ts';
import { withdrawDialog } from './declaration/views/receipt.ts';
import { wordsOf } from './declaration/words/words.ts';
import { formatterOf } from './format.ts';
import type { Client } from './http.ts';
import type { Surroundings } from './loading.ts';
import { styles } from './styles.ts';
import { readToken, TokenKeeper, type TokenReason } from './token.ts';
import { banner, type Part } from './views/parts.ts';
import { languageOf, type Language } from './words/words.ts';

/** The host is asked for a token: it answers by setting `token`. */
export type TokenNeededEvent = CustomEvent<{ readonly reason: TokenReason }>;
/** The driver acknowledged the version; `until` is the last day on which it counts, null: none known. */
export type DeclarationAcknowledgedEvent = CustomEvent<{
  readonly templateId: string;
  readonly version: number;
  readonly language: string;
  readonly acknowledgedAt: string;
  readonly acknowledgedUntil: string | null;
}>;
/** The driver took back what was acknowledged. */
export type DeclarationWithdrawnEvent = CustomEvent<null>;

/** A driver's confidentiality declaration. */
export class ConfidentialityDeclaration extends LitElement {
  static override readonly styles = [styles, declarationStyles];

  static override readonly properties = {
    apiUrl: { attribute: 'api-url' },
    apikey: { attribute: 'apikey' },
    language: { attribute: 'language' },
    theme: { attribute: 'theme', reflect: true },
    channel: { attribute: 'channel' },
    token: { attribute: false },
  };

  /** PostgREST's address, without a table. */
  declare apiUrl: string | null;
  /** For a gateway that wants one beside the token (Supabase's public key). */
  declare apikey: string | null;
  /** Of all but the text: `nb` or `en`; else the document's language, else the browser's. */
  declare language: string | null;
  /** `light` or `dark`; else as the system has it. */
  declare theme: string | null;
  /** Where it is shown, which goes on record: `app`, else `web`. */
  declare channel: string | null;
  /** The driver's JWT. Never an attribute: those are seen in the page's source. */
  declare token: string | null;

  readonly #tokens = new TokenKeeper((reason) => this.#emit('token-needed', { reason }));
  readonly #around: Surroundings = {
    client: () => this.#client(),
    changed: () => this.requestUpdate(),
  };
  #reading = new Reading(this.#around);
  #isWithdrawing = false;
  #bearer: string | null = null;
  /** Whether screen readers are told that it is stored. */
  #isStoredSaid = false;
  /** Where the focus goes once the next drawing stands: the first of these selectors that is there. */
  #focusNext: readonly string[] = [];

  constructor() {
    super();
    this.apiUrl = null;
    this.apikey = null;
    this.language = null;
    this.theme = null;
    this.channel = null;
    this.token = null;
  }

  /** Loads the text in force anew. */
  async refresh(): Promise<void> {
    if (this.apiUrl === null) return;
    await this.#reading.load();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.#onNetwork);
    window.addEventListener('offline', this.#onNetwork);
    if (this.hasUpdated) void this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('online', this.#onNetwork);
    window.removeEventListener('offline', this.#onNetwork);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // As in the export history: what comes together is loaded once.
    const isElsewhere = changed.has('apiUrl') && this.hasUpdated;
    const next = changed.has('token') ? this.#takeToken() : 'stay';
    if (isElsewhere || next === 'begin_anew') this.#beginAnew();
    else if (next === 'refresh') void this.refresh();
  }

  protected override firstUpdated(): void {
    void this.refresh();
  }

  protected override updated(): void {
    const dialog = this.#dialogElement;
    if (dialog !== null && dialog.open !== this.#isWithdrawing) {
      if (this.#isWithdrawing) dialog.showModal();
      else dialog.close();
    }
    this.#moveFocus();
  }

  protected override render(): TemplateResult {
    const view = this.#view();
    const session = this.#sessionBanner(view);
    return html`<div class="panel" lang=${view.language}>
      <dialog aria-labelledby="dialog-heading" @close=${() => this.#closed()}>
        ${
          this.#isWithdrawing
            ? withdrawDialog(view, this.#reading, {
                submit: () => void this.#withdraw(),
                close: () => this.#dialogElement?.close(),
                session,
              })
            : nothing
        }
      </dialog>
      <p class="unseen" role="status">${this.#isStoredSaid ? view.words.receipt.done : nothing}</p>
      ${this.#offlineBanner(view)} ${session}
      ${readingView(view, this.#reading, {
        again: () => void this.#fetchAgain(),
        submit: () => void this.#acknowledge(),
        cancel: () => this.#renew(false),
        print: () => window.print(),
        renew: () => this.#renew(true),
        withdraw: () => {
          this.#reading.actProblem = null;
          this.#isWithdrawing = true;
          this.requestUpdate();
        },
      })}
    </div>`;
  }

  #offlineBanner({ words }: View): Part {
    return navigator.onLine
      ? nothing
      : banner('offline', words.offline.name, words.offline.meaning);
  }

  #sessionBanner({ words }: View): Part {
    const reason = this.#tokens.missing;
    // A token that is only on its way yet is no news.
    if (reason === null || (reason === 'missing' && !this.hasUpdated)) return nothing;
    const { name, meaning } = words.session[reason];
    return banner('person', name, meaning);
  }

  #view(): View {
    const language = languageOf(
      this.language,
      this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang,
      navigator.languages,
    );
    return {
      language,
      words: wordsOf(language),
      format: formatterOf(language),
      languageName: (code) => languageName(language, code),
    };
  }

  #client(): Client {
    return {
      baseUrl: this.apiUrl ?? '',
      apiKey: this.apikey,
      tokens: this.#tokens,
      onRefusedToken: () => this.requestUpdate(),
    };
  }

  readonly #onNetwork = (): void => {
    this.requestUpdate();
    const { problem } = this.#reading;
    if (navigator.onLine && problem !== null && isPassing(problem)) void this.refresh();
  };

  // ---- token

  /** What a new token makes necessary. */
  #takeToken(): 'begin_anew' | 'refresh' | 'stay' {
    this.#tokens.set(this.token);
    const bearer = this.token === null ? null : bearerOf(this.token);
    // Somebody else, or nobody: what the one before saw is not theirs.
    const isOther = bearer !== this.#bearer && this.#bearer !== null;
    this.#bearer = bearer;
    if (isOther) return 'begin_anew';
    return this.hasUpdated && this.#reading.loadedAt === null ? 'refresh' : 'stay';
  }

  #beginAnew(): void {
    this.#reading.end();
    this.#reading = new Reading(this.#around);
    this.#isWithdrawing = false;
    this.#isStoredSaid = false;
    void this.refresh();
  }

  // ---- acts

  async #fetchAgain(): Promise<void> {
    await this.refresh();
    this.#focusNext = ['#heading'];
    this.requestUpdate();
  }

  #renew(isRenewing: boolean): void {
    this.#focusNext = [isRenewing ? '#form-heading' : '#receipt-heading'];
    this.#reading.edit((it) => (it.isRenewing = isRenewing));
  }

  async #acknowledge(): Promise<void> {
    const reading = this.#reading;
    this.#isStoredSaid = false;
    const channel: Channel = this.channel === 'app' ? 'app' : 'web';
    const acknowledged = await reading.acknowledge(channel);
    if (reading !== this.#reading) return;
    if (acknowledged === null) {
      this.#focusNext = ['[aria-invalid="true"]', '#news'];
      this.requestUpdate();
      return;
    }
    this.#isStoredSaid = true;
    this.#focusNext = ['#receipt-heading'];
    this.requestUpdate();
    this.#emit('declaration-acknowledged', {
      templateId: acknowledged.template_id,
      version: acknowledged.version,
      language: acknowledged.language,
      acknowledgedAt: acknowledged.acknowledged_at,
      acknowledgedUntil: acknowledged.acknowledged_until,
    });
  }

  async #withdraw(): Promise<void> {
    const reading = this.#reading;
    this.#isStoredSaid = false;
    const isWithdrawn = await reading.withdraw();
    if (!isWithdrawn || reading !== this.#reading) return;
    this.#isWithdrawing = false;
    this.#focusNext = ['#news', '#heading'];
    this.requestUpdate();
    this.#emit('declaration-withdrawn', null);
  }

  // ---- dialog and focus

  get #dialogElement(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  /** Also by Escape. The browser gives the focus back to what opened it. */
  #closed(): void {
    this.#isWithdrawing = false;
    this.#reading.actProblem = null;
    this.requestUpdate();
  }

  #moveFocus(): void {
    for (const selector of this.#focusNext) {
      const target = this.renderRoot.querySelector<HTMLElement>(selector);
      if (target === null) continue;
      target.focus();
      break;
    }
    this.#focusNext = [];
  }

  #emit(name: string, detail: Readonly<Record<string, unknown>> | null): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** Whose token it is: another of the same driver's is no change. */
function bearerOf(token: string): string {
  const { subject, organisation, appRole } = readToken(token);
  return JSON.stringify([subject, organisation, appRole]);
}

function languageName(language: Language, code: string): string {
  const names = new Intl.DisplayNames([language === 'nb' ? 'nb-NO' : 'en-GB'], {
    type: 'language',
  });
  return names.of(code) ?? code;
}

if (customElements.get('confidentiality-declaration') === undefined) {
  customElements.define('confidentiality-declaration', ConfidentialityDeclaration);
}

declare global {
  interface HTMLElementTagNameMap {
    'confidentiality-declaration': ConfidentialityDeclaration;
  }
  interface HTMLElementEventMap {
    'declaration-acknowledged': DeclarationAcknowledgedEvent;
    'declaration-withdrawn': DeclarationWithdrawnEvent;
  }
}
