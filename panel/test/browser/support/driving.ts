/** What an organisation and its app do before a driver stands in front of the declaration. */
import { randomUUID } from 'node:crypto';

import type { ClaimInput } from '../../../../dispatcher/test/support/two-organisations.ts';
import type { PanelWorld, Place } from './world.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface VersionOptions {
  readonly body: string;
  /** Default `tick_box`. */
  readonly way?: 'tick_box' | 'typed_name' | 'both';
  readonly validFrom: string;
}

/** Today in Norway, or so many days later. */
export function today(days = 0): string {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', {
    timeZone: 'Europe/Oslo',
  });
}

/** An organisation of its own that exports into files. */
export async function placeWithDrivers(world: PanelWorld, prefix: string): Promise<Place> {
  const place = { id: randomUUID(), prefix };
  await world.database.pool.query('select * from accounting.apply_organisation($1)', [
    JSON.stringify({
      organisation: {
        id: place.id,
        name: `${prefix} forening`,
        organisation_number: organisationNumber(),
        reference_prefix: prefix,
      },
      integrations: [{ system: 'file', settings: { format: 'csv', liability_account: '2910' } }],
      mappings: { mileage: { account: '5330' } },
      flags: { driver_honorarium: { is_enabled: true, reason: 'board, case 12/2026' } },
    }),
  ]);
  return place;
}

/**
 * Calls the API as somebody of a place.
 *
 * @throws Error with the answer if it is no success.
 */
export async function callAs(
  world: PanelWorld,
  place: Place,
  role: string,
  subject: string,
  name: string,
  body: object,
): Promise<Row[]> {
  const token = await world.api.token({
    role: 'authenticated',
    organisationId: place.id,
    appRole: role,
    subject,
  });
  const answer = await world.api.post(`/rpc/${name}`, body, { token });
  if (answer.status !== 200) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  return answer.body as Row[];
}

/** Writes a version, signs it off, and has it come into force, as the organisation would. */
export async function publish(
  world: PanelWorld,
  place: Place,
  { body, way = 'tick_box', validFrom }: VersionOptions,
): Promise<Row> {
  const first = async (name: string, given: object): Promise<Row> => {
    const [row] = await callAs(world, place, 'organisation_admin', 'styreleder', name, given);
    if (row === undefined) throw new Error(`${name} gave no row`);
    return row;
  };
  const draft = await first('put_declaration_template', {
    p_language: 'nb',
    p_body: body,
    p_way_of_acknowledging: way,
  });
  const named = { p_template_id: draft['template_id'], p_version: draft['version'] };
  await first('sign_off_declaration_template', {
    ...named,
    p_body_sha256: draft['body_sha256'],
    p_way_of_acknowledging: way,
    p_reference: 'board, case 13/2026',
  });
  return first('publish_declaration_template', { ...named, p_valid_from: validFrom });
}

/** A version that has been in force for days: publishing takes days to come alone. */
export async function publishedBefore(
  world: PanelWorld,
  place: Place,
  { body, way = 'tick_box', validFrom }: VersionOptions,
): Promise<void> {
  await world.database.pool.query(
    `insert into accounting.declaration_templates
       (organisation_id, language, version, state, body, way_of_acknowledging, authors,
        signed_off_at, signed_off_by, sign_off_reference, published_at, published_by, valid_from)
     values ($1, 'nb', 1, 'published', $2, $3, '{styreleder}',
        now(), 'styreleder', 'board, case 1/2026', now(), 'styreleder', $4)`,
    [place.id, body, way, validFrom],
  );
}

/** An approved honorarium of a driver, with a line on this day. */
export async function honorarium(
  world: PanelWorld,
  place: Place,
  driver: { readonly id: string; readonly name: string },
  date = today(),
): Promise<ClaimInput> {
  const id = randomUUID();
  const claim: ClaimInput = {
    id,
    reference: `${place.prefix}-${id.slice(0, 8).toUpperCase()}`,
    kind: 'driver_honorarium',
    claimant: driver,
    currency: 'NOK',
    total: '420.00',
    lines: [{ type: 'mileage', date, amount: '420.00', quantity: '60', text: 'to and from' }],
  };
  await callAs(world, place, 'app', 'app', 'put_claims', { p_claims: [claim] });
  return claim;
}

/** The guard's answer on a claim. */
export async function verdictOn(world: PanelWorld, place: Place, claim: ClaimInput): Promise<Row> {
  const given = { p_claim_ids: [claim.id] };
  const [row] = await callAs(world, place, 'coordinator', 'kari', 'check_export', given);
  return row ?? {};
}

/** Made up, with a right check digit. */
function organisationNumber(): string {
  const weights = [3, 2, 7, 6, 5, 4, 3, 2];
  for (;;) {
    const digits = Array.from({ length: 8 }, () => Math.floor(Math.random() * 10));
    const sum = digits.reduce((all, digit, place) => all + digit * (weights[place] ?? 0), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check < 10 && digits[0] !== 0) return [...digits, check].join('');
  }
}
