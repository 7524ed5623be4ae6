/** What happens between the examples of the API's pages. */
import type { Meanwhile, Placeholders } from './api-examples.ts';
import type { People } from './people.ts';

/** What happens in between, told by name in the page. */
export async function play(people: People, { at, step, name }: Meanwhile, names: Placeholders) {
  const pool = people.database.pool;
  const keep = ({ runId, claimId }: { runId: string; claimId: string }): void => {
    names.set(name, runId);
    names.set(name.replace('>', ' claim>'), claimId);
  };
  switch (step) {
    case 'deliver':
      return deliver(people, names.get(name));
    case 'review':
      return keep(await people.waitsForPerson());
    case 'queue':
      return keep(await people.request());
    case 'file':
      await people.useFiles();
      return keep(
        await people.produced({
          id: '0b0e4a52-7a54-4a5b-8e0f-3f6d3c1f0004',
          reference: 'HLF-2026-00126',
        }),
      );
    case 'pause':
      await pool.query(
        `update accounting.integrations set paused_at = accounting.clock(),
           paused_reason = '401 twice' where organisation_id = $1 and is_enabled`,
        [people.organisationId],
      );
      return;
    case 'erase':
      return erase(people);
    case 'day':
      return moveClock(people, name);
    case 'drive':
      return drive(people, name);
    case 'version':
      return publish(people, name);
    default:
      throw new Error(`${at}: nothing is called ${step}`);
  }
}

/** What a dispatcher does: Xledger takes all of it. */
async function deliver(people: People, runId: string): Promise<void> {
  const { pool } = people.database;
  const given = { runId, claimId: '' };
  const { rows } = await pool.query<{ claim_ids: string[] }>(
    'select claim_ids from accounting.export_requests where run_id = $1',
    [given.runId],
  );
  const claimIds = rows[0]?.claim_ids ?? [];
  const leaseId = await people.lease(given);
  await people.start(given, leaseId);
  const result = {
    organisation_id: people.organisationId,
    run_id: given.runId,
    lease_id: leaseId,
    kind: 'attempt',
    attempt_no: 1,
    actor: 'dispatcher-1',
    mapper_version: 'xledger/2',
    keep_lease_ms: 0,
    rows: [
      {
        outcome: 'accepted',
        claim_ids: claimIds,
        http_status: 200,
        external_ids: Object.fromEntries(claimIds.map((id, no) => [id, [`entry:${10441 + no}`]])),
        wire_sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      },
    ],
  };
  await pool.query('select * from accounting.record_results($1)', [JSON.stringify([result])]);
}

async function putClaim({ database, organisationId }: People, claim: object): Promise<void> {
  await database.pool.query('select accounting.put_claims($1, $2)', [
    organisationId,
    JSON.stringify([claim]),
  ]);
}

/** The person of a claim that was withdrawn asked to be erased. */
async function erase(people: People): Promise<void> {
  const claim = {
    id: '0b0e4a52-7a54-4a5b-8e0f-3f6d3c1f0005',
    reference: 'HLF-2026-00127',
    kind: 'travel_expense',
    state: 'withdrawn',
    claimant: { id: 'person-9', name: 'Nils Eksempel' },
    currency: 'NOK',
    total: '53.00',
    lines: [{ type: 'mileage', date: '2026-03-05', amount: '53.00', text: 'to the meeting' }],
  };
  await putClaim(people, claim);
  await people.database.pool.query('select accounting.erase_person($1, $2, $3, $4)', [
    people.organisationId,
    claim.claimant.id,
    'case 2026/17',
    'the data office',
  ]);
}

/** From now on it is nine o'clock on that day, in Norway. */
async function moveClock({ database: { pool } }: People, day: string): Promise<void> {
  await pool.query(
    `create or replace function accounting.clock () returns timestamptz language sql volatile
       set search_path = pg_catalog, pg_temp
     as $f$ select '${day} 09:00 Europe/Oslo'::timestamptz $f$`,
  );
}

/** The app hands over an honorarium for that day. */
async function drive(people: People, day: string): Promise<void> {
  const claim = {
    id: '0b0e4a52-7a54-4a5b-8e0f-3f6d3c1f0011',
    reference: 'HLF-2026-00140',
    kind: 'driver_honorarium',
    claimant: { id: 'driver-1', name: 'Kari Eksempel' },
    currency: 'NOK',
    total: '800.00',
    lines: [{ type: 'driver_honorarium', date: day, amount: '800.00' }],
  };
  await putClaim(people, claim);
}

/** The next version of the declaration is to be in force from that day on. */
async function publish({ database: { pool }, organisationId }: People, day: string): Promise<void> {
  await pool.query(
    `with draft as materialized (
       select t.* from accounting.put_declaration_template(
         $1, 'nb', 'Jeg, {{driver_name}}, og så videre.', 'tick_box', 'organisation_admin-1'
       ) as t
     )
     select accounting.sign_off_template(
         $1, id, version, body_sha256, 'tick_box', 'styresak 31/2026', 'organisation_admin-1'
       )
       from draft`,
    [organisationId],
  );
  await pool.query(
    `select accounting.publish_template($1, id, version, $2, 'organisation_admin-1')
       from accounting.declaration_templates where organisation_id = $1 and state = 'signed_off'`,
    [organisationId, day],
  );
}
