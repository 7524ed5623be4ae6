/** A frozen input for files, as the guard would freeze it. */
import type { FrozenClaim, FrozenInput } from '../../adapters/adapter.ts';

export const BATCH_KEY = '4a626e17a66f7e29c59aa03f2d2c01f5289ee380a9c49922a027063656ca5e24';

/** The id of claim `no`. */
export function fileClaimId(no: number): string {
  return `0b0e4a52-7a54-4a5b-8e0f-${String(no).padStart(12, '0')}`;
}

/** A claim of a mileage line of 100.90 and a toll line that takes 12.50 back. */
export function fileClaim(no: number, changes: Partial<FrozenClaim> = {}): FrozenClaim {
  const line = { date: '2026-03-01', quantity: null, text: 'to the doctor' };
  return {
    claim_id: fileClaimId(no),
    reference: `BF-2026-${String(no).padStart(5, '0')}`,
    kind: 'travel_expense',
    claimant_id: 'person-1',
    claimant_name: 'Kari Eksempel',
    currency: 'NOK',
    total: '88.40',
    lines: [
      { ...line, line_no: 1, type: 'mileage', amount: '100.90' },
      { ...line, line_no: 2, type: 'toll', amount: '-12.50' },
    ],
    ...changes,
  };
}

/** An input with these claims and settings. */
export function fileInput(
  claims: readonly FrozenClaim[] = [fileClaim(1)],
  settings: Readonly<Record<string, unknown>> = {},
): FrozenInput {
  return {
    version: 1,
    system: 'file',
    mapper_version: 'file/1',
    organisation: {
      id: '6f1d6e0c-5a0e-4c1e-9d55-1f0f6a3d1a02',
      name: 'Blindeforbundet',
      prefix: 'BF',
    },
    settings: { format: 'csv', liability_account: '2910', ...settings },
    posting_date: '2026-03-02',
    mappings: {
      mileage: {
        account: '7100',
        tax_code: null,
        dimensions: { project: '100', glObject1: '10' },
      },
      toll: { account: '7140', tax_code: '0', dimensions: {} },
    },
    claims,
  };
}
