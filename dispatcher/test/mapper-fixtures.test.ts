/** Each mapper line by line: the fixtures in the adapters' folders. */
import t from 'tap';

import { wireLine } from '../adapters/business-central/envelope.ts';
import { planOf } from '../adapters/business-central/plan.ts';
import { readSettings } from '../adapters/business-central/settings.ts';
import { produceFile } from '../adapters/file/produce.ts';
import { openClaims } from '../adapters/xledger/open-claims.ts';
import type { Batch } from '../adapters/adapter.ts';
import { checkFixtures, type Records } from './support/mapper-fixtures.ts';

/** The bodies of the journal lines, and the dimensions that are set after them. */
function ofBusinessCentral(batch: Batch): Records {
  const settings = readSettings(batch.input.settings);
  if (typeof settings === 'string') throw new Error(settings);
  const { open, unmapped } = planOf(batch, settings);
  return Object.fromEntries([
    ...open.map(({ documentNumber, lines }) => [
      documentNumber,
      lines.map((line) => ({ body: wireLine(line), dimensions: line.dimensions })),
    ]),
    ...unmapped.map(({ documentNumber, reason }) => [documentNumber, { unmapped: reason }]),
  ]) as Records;
}

/** The inputs of the mutation. */
function ofXledger(batch: Batch): Records {
  return Object.fromEntries(
    openClaims(batch).map(({ reference, voucher, reason }) => [
      reference,
      voucher?.inputs ?? { unmapped: reason },
    ]),
  );
}

/** The file's lines that bear a claim's reference; of JSON its voucher. */
function ofFile({ input, batchKey, openClaimIds }: Batch): Records {
  const { file, vouchers, refused } = produceFile(input, batchKey, openClaimIds);
  const lines = file?.content.split('\r\n') ?? [];
  const json = file?.format === 'json' ? (JSON.parse(file.content) as JsonFile).vouchers : [];
  const reasons = input.claims.flatMap(({ claim_id: id, reference }) => {
    const unmapped = refused.get(id);
    return unmapped === undefined ? [] : [[reference, { unmapped }] as const];
  });
  return Object.fromEntries([
    ...vouchers.map(({ reference }) => [
      reference,
      json.find((voucher) => voucher.reference === reference) ??
        lines.filter((line) => line.split(/[,;]/).includes(reference)),
    ]),
    ...reasons,
  ]) as Records;
}

interface JsonFile {
  readonly vouchers: readonly { readonly reference: string }[];
}

await t.test('Business Central', (t) => checkFixtures(t, 'business-central', ofBusinessCentral));
await t.test('Xledger', (t) => checkFixtures(t, 'xledger', ofXledger));
await t.test('File', (t) => checkFixtures(t, 'file', ofFile));

t.end();
