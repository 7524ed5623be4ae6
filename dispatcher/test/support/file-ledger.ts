/**
 * What stands for a ledger where files are written: accounting.export_files of a real database. A
 * claim is booked as often as a whole voucher of it is in the files that are stored there.
 */
import { randomUUID } from 'node:crypto';

import { parse } from 'csv-parse/sync';

import type { Adapter, AttemptResult, Batch, FileLookUp } from '../../adapters/adapter.ts';
import { toMinorUnits } from '../../adapters/amount.ts';
import { createTestDatabase, type Teardown } from './database.ts';

/** Makes the run that a batch would be of, in the state of an attempt under way. */
const MAKE_RUN = `
with organisation as (
  insert into accounting.organisations (id, name, organisation_number, reference_prefix)
  select $1, 'Kit', n::text, 'K' || $7::integer
  from generate_series(100000000 + 100 * $7::integer, 100000099 + 100 * $7::integer) as n
  where accounting.is_organisation_number(n::text)
  limit 1
  on conflict (id) do nothing
), integration as (
  insert into accounting.integrations (organisation_id, system, endpoint, credential_ref, settings)
  values ($1, 'file', null, null, $5::jsonb -> 'settings')
  on conflict do nothing
), run as (
  insert into accounting.export_requests (
    organisation_id, run_id, claim_ids, state, request_key, batch_key, system, frozen_input,
    input_sha256, mapper_version, attempt_no, next_attempt_at, lease_id, lease_expires_at, leased_by,
    requested_by
  )
  values (
    $1, $2::uuid, $4, 'sending', $2::uuid::text, $3, 'file', $5, accounting.sha256_text($5::jsonb::text), $6, 1, null,
    $2::uuid, now() + interval '1 hour', 'kit', 'kit'
  )
)
insert into accounting.claim_reservations (organisation_id, run_id, claim_id, verdict)
select $1, $2::uuid, c.id, 'exportable'
from unnest($4::uuid[]) as c (id)
on conflict do nothing`;

/** As record_results calls it; the last argument says whether the attempt still carries the run. */
const STORE = `
select accounting.as_file_stored(
  jsonb_build_object(
    'organisation_id', e.organisation_id, 'run_id', e.run_id, 'kind', 'attempt', 'attempt_no', 1,
    'lease_id', e.lease_id, 'actor', 'kit', 'mapper_version', e.mapper_version
  ),
  e, $3, $4
) as item
from accounting.export_requests as e
where e.organisation_id = $1
  and e.run_id = $2`;

interface StoredItem {
  readonly outcome: AttemptResult['outcome'];
  readonly error_message: string | null;
  readonly external_ids: AttemptResult['externalIds'];
  readonly wire_sha256: string | null;
}

export interface FileLedger {
  /** The adapter, with the database behind it: what it reports is stored, or refused, there. */
  behind(adapter: Adapter): Adapter;
  /** How many files hold a whole, balanced voucher of a reference. */
  effects(reference: string): number;
  /** The hashes of all files. */
  wireHashes(): readonly string[];
  /** Whether attempts still carry their run; false: their lease has ended. */
  carries: boolean;
  /** As after a restore: the next attempt under a known key is of another run. */
  forgetRuns(): void;
  /** From here on another organisation, with no file. */
  reset(): void;
}

/** A ledger in a database of its own. */
export async function startFileLedger(t: Teardown): Promise<FileLedger> {
  const { pool } = await createTestDatabase(t);
  let count = 0;
  let organisationId = randomUUID();
  let runs = new Map<string, string>();
  let books = new Map<string, number>();
  let hashes: string[] = [];

  async function runOf({ batchKey, input }: Batch): Promise<string> {
    const known = runs.get(batchKey);
    if (known !== undefined) return known;
    const runId = randomUUID();
    const ids = input.claims.map(({ claim_id: id }) => id);
    const { mapper_version: mapper } = input;
    const values = [organisationId, runId, batchKey, ids, JSON.stringify(input), mapper, count];
    await pool.query(MAKE_RUN, values);
    runs.set(batchKey, runId);
    return runId;
  }

  async function store(result: AttemptResult, runId: string): Promise<AttemptResult> {
    const { file, outcome, claimIds, externalIds, wireSha256, errorMessage, ...rest } = result;
    const item = {
      outcome,
      claim_ids: claimIds,
      external_ids: externalIds,
      wire_sha256: wireSha256,
      error_message: errorMessage,
      envelope_no: result.envelopeNo,
      ...(file === undefined ? {} : { file: { ...file, other_content: file.otherContent } }),
    };
    const values = [organisationId, runId, JSON.stringify(item), ledger.carries];
    const { rows } = await pool.query<{ item: StoredItem }>(STORE, values);
    const told = rows[0]?.item;
    if (told === undefined) throw new Error('there is no such run');
    return {
      ...rest,
      claimIds,
      outcome: told.outcome,
      errorMessage: told.error_message,
      externalIds: told.external_ids,
      wireSha256: told.wire_sha256,
    };
  }

  async function read(): Promise<void> {
    const { rows } = await pool.query<{ content: string; sha256: string }>(
      `select convert_from(content, 'UTF8') as content, sha256
         from accounting.export_files where organisation_id = $1`,
      [organisationId],
    );
    books = new Map();
    for (const reference of rows.flatMap(({ content }) => wholeVouchers(content))) {
      books.set(reference, (books.get(reference) ?? 0) + 1);
    }
    hashes = rows.map(({ sha256 }) => sha256);
  }

  const ledger: FileLedger = {
    carries: true,
    behind: (adapter) => ({
      ...adapter,
      submit: (batch, context, report) =>
        adapter.submit(batch, context, async (results) => {
          const runId = await runOf(batch);
          const told: AttemptResult[] = [];
          for (const result of results) told.push(await store(result, runId));
          await read();
          await report(told);
        }),
      async findExisting(batch, context) {
        const runId = batch.search === 'run' ? await runOf(batch) : null;
        const { rows } = await pool.query<{ files: FileLookUp }>(
          'select accounting.file_look_up($1, $2, $3, $4) as files',
          [organisationId, runId, batch.batchKey, batch.openClaimIds],
        );
        const files = rows[0]?.files;
        return adapter.findExisting(files === undefined ? batch : { ...batch, files }, context);
      },
    }),
    effects: (reference) => books.get(reference) ?? 0,
    wireHashes: () => hashes,
    forgetRuns: () => {
      runs = new Map();
    },
    reset: () => {
      count += 1;
      organisationId = randomUUID();
      runs = new Map();
      books = new Map();
      hashes = [];
      ledger.carries = true;
    },
  };
  return ledger;
}

/** The references whose lines in a general CSV sum to zero, the liability line among them. */
function wholeVouchers(content: string): string[] {
  const rows = parse(content, { columns: true }) as readonly Readonly<Record<string, string>>[];
  const sums = new Map<string, number>();
  for (const { Reference: reference = '', Debit: debit, Credit: credit } of rows) {
    const amount = toMinorUnits(debit || '0') - toMinorUnits(credit || '0');
    sums.set(reference, (sums.get(reference) ?? 0) + amount);
  }
  return [...sums]
    .filter(([one, sum]) => {
      const isClosed = rows.some(
        ({ Reference, Type }) => Reference === one && Type === 'liability',
      );
      return sum === 0 && isClosed;
    })
    .map(([reference]) => reference);
}
