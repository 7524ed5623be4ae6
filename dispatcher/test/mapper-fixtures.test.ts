/** Each mapper line by line: the fixtures in the adapters' folders. */
import t from 'tap';

import { wireLine } from '../adapters/business-central/envelope.ts';
import { planOf } from '../adapters/business-central/plan.ts';
import { readSettings } from '../adapters/business-central/settings.ts';
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

await t.test('Business Central', (t) => checkFixtures(t, 'business-central', ofBusinessCentral));
await t.test('Xledger', (t) => checkFixtures(t, 'xledger', ofXledger));

t.end();
