/** A person's act on a run: what is filled in, whether it may go, and what came of it. */
import {
  cancelExport,
  confirmImport,
  flagClaims,
  resolveExport,
  resumeIntegration,
  voidExport,
  type Resolution,
} from './api.ts';
import { groupOf, hasEnded } from './claim-groups.ts';
import type { Client } from './http.ts';
import type { Surroundings } from './loading.ts';
import { actProblemOf, type Problem } from './problem.ts';
import type { Claim, Run } from './rows.ts';

export type RunAct = 'resolve' | 'cancel' | 'confirm' | 'void' | 'flag';
export type DialogAct = RunAct | 'resume';
/** What may be done with a run. */
export type Act = RunAct | 'reconcile' | 'download';
export type Booked = 'all' | 'some' | 'none';
export type Fault = 'words' | 'resolution' | 'claims';

export const mostWords = 500;

/** What may be done with a run, as docs/states.md has it; the database has the last word. */
export function actsOn(run: Run, claims: readonly Claim[]): Act[] {
  const state = run.integration_status;
  const acts: Act[] = [];
  if (state === 'needs_review') acts.push('resolve');
  if (state === 'produced') acts.push('confirm');
  const hasFile = state === 'produced' || state === 'exported' || state === 'partially_exported';
  if (run.system === 'file' && hasFile) acts.push('download');
  const isAskable = run.attempts > 0 && !['queued', 'sending', 'reconciling'].includes(state);
  if (isAskable && !(run.system === 'file' && (hasFile || hasEnded(state)))) acts.push('reconcile');
  if (state === 'queued' || state === 'retry_wait') acts.push('cancel');
  if (choicesFor('void', run, claims).length > 0) acts.push('void');
  if (choicesFor('flag', run, claims).length > 0) acts.push('flag');
  return acts;
}

/** The claims that an act is about. */
export function choicesFor(act: RunAct, run: Run, claims: readonly Claim[]): readonly Claim[] {
  const group = (claim: Claim): string => groupOf(claim, run.integration_status);
  switch (act) {
    case 'resolve':
      return claims.filter((claim) => group(claim) === 'open');
    case 'void':
      // Before it has ended a run's delivered claims can't be voided, unless they are in a file.
      if (run.integration_status === 'produced') {
        return claims.filter((claim) => group(claim) === 'file');
      }
      if (!hasEnded(run.integration_status)) return [];
      return claims.filter((claim) => group(claim) === 'delivered');
    case 'flag':
      return claims.filter((claim) => claim.verdict !== 'unknown');
    case 'cancel':
    case 'confirm':
      return [];
  }
}

export class Acting {
  readonly act: DialogAct;
  /** Empty: it is about a system. */
  readonly runId: string;
  readonly system: string;
  readonly choices: readonly Claim[];
  readonly #around: Surroundings;
  readonly #ended = new AbortController();
  words = '';
  booked: Booked | null = null;
  readonly chosen = new Set<string>();
  /** By claim, as typed. */
  readonly vouchers = new Map<string, string>();
  isBusy = false;
  problem: Problem | null = null;
  faults: ReadonlySet<Fault> = new Set();

  private constructor(
    around: Surroundings,
    act: DialogAct,
    about: { readonly runId: string; readonly system: string; readonly choices: readonly Claim[] },
  ) {
    this.#around = around;
    this.act = act;
    this.runId = about.runId;
    this.system = about.system;
    this.choices = about.choices;
    // One claim is no choice.
    const [only] = this.choices;
    if (this.choices.length === 1 && only !== undefined) this.chosen.add(only.claim_id);
  }

  static onRun(around: Surroundings, act: RunAct, run: Run, claims: readonly Claim[]): Acting {
    const choices = choicesFor(act, run, claims);
    return new Acting(around, act, { runId: run.run_id, system: run.system, choices });
  }

  /** Lets a paused integration send again. */
  static resuming(around: Surroundings, system: string): Acting {
    return new Acting(around, 'resume', { runId: '', system, choices: [] });
  }

  get needsWords(): boolean {
    return this.act !== 'cancel';
  }

  get needsClaims(): boolean {
    return (
      this.act === 'void' ||
      this.act === 'flag' ||
      (this.act === 'resolve' && this.booked === 'some')
    );
  }

  get takesVouchers(): boolean {
    return this.act === 'resolve' && (this.booked === 'all' || this.booked === 'some');
  }

  end(): void {
    this.#ended.abort();
  }

  edit(change: (acting: this) => void): void {
    change(this);
    // What was wrong is said anew when it is sent; until then only what is still wrong stays.
    if (this.faults.size > 0) this.faults = this.#check();
    this.#around.changed();
  }

  choose(claimId: string, isChosen: boolean): void {
    this.edit(() => (isChosen ? this.chosen.add(claimId) : this.chosen.delete(claimId)));
  }

  /** True: done. False: `faults` or `problem` say why not. */
  async submit(): Promise<boolean> {
    if (this.isBusy) return false;
    this.faults = this.#check();
    this.problem = null;
    if (this.faults.size > 0) {
      this.#around.changed();
      return false;
    }
    this.isBusy = true;
    this.#around.changed();
    try {
      await this.#send(this.#around.client(), this.#ended.signal);
      return true;
    } catch (error) {
      if (!this.#ended.signal.aborted) this.problem = actProblemOf(error);
      return false;
    } finally {
      this.isBusy = false;
      this.#around.changed();
    }
  }

  #check(): ReadonlySet<Fault> {
    const faults = new Set<Fault>();
    if (this.act === 'resolve' && this.booked === null) faults.add('resolution');
    if (this.needsClaims && this.chosen.size === 0) faults.add('claims');
    const length = [...this.words].length;
    if (this.needsWords && (this.words.trim() === '' || length > mostWords)) faults.add('words');
    return faults;
  }

  #send(client: Client, signal: AbortSignal): Promise<void> {
    const { runId, words } = this;
    const claimIds = [...this.chosen];
    switch (this.act) {
      case 'resolve':
        return resolveExport(client, runId, this.#resolution(), words, signal);
      case 'cancel':
        return cancelExport(client, runId, signal);
      case 'confirm':
        return confirmImport(client, runId, words, signal);
      case 'void':
        return voidExport(client, runId, claimIds, words, signal);
      case 'flag':
        return flagClaims(client, claimIds, words, signal);
      case 'resume':
        return resumeIntegration(client, this.system, words, signal);
    }
  }

  #resolution(): Resolution {
    if (this.booked === 'none') return { kind: 'proved_absent' };
    const isNamed = [...this.vouchers.values()].some((typed) => typed.trim() !== '');
    if (this.booked === 'all' && !isNamed) return { kind: 'booked_by_hand', externalIds: null };
    const ids = this.booked === 'all' ? this.choices.map((claim) => claim.claim_id) : this.chosen;
    const externalIds = Object.fromEntries(
      [...ids].map((id) => [id, splitVouchers(this.vouchers.get(id) ?? '')]),
    );
    return { kind: 'booked_by_hand', externalIds };
  }
}

/** `1044, 1045` as two numbers. */
export function splitVouchers(typed: string): string[] {
  return [...new Set(typed.split(/[,;\n]/).map((part) => part.trim()))].filter((p) => p !== '');
}
