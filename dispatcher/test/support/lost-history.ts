/**
 * What is in the books and a database has forgotten: a past that a backup holds, a history after it
 * that is lost with the server, and what has to hold once the backup is all there is.
 */
import type { Test } from 'tap';

import type { BusinessCentralSandbox } from '../../adapters/business-central/sandbox/business-central-sandbox.ts';
import {
  DEFAULT_CLIENT,
  DEFAULT_COMPANY_ID,
} from '../../adapters/business-central/sandbox/options.ts';
import { startDispatcher } from './dispatcher-process.ts';
import {
  newClaims,
  type ClaimInput,
  type Organisation,
  type TwoOrganisations,
} from './two-organisations.ts';
import { waitFor } from './wait-for.ts';

/** An organisation's claims, by what the backup knows of them. */
export interface Past {
  readonly organisation: Organisation;
  /** Exported before the backup. */
  readonly old: readonly ClaimInput[];
  /** Asked for before the backup, by a run that was sent only after it. */
  readonly queued: readonly ClaimInput[];
  readonly queuedRun: string;
  /** Approved before the backup; three that were exported after it in one batch. */
  readonly approved: readonly ClaimInput[];
  /** Approved before the backup; on their way when the database is lost. */
  readonly held: readonly ClaimInput[];
  /** Approved before the backup, and asked for by nobody until all is over. */
  readonly never: readonly ClaimInput[];
  /** Put in and exported after the backup, which doesn't know of them: three. */
  readonly unknown: readonly ClaimInput[];
}

/** The quarantine gives the app time to ask while all is frozen. Milliseconds. */
export const RECOVERY_TIMINGS = { quarantine_ms: 4000 };

/** Makes what the backup is to hold. No dispatcher runs when it returns. */
export async function makePast(t: Test, world: TwoOrganisations): Promise<Past[]> {
  const dispatcher = await startDispatcher(t, world);
  const past: Past[] = [];
  for (const organisation of [world.hlf, world.blindeforbundet]) {
    const old = await world.putClaims(organisation, 2);
    await world.runIs(await world.request(organisation, old), ['exported']);
    past.push({
      organisation,
      old,
      queued: await world.putClaims(organisation, 2),
      queuedRun: '',
      approved: await world.putClaims(organisation, 3),
      held: await world.putClaims(organisation, 2),
      never: await world.putClaims(organisation, 1),
      unknown: newClaims(organisation.prefix, 3),
    });
  }
  dispatcher.kill('SIGTERM');
  await dispatcher.ended;
  const queue = past.map(async (one) => ({
    ...one,
    queuedRun: await world.request(one.organisation, one.queued),
  }));
  return Promise.all(queue);
}

/**
 * Goes on after the backup, with dispatchers at work: some is exported and booked, some is exported
 * and still a draft, and some is on its way when this returns.
 */
export async function makeLostHistory(world: TwoOrganisations, past: readonly Past[]) {
  for (const { organisation, queuedRun, unknown } of past) {
    await putAgain(world, organisation, unknown);
    await world.runIs(await world.request(organisation, unknown), ['exported']);
    await world.runIs(queuedRun, ['exported']);
  }
  await postJournals(world.businessCentral);
  world.xledger.book();
  for (const { organisation, approved } of past) {
    await world.runIs(await world.request(organisation, approved), ['exported']);
  }
  for (const { organisation, held } of past) {
    const seen = organisation.requests.length;
    organisation.faults.add({ ...onLines[organisation.system], kind: 'delay', delay_ms: 600 });
    await world.request(organisation, held);
    await waitFor(() => organisation.requests.slice(seen).some(({ fault }) => fault === 'delay'), {
      what: 'lines to be under way',
    });
  }
}

const onLines = {
  business_central: { path: '\\$batch$' },
  xledger: { operation: '^addGLImportItems$' },
} as const;

/** Stands at the end of each organisation's log of requests. */
export function marksOf(past: readonly Past[]): ReadonlyMap<Organisation, number> {
  return new Map(past.map(({ organisation }) => [organisation, organisation.requests.length]));
}

/** Waits until every integration is frozen; why. */
export async function untilFrozen(world: TwoOrganisations): Promise<string[]> {
  return waitFor(
    async () => {
      const reasons = await frozenReasons(world).catch(() => []);
      return reasons.length === 2 ? reasons : null;
    },
    { timeoutMs: 30_000, what: 'both integrations to be frozen' },
  );
}

async function frozenReasons({ database }: TwoOrganisations): Promise<string[]> {
  const { rows } = await database.pool.query<{ reason: string }>(
    'select frozen_reason as reason from accounting.integrations where frozen_at is not null',
  );
  return rows.map(({ reason }) => reason);
}

/**
 * The backup is all there is, and dispatchers work on it, frozen. The app puts its claims in again
 * and asks for exports, in other batches than before. Checks that nothing is sent before it was asked
 * for, that the freeze ends by itself, and that each claim is in the books once.
 *
 * @param marks where the logs of requests stood when the backup took over.
 */
