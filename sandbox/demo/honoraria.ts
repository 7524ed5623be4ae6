/** A driver's honorarium, and the declaration that it waits for. */
import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { ApiClient } from './api-client.ts';
import type { Claim } from './claims.ts';
import { DemoError } from './play.ts';
import type { Organisation } from './world.ts';

/** What the organisation replaces by its own: a text that says of itself that it is made up. */
const EXAMPLE = new URL('../organisations/declaration-example.nb.txt', import.meta.url);
const WAY = 'tick_box';

export interface Driver {
  readonly id: string;
  readonly name: string;
}

export interface Version {
  readonly template_id: string;
  readonly version: number;
  readonly valid_from: string;
}

export interface Acknowledgement {
  readonly acknowledged_at: string;
  readonly acknowledged_until: string | null;
  readonly content_sha256: string;
}

/** A row of `rpc/declaration_record`. */
export interface RecordRow {
  readonly act: string;
  readonly acted_at: string;
  readonly version: number;
  readonly language: string;
  readonly content: string | null;
  readonly content_sha256: string | null;
  readonly is_hash_right: boolean | null;
  readonly signed_off_by: string;
}

/** Today in Norway, YYYY-MM-DD: an acknowledgement counts from the day on which it is made. */
export function todayInNorway(): string {
  return new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Oslo' });
}

/** What a driver drove today. */
export function makeHonorarium(prefix: string, number: number, driver: Driver): Claim {
  const date = todayInNorway();
  return {
    id: randomUUID(),
    reference: `${prefix}-${date.slice(0, 4)}-${String(number).padStart(5, '0')}`,
    kind: 'driver_honorarium',
    claimant: driver,
    currency: 'NOK',
    total: '420.00',
    lines: [
      { type: 'driver_honorarium', date, amount: '300.00', text: 'two trips to a course' },
      { type: 'driver_mileage', date, amount: '120.00', quantity: '30', text: 'two trips' },
    ],
  };
}

/** Writes the example, signs it off and has it in force today, as an organisation_admin does. */
export async function putInForce(api: ApiClient, { tokens }: Organisation): Promise<Version> {
  const admin = tokens.organisation_admin;
  const draft = await one<{ template_id: string; version: number; body_sha256: string }>(
    api.post(admin, '/rpc/put_declaration_template', {
      p_language: 'nb',
      p_body: (await readFile(EXAMPLE, 'utf8')).trim(),
      p_way_of_acknowledging: WAY,
    }),
  );
  const named = { p_template_id: draft.template_id, p_version: draft.version };
  await api.post(admin, '/rpc/sign_off_declaration_template', {
    ...named,
    p_body_sha256: draft.body_sha256,
    p_way_of_acknowledging: WAY,
    p_reference: 'the demo, no board decided this',
  });
  return one<Version>(
    api.post(admin, '/rpc/publish_declaration_template', {
      ...named,
      p_valid_from: todayInNorway(),
    }),
  );
}

/** Reads the text as the driver, and consents to exactly that text. */
export async function readAndAcknowledge(
  api: ApiClient,
  token: string,
): Promise<{ readonly content: string; readonly acknowledgement: Acknowledgement }> {
  const shown = await one<{ template_id: string; version: number; content: string }>(
    api.post(token, '/rpc/current_declaration', {}),
  );
  const acknowledgement = await one<Acknowledgement>(
    api.post(token, '/rpc/acknowledge_declaration', {
      p_template_id: shown.template_id,
      p_version: shown.version,
      p_content_sha256: createHash('sha256').update(shown.content).digest('hex'),
    }),
  );
  return { content: shown.content, acknowledgement };
}

/** As an auditor gets it. */
export function recordOf(
  api: ApiClient,
  { tokens }: Organisation,
  driverId: string,
): Promise<readonly RecordRow[]> {
  const day = todayInNorway();
  const given = { p_driver_id: driverId, p_from: day, p_to: day };
  return api.post<RecordRow>(tokens.auditor, '/rpc/declaration_record', given);
}

async function one<T>(answer: Promise<readonly unknown[]>): Promise<T> {
  const [row] = await answer;
  if (row === undefined) throw new DemoError('the API answered no row about the declaration');
  return row as T;
}
