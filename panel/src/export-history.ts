/**
 * `<export-history>`: what became of an organisation's exports to accounting, live, with what a person
 * can do about them. How to embed it: panel/README.md.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';

import { Acting, type Act } from './acting.ts';
import { exportFile, reconcileExport } from './api.ts';
import { isMoving } from './claim-groups.ts';
import { formatterOf } from './format.ts';
import type { Client } from './http.ts';
import type { Loading, Surroundings } from './loading.ts';
import { MissingDeclarations } from './missing-declarations.ts';
import { Poller, type PollResult } from './polling.ts';
import { actProblemOf, problemOf, type Problem } from './problem.ts';
import { RunList } from './run-list.ts';
import { RunPage } from './run-page.ts';
import { saveFile } from './save-file.ts';
import { Search } from './search.ts';
import { Sending } from './sending.ts';
import { styles } from './styles.ts';
import { readToken, TokenKeeper, type TokenReason } from './token.ts';
import type { View } from './view.ts';
import { actDialog, sendDialog, type DialogOptions } from './views/dialogs.ts';
import { listView } from './views/list.ts';
import { banner, type Part } from './views/parts.ts';
import { runView } from './views/run.ts';
import { languageOf, wordsOf } from './words/words.ts';

/** The host is asked for a token: it answers by setting `token`. */
export type TokenNeededEvent = CustomEvent<{ readonly reason: TokenReason }>;
/** A run was opened, or (null) the list again. */
export type RunSelectedEvent = CustomEvent<{ readonly runId: string | null }>;
/** The person sent claims; the run is open now. */
export type ExportRequestedEvent = CustomEvent<{ readonly runId: string }>;

const defaultPollSeconds = 3;
/** Relative times move on. */
const tickMs = 30_000;
/** How long an ended run is looked at after somebody had it asked about. */
const watchMs = 120_000;

/** The export history of an organisation. */
export class ExportHistory extends LitElement {
  static override readonly styles = styles;

  static override readonly properties = {
    apiUrl: { attribute: 'api-url' },
    apikey: { attribute: 'apikey' },
    language: { attribute: 'language' },
    theme: { attribute: 'theme', reflect: true },
    pollSeconds: { attribute: 'poll-seconds', type: Number },
    runId: { attribute: 'run-id' },
    token: { attribute: false },
    nameOf: { attribute: false },
  };

  /** PostgREST's address, without a table. */
  declare apiUrl: string | null;
  /** For a gateway that wants one beside the token (Supabase's public key). */
  declare apikey: string | null;
  /** `nb` or `en`; else the document's language, else the browser's. */
  declare language: string | null;
  /** `light` or `dark`; else as the system has it. */
  declare theme: string | null;
  /** Seconds between two questions while something moves; 3. */
  declare pollSeconds: number | null;
  /** The run that is open; null: the list. */
  declare runId: string | null;
  /** The person's JWT. Never an attribute: those are seen in the page's source. */
  declare token: string | null;
  /** How a person is called, by the token's `sub`; null: not known. */
  declare nameOf: ((subject: string) => string | null) | null;

