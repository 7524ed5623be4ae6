/**
 * Fixtures of a mapper: frozen claims in, exact records out, one file a case, in the system's folder.
 * Adding a case is adding a file.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { format, resolveConfig } from 'prettier';
import type { Test } from 'tap';
import { z } from 'zod';

import type { Batch, FrozenClaim, FrozenInput } from '../../adapters/adapter.ts';

const schema = z.strictObject({
  /** What the case shows, in a sentence. */
  about: z.string().min(1),
  batchKey: z.string().regex(/^[0-9a-f]{64}$/),
  /** The only claim stands for so many, `{n}` in its id and reference for 001, 002, … */
  repeat: z.int().max(999).optional(),
  /** The claims to send, by their place from 1, in this order; left out, all of them. */
  open: z.array(z.int()).optional(),
  /** Of many claims those whose records are shown, by their place from 1. */
  show: z.array(z.int()).optional(),
  /** As the database freezes it. */
  input: z.custom<FrozenInput>((value) => typeof value === 'object'),
  /** By reference. */
  expected: z.unknown(),
});

/** What the open claims of a batch come to, by reference: their records, or why there are none. */
export type Records = Readonly<Record<string, unknown>>;

/**
 * Checks every fixture of a folder under `dispatcher/adapters/`, each as a test of its own.
 *
 * With `UPDATE_FIXTURES=1` what comes out is written into the files instead, and the tests fail: look
 * at the difference, and run them again without it.
 *
 * @param folder such as `xledger`
 * @param recordsOf the mapper, to the bodies that are sent
 */
export async function checkFixtures(
  t: Test,
  folder: string,
  recordsOf: (batch: Batch) => Records,
): Promise<void> {
  const at = fileURLToPath(new URL(`../../adapters/${folder}/fixtures/`, import.meta.url));
  const names = (await readdir(at)).filter((name) => name.endsWith('.json'));
  t.ok(names.length > 0, `there are fixtures of ${folder}`);
  for (const name of names) {
    const file = path.join(at, name);
    const fixture = schema.parse(JSON.parse(await readFile(file, 'utf8')));
    const batch = batchOf(fixture);
    const all = recordsOf(batch);
    const shown = fixture.show?.map((place) => batch.input.claims[place - 1]?.reference ?? '');
    const records = Object.fromEntries(
      Object.entries(all).filter(([reference]) => shown?.includes(reference) ?? true),
    );
    if (process.env['UPDATE_FIXTURES'] === '1') {
      await update(file, { ...fixture, expected: records });
      t.fail(`${name} was written: look at what changed`);
      continue;
    }
    // As JSON: what leaves is text, in which 1 and -0 and the order of keys are to be the same.
    t.equal(pretty(records), pretty(fixture.expected), `${name}: ${fixture.about}`);
    t.equal(
      Object.keys(all).length,
      batch.openClaimIds.length,
      `${name}: every open claim is there`,
    );
  }
}

function batchOf(fixture: z.output<typeof schema>): Batch {
  const input = repeated(fixture.input, fixture.repeat);
  const ids = input.claims.map(({ claim_id: id }) => id);
  return {
    organisationId: input.organisation.id,
    runId: '00000000-0000-4000-8000-0000000000aa',
    attemptNo: 1,
    search: 'run',
    batchKey: fixture.batchKey,
    endpoint: 'https://ledger.example/',
    input,
    openClaimIds: fixture.open?.map((place) => ids[place - 1] ?? '') ?? ids,
    knownExternalIds: [],
    voidedExternalIds: [],
    voidedClaimIds: [],
  };
}

function repeated(input: FrozenInput, times: number | undefined): FrozenInput {
  const [claim] = input.claims;
  if (times === undefined || claim === undefined) return input;
  const claims = Array.from({ length: times }, (_, index): FrozenClaim => {
    const number = (text: string) => text.replace('{n}', String(index + 1).padStart(3, '0'));
    return {
      ...claim,
      claim_id: number(claim.claim_id),
      reference: number(claim.reference),
    };
  });
  return { ...input, claims };
}

async function update(file: string, fixture: object): Promise<void> {
  if (process.env['CI'] !== undefined) throw new Error('fixtures are not written in CI');
  const options = { ...(await resolveConfig(file)), parser: 'json' };
  await writeFile(file, await format(JSON.stringify(fixture), options));
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
