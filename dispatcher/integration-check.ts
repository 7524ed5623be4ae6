/**
 * One check of an integration: what the database says about it is held against the accounting
 * system, and what was found is recorded. The rules of an attempt hold for its HTTP too.
 */
import { performance } from 'node:perf_hooks';
import type { ClientBase } from 'pg';

import type { Adapter, CheckResult, CheckSubject, Finding, System } from './adapters/adapter.ts';
import { createAdapters } from './adapters/index.ts';
import { tokenOf } from './attempt.ts';
import { compareShapes, type Shapes } from './check-drift.ts';
import type { Config } from './config.ts';
import { findCredential, type Credential } from './credentials.ts';
import { createHttpClient, type HttpClient } from './http.ts';
import { errorFields } from './log.ts';
import { createMask } from './mask.ts';

/** An integration as accounting.integration_to_check gives it. */
interface Checked extends Omit<CheckSubject, 'endpoint'> {
  readonly endpoint: string | null;
  readonly organisationId: string;
  readonly organisation: string;
  readonly system: System;
  /** Null, as the endpoint, for files. */
  readonly credentialRef: string | null;
  readonly isEnabled: boolean;
  /** As text, to the microsecond. */
  readonly pausedAt: string | null;
  readonly pausedReason: string | null;
  readonly lastCheck: {
    readonly checkedAt: string;
    readonly endpoint: string | null;
    readonly shapes: Shapes;
  } | null;
}

export interface CheckOptions {
  /** Its id, number, prefix or name. */
  readonly organisation: string;
  /** Null: the enabled one. */
  readonly system: string | null;
  /** Whether a good check may resume it. */
  readonly mayResume: boolean;
  /** Whether the shapes are compared with as they are now from here on, faults too. */
  readonly isAccepted: boolean;
  /** Null: the database login. */
  readonly checkedBy: string | null;
  /** The whole check, in milliseconds. */
  readonly timeLimitMs: number;
  readonly progress: (message: string) => void;
}

/** What was found, for people and for machines. */
export interface IntegrationReport {
  readonly organisation: string;
  readonly system: string;
  /** Null for files: nobody is called. */
  readonly endpoint: string | null;
  readonly isGood: boolean;
  readonly findings: readonly Finding[];
  readonly isPaused: boolean;
  readonly isResumed: boolean;
}

/**
 * @param client of a login that may execute the two functions, as the owner of the schemas may.
 * @throws a database error with SQLSTATE AX007 or AX014 for an integration that isn't there.
 */
export async function checkIntegration(
  client: ClientBase,
  options: CheckOptions,
  config: Pick<Config, 'allowPrivateEndpoints' | 'maxBodyBytes'>,
  environment: NodeJS.ProcessEnv,
): Promise<IntegrationReport> {
  const { rows } = await client.query<{ subject: Checked }>(
    'select accounting.integration_to_check($1, $2) as subject',
    [options.organisation, options.system],
  );
  const subject = rows[0]?.subject;
  if (subject === undefined) throw new Error('integration_to_check gave no row');
  const { lastCheck } = subject;
  const result = await ask(subject, options, config, environment, async (credentialRef) => {
    const found = await client.query<{ secret: string | null }>(
      'select accounting.read_vault_secret($1) as secret',
      [credentialRef],
    );
    return found.rows[0]?.secret ?? null;
  });
  const drift = compareShapes(
    lastCheck?.shapes ?? null,
    result.seen,
    lastCheck === null ? '' : sinceWords(lastCheck, subject),
    options.isAccepted,
  );
  const findings = [...stateFindings(subject), ...result.findings, ...drift.findings];
  const faultCount = findings.filter(({ level }) => level === 'fault').length;
  const recorded = await client.query<{ resumed: boolean }>(
    'select accounting.record_integration_check($1, $2) as resumed',
    [
      JSON.stringify(subject),
      JSON.stringify({
        faultCount,
        mayResume: options.mayResume,
        checkedBy: options.checkedBy,
        shapes: drift.shapes,
      }),
    ],
  );
  const isResumed = recorded.rows[0]?.resumed ?? false;
  return {
    organisation: subject.organisation,
    system: subject.system,
    endpoint: subject.endpoint,
    isGood: faultCount === 0,
    findings,
    isPaused: subject.pausedAt !== null && !isResumed,
    isResumed,
  };
}