export async function checkRecovery(
  t: Test,
  world: TwoOrganisations,
  past: readonly Past[],
  marks: ReadonlyMap<Organisation, number>,
): Promise<void> {
  for (const { organisation, never } of past) {
    const early = await world.request(organisation, never);
    t.match(await world.runIs(early, ['skipped']), { attempt_no: 0 });
    t.same(
      await verdictsOf(world, early),
      ['flagged'],
      'what is asked for can not be exported yet',
    );
  }
  for (const { organisation, unknown } of past) await putAgain(world, organisation, unknown);
  await waitFor(async () => (await frozenReasons(world)).length === 0, {
    timeoutMs: 60_000,
    what: 'the freeze to end by itself',
  });
  for (const one of past) {
    const { organisation, approved, held, never, unknown } = one;
    const added = await world.putClaims(organisation, 1);
    const groups = [
      [...approved.slice(0, 1), ...unknown.slice(0, 1), ...held.slice(0, 1)],
      [...approved.slice(1), ...never],
      [...unknown.slice(1), ...held.slice(1), ...added],
    ];
    const runIds: string[] = [one.queuedRun];
    for (const group of groups) runIds.push(await world.request(organisation, group));
    const states = [];
    for (const runId of runIds) states.push((await ended(world, runId)).state);
    t.same(
      states,
      ['exported', 'exported', 'exported', 'exported'],
      `${organisation.system}: what was found is exported, what was absent is sent`,
    );

    const all = [one.old, one.queued, approved, held, never, unknown, added].flat();
    t.same(
      all.filter(({ reference }) => organisation.effects(reference) !== 1),
      [],
      `${organisation.system}: each claim is in the books once`,
    );
    t.same(await sentAnew(world, runIds), [...never, ...added].map(({ id }) => id).sort());
    t.ok(await wereAskedAgain(world, one.old), 'what had ended of late is asked for again too');
    checkAskedFirst(t, one, marks.get(organisation) ?? 0);
  }
}

/** In the order of the log: each claim that was open is asked for, and only then lines are sent. */
function checkAskedFirst(t: Test, past: Past, mark: number): void {
  const { organisation, queued, approved, held, never } = past;
  const log = organisation.requests.slice(mark);
  const firstLines = log.findIndex((request) => organisation.carriesLines(request));
  t.ok(firstLines > 0, `${organisation.system}: lines are sent in the end`);
  const before = log.slice(0, firstLines);
  if (organisation.system === 'xledger') {
    // Its log names operations alone, and the trail tells what was asked for.
    t.ok(before.some(({ operation }) => operation === 'journalEntries'));
    return;
  }
  const unasked = [...queued, ...approved, ...held, ...never].filter(
    ({ reference }) => !before.some(({ path }) => path.includes(reference)),
  );
  t.same(unasked, [], `${organisation.system}: each open claim is asked for before that`);
}

/** Which claims the runs have sent, as their trail tells. */
async function sentAnew({ database }: TwoOrganisations, runIds: string[]): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    `select distinct c.id
       from accounting.export_runs as r, jsonb_array_elements_text(r.claim_ids) as c (id)
      where r.run_id = any ($1) and r.kind = 'attempt' and not r.is_late order by c.id`,
    [runIds],
  );
  return rows.map(({ id }) => id);
}

/** Whether the trail tells of an answer about each of the claims, which had been accepted before. */
async function wereAskedAgain(
  { database }: TwoOrganisations,
  claims: readonly ClaimInput[],
): Promise<boolean> {
  const { rows } = await database.pool.query<{ id: string }>(
    `select distinct c.id
       from accounting.export_runs as r, jsonb_array_elements_text(r.claim_ids) as c (id)
      where r.kind = 'reconciliation' and r.outcome = 'found' and c.id = any ($1)`,
    [claims.map(({ id }) => id)],
  );
  return rows.length === claims.length;
}

async function verdictsOf({ database }: TwoOrganisations, runId: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ verdict: string }>(
    'select distinct verdict from accounting.claim_reservations where run_id = $1',
    [runId],
  );
  return rows.map(({ verdict }) => verdict);
}

function ended(world: TwoOrganisations, runId: string): Promise<{ readonly state: string }> {
  const states = ['exported', 'partially_exported', 'skipped', 'rejected', 'failed'];
  return world.runIs(runId, [...states, 'needs_review'], { timeoutMs: 60_000 });
}

async function putAgain(
  { database }: TwoOrganisations,
  organisation: Organisation,
  claims: readonly ClaimInput[],
): Promise<void> {
  await database.pool.query('select accounting.put_claims($1, $2)', [
    organisation.id,
    JSON.stringify(claims),
  ]);
}

/** As a person does who has looked the drafts over: every journal with lines is posted. */
async function postJournals(sandbox: BusinessCentralSandbox): Promise<void> {
  const signIn = await fetch(sandbox.tokenUrl(), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...DEFAULT_CLIENT,
      scope: 'https://api.businesscentral.dynamics.com/.default',
    }),
  });
  const { access_token: token } = (await signIn.json()) as { access_token: string };
  const journals = sandbox.ledger().flatMap((company) => company.journals);
  for (const { id, lines } of journals) {
    if (lines.length === 0) continue;
    const company = `${sandbox.apiBase()}/companies(${DEFAULT_COMPANY_ID})`;
    const answer = await fetch(`${company}/journals(${id})/Microsoft.NAV.post`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'if-match': '*' },
    });
    if (!answer.ok) throw new Error(`a journal was not posted: ${await answer.text()}`);
  }
}