  readonly #tokens = new TokenKeeper((reason) => this.#emit('token-needed', { reason }));
  readonly #around: Surroundings = {
    client: () => this.#client(),
    changed: () => this.#changed(),
  };
  readonly #poller = new Poller({
    // The dialog's check is as true as the moment it was made; the database checks again.
    poll: () => this.#load(),
    retryAfterMs: () => this.#retryAfterMs(),
    situation: () => this.#situation(),
    onNetwork: () => this.requestUpdate(),
  });
  #tick: ReturnType<typeof setInterval> | undefined;
  #now = Date.now();
  #list = new RunList(this.#around);
  #missing = new MissingDeclarations(this.#around);
  #page: RunPage | null = null;
  #search: Search | null = null;
  #typed = '';
  #acting: Acting | null = null;
  #sending: Sending | null = null;
  #busyAct: Act | null = null;
  #actProblem: Problem | null = null;
  #bearer: string | null = null;
  /** Said to screen readers; empty most of the time. */
  #announcement = '';
  /** Where the focus goes once the next drawing stands: a selector. */
  #focusNext: readonly string[] = [];
  #lastState: string | null = null;
  /** An answer is on its way to the open run, though it may have ended. */
  #watchedUntil = 0;

  constructor() {
    super();
    this.apiUrl = null;
    this.apikey = null;
    this.language = null;
    this.theme = null;
    this.pollSeconds = null;
    this.runId = null;
    this.token = null;
    this.nameOf = null;
  }

  /**
   * Opens "send to accounting" for these claims: what the guard says of them first, then the person
   * decides. At most 500.
   */
  exportClaims(claimIds: readonly string[]): void {
    // What is on its way stays on the screen until its answer is there.
    if (this.#isInFlight) return;
    this.#closeDialog();
    this.#sending = new Sending(this.#around, claimIds);
    void this.#sending.load();
    this.requestUpdate();
  }

  /** Loads what is on the screen anew. */
  async refresh(): Promise<void> {
    if (this.apiUrl === null) return;
    const result = await this.#load();
    // Not with each poll: it changes when a driver does something, and not by itself.
    if (this.#shown() === this.#list && result !== 'failed') void this.#missing.load();
    if (result === 'failed') this.#poller.noteFailure();
    else this.#poller.noteChange();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#poller.start();
    this.#tick = setInterval(() => {
      this.#now = Date.now();
      if (document.visibilityState === 'visible') this.requestUpdate();
    }, tickMs);
    // Taken out and put in again, as frameworks do: what is shown may be old.
    if (this.hasUpdated) void this.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#poller.stop();
    clearInterval(this.#tick);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Hosts set address and token one after the other, and both are here: one load is enough.
    const isElsewhere = changed.has('apiUrl') && this.hasUpdated;
    const next = changed.has('token') ? this.#takeToken() : 'stay';
    if (isElsewhere || next === 'begin_anew') this.#beginAnew();
    else if (next === 'refresh') void this.refresh();
    if (changed.has('runId')) this.#showRun();
  }

  protected override firstUpdated(): void {
    if (this.#page === null) void this.refresh();
  }

  protected override updated(): void {
    this.#showDialog();
    this.#moveFocus();
  }

  protected override render(): TemplateResult {
    const view = this.#view();
    return html`<div class="panel" lang=${view.language}>
      ${this.#dialog(view)}
      <p class="unseen" role="status">${this.#announcement}</p>
      <div class="banners" role="status">${this.#banners(view)}</div>
      ${this.#main(view)}
    </div>`;
  }

  #main(view: View): TemplateResult {
    const open = (runId: string): void => this.#openRun(runId);
    if (this.#page !== null) {
      return runView(view, {
        page: this.#page,
        back: () => this.#closeRun(),
        open,
        act: (act) => this.#begin(act),
        busyAct: this.#busyAct,
        actProblem: this.#actProblem,
        again: () => void this.refresh(),
      });
    }
    return listView(view, {
      list: this.#list,
      missing: this.#missing,
      search: this.#search,
      typed: this.#typed,
      open,
      type: (term) => {
        this.#typed = term;
      },
      find: () => this.#find(),
      clear: () => this.#clearSearch(),
      refresh: () => void this.refresh(),
      resume: (system) => this.#beginResuming(system),
    });
  }

  #banners(view: View): Part {
    const { words } = view;
    const loading = this.#shown();
    const at = loading.loadedAt === null ? null : view.format.time(loading.loadedAt);
    if (!navigator.onLine) {
      return banner('offline', words.offline.name, words.offline.meaning(at));
    }
    const session = this.#sessionBanner(view);
    if (session !== nothing) return session;
    // The first load says it in its own place; a session that ended is said above.
    const { problem } = loading;
    if (problem === null || at === null) return nothing;
    const { name, meaning, todo } = words.problems[problem.kind];
    return banner('warning', name, `${meaning} ${words.stale(at)} ${todo}`, {
      name: words.tryAgain,
      act: () => void this.refresh(),
    });
  }

  #sessionBanner(view: View): Part {
    const reason = this.#tokens.missing;
    // A token that is only on its way yet is no news.
    if (reason === null || (reason === 'missing' && !this.hasUpdated)) return nothing;
    const { name, meaning } = view.words.session[reason];
    return banner('person', name, meaning);
  }

  #dialog(view: View): TemplateResult {
    const options: Omit<DialogOptions, 'submit'> = {
      close: () => {
        if (!this.#isInFlight) this.#dialogElement?.close();
      },
      isInFlight: this.#isInFlight,
      session: this.#sessionBanner(view),
    };
    const content =
      this.#sending !== null
        ? sendDialog(view, this.#sending, {
            ...options,
            submit: () => void this.#send(),
            again: () => void this.#sending?.load(),
          })
        : this.#acting !== null
          ? actDialog(view, this.#acting, { ...options, submit: () => void this.#submit() })
          : nothing;
    return html`<dialog
      aria-labelledby="dialog-heading"
      @cancel=${(event: Event) => {
        if (this.#isInFlight) event.preventDefault();
      }}
      @close=${() => this.#dialogClosed()}
    >
      ${content}
    </dialog>`;
  }

  #view(): View {
    const language = languageOf(
      this.language,
      this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang,
      navigator.languages,
    );
    const words = wordsOf(language);
    const { subject, appRole } = readToken(this.token);
    return {
      language,
      words,
      format: formatterOf(language),
      now: this.#now,
      canAct: appRole === 'coordinator',
      canResume: appRole === 'organisation_admin',
      nameOf: (asked) => {
        if (asked === null) return words.theApp;
        if (asked === subject) return words.you;
        const name = this.nameOf?.(asked) ?? null;
        // An identity provider's id says nothing to a person; its beginning tells two apart.
        return name ?? (/^[0-9a-f-]{36}$/i.test(asked) ? asked.slice(0, 8) : asked);
      },
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

  // ---- loading

  /** What is on the screen. */
  #shown(): Loading {
    return this.#page ?? this.#search ?? this.#list;
  }

  async #load(): Promise<PollResult> {
    if (this.apiUrl === null) return 'same';
    this.#now = Date.now();
    const result = await this.#shown().load();
    this.#announceState();
    return result;
  }

  /** How long the server asked to be left alone with the last answer. */
  #retryAfterMs(): number {
    return this.#shown().problem?.retryAfterMs ?? 0;
  }

  #situation(): { baseMs: number; isMoving: boolean; dueInMs: number | null } {
    const baseMs = Math.max(1, this.pollSeconds ?? defaultPollSeconds) * 1000;
    if (this.apiUrl === null || this.#tokens.missing !== null) {
      return { baseMs, isMoving: false, dueInMs: null };
    }
    const runs =
      this.#page !== null
        ? this.#page.run === null
          ? []
          : [this.#page.run]
        : this.#search !== null
          ? (this.#search.dayList?.movingRuns ?? [])
          : this.#list.movingRuns;
    const moving = runs.filter((run) => isMoving(run.integration_status));
    const dues = moving.map((run) =>
      run.integration_status === 'retry_wait' || run.integration_status === 'in_doubt'
        ? Date.parse(run.next_attempt_at ?? '') - Date.now()
        : 0,
    );
    // What an ended run is asked about comes without a change of its state.
    const isWatched = this.#page !== null && Date.now() < this.#watchedUntil;
    const due = Math.min(...dues.map((ms) => (Number.isNaN(ms) ? 0 : ms)));
    return { baseMs, isMoving: moving.length > 0 || isWatched, dueInMs: due > baseMs ? due : null };
  }

  #changed(): void {
    const found = this.#search?.foundRunId ?? null;
    if (found !== null && this.#page === null && this.#search?.loadedAt !== null) {
      this.#clearSearch();
      this.#openRun(found);
    }
    this.#poller.plan();
    this.requestUpdate();
  }

  /** Once, when the open run's state has changed: no counts, no times. */
  #announceState(): void {
    const run = this.#page?.run ?? null;
    const state = run === null ? null : `${run.run_id} ${run.integration_status}`;
    const isSameRun = this.#lastState?.split(' ')[0] === run?.run_id;
    // Each try begins with `sending`: nobody wants to hear that.
    const isPassing = ['queued', 'sending', 'reconciling'].includes(run?.integration_status ?? '');
    if (run !== null && isSameRun && state !== this.#lastState && !isPassing) {
      const { words } = this.#view();
      this.#announce(words.run.changed(words.states[run.integration_status].name));
    }
    if (!isPassing || !isSameRun) this.#lastState = state;
  }

  #announce(text: string): void {
    this.#announcement = text;
    this.requestUpdate();
  }

  // ---- token

  /** What a new token makes necessary. */
  #takeToken(): 'begin_anew' | 'refresh' | 'stay' {
    const wasMissing = this.#tokens.missing !== null;
    this.#tokens.set(this.token);
    const bearer = this.token === null ? null : bearerOf(this.token);
    // Somebody else, or nobody: what the one before saw is not theirs.
    const isOther = bearer !== this.#bearer && this.#bearer !== null;
    this.#bearer = bearer;
    if (isOther) return 'begin_anew';
    const isBack = wasMissing && this.hasUpdated && this.#tokens.missing === null;
    // Requests that waited go on by themselves; what had given up is loaded anew.
    return isBack && !this.#shown().isLoading ? 'refresh' : 'stay';
  }

  #beginAnew(): void {
    this.#list.end();
    this.#missing.end();
    this.#page?.end();
    this.#search?.end();
    this.#closeDialog();
    this.#list = new RunList(this.#around);
    this.#missing = new MissingDeclarations(this.#around);
    this.#search = null;
    this.#typed = '';
    this.#actProblem = null;
    this.#busyAct = null;
    this.#announcement = '';
    this.#watchedUntil = 0;
    const runId = runIdOf(this.runId);
    this.#page = runId === null ? null : new RunPage(this.#around, runId);
    void this.refresh();
  }

  // ---- where one is

  #openRun(runId: string): void {
    this.#focusNext = ['#heading'];
    this.runId = runId;
    this.#emit('run-selected', { runId });
  }

  #closeRun(): void {
    const runId = this.#page?.runId ?? '';
    this.#focusNext = [
      `[data-run="${CSS.escape(runId)}"]`,
      `[data-run-attention="${CSS.escape(runId)}"]`,
      '#heading',
    ];
    this.runId = null;
    this.#emit('run-selected', { runId: null });
  }

  /** Follows `runId`, whoever set it. */
  #showRun(): void {
    const runId = runIdOf(this.runId);
    if (runId === (this.#page?.runId ?? null)) return;
    // Whoever's focus was in the view that goes keeps it in the panel.
    if (this.#focusNext.length === 0 && (this.shadowRoot?.activeElement ?? null) !== null) {
      this.#focusNext = ['#heading'];
    }
    this.#page?.end();
    this.#actProblem = null;
    this.#busyAct = null;
    this.#announcement = '';
    this.#page = runId === null ? null : new RunPage(this.#around, runId);
    void this.refresh();
  }

  #find(): void {
    this.#search?.end();
    if (this.#typed.trim() === '') return this.#clearSearch();
    const search = new Search(this.#around, this.#typed);
    this.#search = search;
    void this.refresh().then(() => this.#announceHits(search));
    this.requestUpdate();
  }

  #announceHits(search: Search): void {
    if (this.#search !== search || search.loadedAt === null) return;
    const { words } = this.#view();
    const count = search.dayList?.runs.length ?? search.hits.length;
    this.#announce(count === 0 ? words.search.none : words.search.found(count));
  }

  #clearSearch(): void {
    this.#search?.end();
    this.#search = null;
    this.#typed = '';
    this.#focusNext = ['#term'];
    void this.refresh();
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

  // ---- acts

  #begin(act: Act): void {
    const page = this.#page;
    if (page === null || page.run === null || this.#busyAct !== null) return;
    this.#actProblem = null;
    if (act === 'reconcile' || act === 'download') {
      void this.#actAtOnce(act, page);
      return;
    }
    this.#closeDialog();
    this.#acting = Acting.onRun(this.#around, act, page.run, page.claims);
    this.requestUpdate();
  }

  #beginResuming(system: string): void {
    this.#closeDialog();
    this.#acting = Acting.resuming(this.#around, system);
    this.requestUpdate();
  }

  async #actAtOnce(act: 'reconcile' | 'download', page: RunPage): Promise<void> {
    this.#busyAct = act;
    this.requestUpdate();
    const { words } = this.#view();
    // Ends with the page: what waits for a token is never sent with the next person's.
    const signal = page.endSignal;
    try {
      if (act === 'reconcile') {
        await reconcileExport(this.#client(), page.runId, signal);
        if (this.#page !== page) return;
        this.#watchedUntil = Date.now() + watchMs;
        this.#announce(words.acts.reconciled);
        await this.refresh();
      } else {
        const file = await exportFile(this.#client(), page.runId, signal);
        if (this.#page !== page) return;
        saveFile(file);
        this.#announce(words.acts.downloaded(file.name));
      }
    } catch (error) {
      if (this.#page === page) {
        this.#actProblem = act === 'reconcile' ? actProblemOf(error) : problemOf(error);
      }
    } finally {
      if (this.#page === page) this.#busyAct = null;
      this.requestUpdate();
    }
  }

  async #submit(): Promise<void> {
    const acting = this.#acting;
    if (acting === null) return;
    const isDone = await acting.submit();
    // Somebody else's by now.
    if (this.#acting !== acting) return;
    if (isDone) {
      this.#closeDialog();
      this.#watchedUntil = Date.now() + watchMs;
      this.#announce(this.#view().words.acts.done);
      await this.refresh();
      await this.#keepFocus();
      return;
    }
    if (acting.faults.size === 0) {
      // What stands behind the dialog may be why; and after a lost answer it is what tells.
      if (acting.problem !== null) {
        this.#watchedUntil = Date.now() + watchMs;
        await this.refresh();
      }
      return;
    }
    await this.updateComplete;
    // To the first field that is wrong.
    const field = this.renderRoot.querySelector<HTMLElement>(
      'dialog fieldset[aria-describedby] input, dialog [aria-invalid="true"]',
    );
    field?.focus();
  }

  async #send(): Promise<void> {
    const sending = this.#sending;
    const runId = (await sending?.send()) ?? null;
    if (this.#sending !== sending) return;
    if (runId === null) {
      if ((sending?.sendProblem ?? null) !== null) await this.refresh();
      return;
    }
    this.#announce(this.#view().words.send.sent);
    this.#closeDialog();
    this.#emit('export-requested', { runId });
    this.#openRun(runId);
  }

  // ---- dialog

  get #dialogElement(): HTMLDialogElement | null {
    // Before it is put into a page it has none.
    return this.shadowRoot?.querySelector('dialog') ?? null;
  }

  #showDialog(): void {
    const isWanted = this.#sending !== null || this.#acting !== null;
    const dialog = this.#dialogElement;
    if (dialog === null || dialog.open === isWanted) return;
    if (isWanted) dialog.showModal();
    else dialog.close();
  }

  /** A person's act was sent and its answer is awaited. While it waits for a token, nothing was. */
  get #isInFlight(): boolean {
    const isBusy = this.#acting?.isBusy === true || this.#sending?.isSending === true;
    return isBusy && this.#tokens.missing === null;
  }

  #dialogClosed(): void {
    // The event comes later than the closing: another one may have opened by then.
    if (this.#dialogElement?.open === true) return;
    if (this.#isInFlight) {
      // A browser closes it at the second Escape whatever a page says: it is opened again.
      this.requestUpdate();
      return;
    }
    this.#closeDialog();
    void this.#keepFocus();
  }

  /** What opened the dialog gets the focus back from the browser; but it may be gone by now. */
  async #keepFocus(): Promise<void> {
    await this.updateComplete;
    const isInside = (this.shadowRoot?.activeElement ?? null) !== null;
    if (isInside || document.activeElement !== document.body) return;
    this.#focusNext = ['#heading'];
    this.requestUpdate();
  }

  #closeDialog(): void {
    if (this.#dialogElement?.open === true) this.#dialogElement.close();
    this.#acting?.end();
    this.#sending?.end();
    this.#acting = null;
    this.#sending = null;
    this.requestUpdate();
  }

  #emit(name: string, detail: Readonly<Record<string, unknown>>): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** As the API writes it; null: the list. */
function runIdOf(given: string | null): string | null {
  const runId = given?.trim().toLowerCase() ?? '';
  return runId === '' ? null : runId;
}

/** Whose token it is: another of the same person's is no change. */
function bearerOf(token: string): string {
  const { subject, organisation, appRole } = readToken(token);
  return JSON.stringify([subject, organisation, appRole]);
}

if (customElements.get('export-history') === undefined) {
  customElements.define('export-history', ExportHistory);
}

declare global {
  interface HTMLElementTagNameMap {
    'export-history': ExportHistory;
  }
  interface HTMLElementEventMap {
    'token-needed': TokenNeededEvent;
    'run-selected': RunSelectedEvent;
    'export-requested': ExportRequestedEvent;
  }
}