/** Reads the system, with every text masked; a failure of ours is a fault, too. */
async function ask(
  subject: Checked,
  options: CheckOptions,
  config: Pick<Config, 'allowPrivateEndpoints' | 'maxBodyBytes'>,
  environment: NodeJS.ProcessEnv,
  vault: (credentialRef: string) => Promise<string | null>,
): Promise<CheckResult> {
  const adapter = (createAdapters() as Readonly<Record<string, Adapter>>)[subject.system];
  if (adapter === undefined) {
    return failed('system', `${subject.system} has no address that could be checked`);
  }
  // A file is signed in to nowhere.
  const credential =
    subject.credentialRef === null
      ? { token: '' }
      : await findCredential(subject.credentialRef, { environment, vault });
  if (typeof credential === 'string') return failed('credential', credential);
  const tokens = new Set<string>();
  const cut: string[] = [];
  const client = createHttpClient({
    deadlineAt: performance.now() + options.timeLimitMs,
    maxBodyBytes: config.maxBodyBytes,
    allowPrivateAddresses: config.allowPrivateEndpoints,
    // A check books nothing, whatever an adapter does.
    mayWrite: () => false,
  });
  const progress = counted(options.progress);
  const http: HttpClient = {
    allowsPrivateAddresses: client.allowsPrivateAddresses,
    async request(request) {
      const token = tokenOf(request);
      if (token !== null) tokens.add(token);
      const answer = await client.request(request);
      progress.answered();
      if (answer.kind === 'answer' && answer.isTruncated) {
        cut.push(cutWords(request.url, answer.text, config.maxBodyBytes));
      }
      return answer;
    },
  };
  let result: CheckResult;
  try {
    result = await adapter.check(
      { ...subject, endpoint: subject.endpoint ?? '' },
      { http, credential, progress: progress.begin },
    );
  } catch (error) {
    result = failed('check', `the check itself failed: ${errorFields(error).message}`);
  } finally {
    client.close();
  }
  return masked(
    { ...result, findings: [...result.findings, ...cut.map(cutFault)] },
    credential,
    tokens,
  );
}

function masked(
  result: CheckResult,
  credential: Credential,
  tokens: ReadonlySet<string>,
): CheckResult {
  const mask = createMask(credential, null, tokens);
  return {
    ...result,
    findings: result.findings.map((finding) => ({ ...finding, message: mask(finding.message) })),
  };
}

/** What the database alone knows. */
function stateFindings(subject: Checked): Finding[] {
  const findings: Finding[] = [];
  const note = (message: string) => findings.push({ level: 'note', about: 'integration', message });
  if (!subject.isEnabled) note('it is disabled: nothing is sent through it');
  if (subject.pausedReason !== null) note(`it is paused: ${subject.pausedReason}`);
  if (Object.keys(subject.mappings).length === 0) note('no expense type is mapped');
  return findings;
}

function sinceWords(last: NonNullable<Checked['lastCheck']>, subject: Checked): string {
  const elsewhere = last.endpoint === subject.endpoint ? '' : ', which was of another address,';
  return `at the check of ${last.checkedAt.slice(0, 16).replace('T', ' ')}${elsewhere}`;
}

/** Tells of each part as it begins, and of every fifth answer in it. */
function counted(tell: (message: string) => void) {
  let about = '';
  let count = 0;
  return {
    begin: (message: string) => {
      about = message;
      count = 0;
      tell(`reading ${message}`);
    },
    answered: () => {
      count += 1;
      if (count % 5 === 0) tell(`reading ${about}: ${String(count)} answers so far`);
    },
  };
}

function cutWords(url: string, text: string, maxBodyBytes: number): string {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  return Buffer.byteLength(text) >= maxBodyBytes
    ? `${path}: the answer is longer than the ${String(maxBodyBytes)} bytes that are read of one: raise MAX_BODY_BYTES`
    : `${path}: the answer was cut off, by the other side or by the time limit`;
}

function cutFault(message: string): Finding {
  return { level: 'fault', about: 'answer', message };
}

function failed(about: string, message: string): CheckResult {
  return { findings: [{ level: 'fault', about, message }], seen: [] };
}
