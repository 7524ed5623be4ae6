/** Whoever a person is and whatever was written: erased, it is nowhere, and the trail verifies. */
import { randomUUID } from 'node:crypto';

import fc from 'fast-check';
import t from 'tap';

import { createTestDatabase } from './support/database.ts';
import { placesOf } from './support/marks.ts';

t.setTimeout(600_000); // Everything that the database holds is read again and again.

const systems = {
  xledger: {
    id: '00000000-0000-4000-8000-000000000001',
    number: '123456785',
    integration: {
      system: 'xledger',
      endpoint: 'https://ledger.example/graphql',
      credential_ref: 'ledger',
      settings: { liability_account: '2910', line_text: '{text} {reference}' },
    },
  },
  file: {
    id: '00000000-0000-4000-8000-000000000002',
    number: '987654325',
    integration: { system: 'file', settings: { format: 'csv', liability_account: '2910' } },
  },
} as const;

// What is known by its first letters is looked for whole: quotes, commas, what JSON and CSV escape.
const marked = (prefix: string) =>
  fc
    .tuple(
      fc.stringMatching(/^[a-z]{8}$/),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.constantFrom('', '"', "'", ', ', '\\', '; =1+1', ' Ærlig'),
    )
    .map(([letters, any, last]) => `${prefix}${letters}${any}${last}x`)
    .filter((text) => text.isWellFormed() && !/\p{Cc}/u.test(text));

const people = fc.record({
  id: marked('sub'),
  name: marked('Zq'),
  text: marked('wrote'),
  system: fc.constantFrom('xledger' as const, 'file' as const),
});

await t.test('nothing of whom was erased is left, and all of the others is', async (t) => {
  const { pool } = await createTestDatabase(t);
  for (const { id, number, integration } of Object.values(systems)) {
    await pool.query('select * from accounting.apply_organisation($1)', [
      JSON.stringify({
        organisation: {
          id,
          name: `Organisation ${id.slice(-1)}`,
          organisation_number: number,
          reference_prefix: `O${id.slice(-1)}`,
          retention_months: 0,
        },
        integrations: [{ ...integration, max_concurrency: 50 }],
        mappings: { mileage: { account: '7100' } },
      }),
    ]);
  }

  async function put(organisationId: string, person: { id: string; name: string; text: string }) {
    const id = randomUUID();
    const claim = {
      id,
      reference: `O-${id.slice(0, 13).toUpperCase()}`,
      kind: 'travel_expense',
      claimant: { id: person.id, name: person.name },
      currency: 'NOK',
      total: '10.00',
      lines: [{ type: 'mileage', date: '2026-03-02', amount: '10.00', text: person.text }],
    };
    await pool.query('select accounting.put_claims($1, $2)', [
      organisationId,
      JSON.stringify([claim]),
    ]);
    return id;
  }

  /** Exports the claims as a dispatcher would; files name who is in them. */
  async function exportAll(
    system: keyof typeof systems,
    claimIds: readonly string[],
    content: string,
  ): Promise<void> {
    const { id } = systems[system];
    const { rows: made } = await pool.query<{ run_id: string; name: string }>(
      `select r.run_id, 'O2-' || upper(left(r.batch_key, 20)) || '.csv' as name
         from accounting.request_export($1, $2, 'app-1') as r`,
      [id, claimIds],
    );
    const { run_id: runId, name } = made[0] ?? { run_id: '', name: '' };
    const { rows: leased } = await pool.query<{ run_id: string; lease_id: string }>(
      `select run_id, lease_id from accounting.lease_runs('a-test', 100)`,
    );
    const leaseId = leased.find((one) => one.run_id === runId)?.lease_id;
    await pool.query('select accounting.start_attempt($1, $2, $3)', [id, runId, leaseId]);
    const file = { name, format: 'csv', content, other_content: JSON.stringify([content]) };
    const row = {
      outcome: 'accepted',
      claim_ids: claimIds,
      http_status: system === 'file' ? null : 200,
      ...(system === 'file' ? { file } : {}),
    };
    await pool.query('select * from accounting.record_results($1)', [
      JSON.stringify([
        {
          organisation_id: id,
          run_id: runId,
          lease_id: leaseId,
          kind: 'attempt',
          attempt_no: 1,
          actor: 'a-test',
          keep_lease_ms: 0,
          rows: [row],
        },
      ]),
    ]);
    if (system !== 'file') return;
    await pool.query(
      `select set_config('request.jwt.claims', '{"sub": "kari"}', true);
       select accounting.confirm_import('${id}', '${runId}', 'vouchers 7 to 9 seen');`,
    );
  }

  let known = 0;
  await fc.assert(
    fc.asyncProperty(people, people, async (person, other) => {
      const { id } = systems[person.system];
      const claims = [await put(id, person), await put(id, other), await put(id, person)];
      const csv = `"${person.name.replaceAll('"', '""')}";"${person.text.replaceAll('"', '""')}"\r\n`;
      await exportAll(person.system, claims, csv);
      const marks = [person.id, person.name, person.text];
      const before = await placesOf(pool, marks);
      known += before.length;

      const { rows } = await pool.query<{ told: { left: unknown[] } }>(
        `select accounting.erase_person($1, $2, 'case 17') as told`,
        [id, person.id],
      );

      const { rows: trail } = await pool.query<{ is_valid: boolean }>(
        'select is_valid from accounting.verify_trail_of($1)',
        [id],
      );
      return (
        before.length >= (person.system === 'file' ? 6 : 4) &&
        rows[0]?.told.left.length === 0 &&
        (await placesOf(pool, marks)).length === 0 &&
        (await placesOf(pool, [other.id, other.name, other.text])).length >= 4 &&
        trail[0]?.is_valid === true
      );
    }),
    { numRuns: 40 },
  );
  t.ok(known > 0, `marks were found in ${String(known)} places before`);
});
