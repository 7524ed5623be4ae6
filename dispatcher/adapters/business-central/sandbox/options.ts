/** What a Business Central sandbox is started with, and the defaults (contract 7.0). */
import { createHash } from 'node:crypto';
import { z } from 'zod';

export interface AccountOptions {
  readonly number: string;
  readonly displayName?: string;
  readonly blocked?: boolean;
  readonly directPosting?: boolean;
  /** Default `Posting`; the others of `G/L Account Type` can't be posted to. */
  readonly accountType?: AccountType;
}

/** As the API writes them, without encoding (Microsoft's page on account). */
export const GL_ACCOUNT_TYPES = [
  'Posting',
  'Heading',
  'Total',
  'Begin-Total',
  'End-Total',
] as const;
export type AccountType = (typeof GL_ACCOUNT_TYPES)[number];

export interface DimensionOptions {
  readonly code: string;
  readonly displayName?: string;
  /** The codes of its values. */
  readonly values: readonly string[];
}

/** One company, and how its General journal template is set up. */
export interface CompanyOptions {
  readonly id?: string;
  readonly name?: string;
  /** The first General template that isn't recurring; journals belong to it unless they say other. */
  readonly template?: string;
  readonly otherTemplates?: readonly string[];
  /** G/L accounts, as numbers or in full. */
  readonly accounts?: readonly (string | AccountOptions)[];
  readonly bankAccounts?: readonly string[];
  readonly dimensions?: readonly DimensionOptions[];
  /** Codes of VAT product posting groups. */
  readonly taxGroups?: readonly string[];
  /** After posting, a journal whose code holds a number is replaced by the next one. */
  readonly incrementBatchName?: boolean;
  /** The next number of the series for documents; null: none, posting leaves a blank line. */
  readonly noSeries?: string | null;
  /** The next number of the series that replaces document numbers when posting; null: none. */
  readonly postingNoSeries?: string | null;
  /** Posting dates before this one (YYYY-MM-DD) are refused when posting. */
  readonly allowedFrom?: string | null;
  /** Posting dates after this one (YYYY-MM-DD) are refused when posting. */
  readonly allowedTo?: string | null;
}

export interface ClientOptions {
  readonly client_id: string;
  readonly client_secret: string;
}

/** The shape of {@link RateLimit}. */
export const rateLimitSchema = z.nullable(
  z.strictObject({
    max_requests: z.int().min(0),
    window_ms: z.int().min(1),
    /** Business Central promises no such header with 429 (contract 2.6); null: none is sent. */
    retry_after: z.string().nullable().default(null),
  }),
);

/** More API requests than `max_requests` within a sliding window are answered with 429. */
export type RateLimit = NonNullable<z.input<typeof rateLimitSchema>>;

export interface Account {
  readonly id: string;
  readonly number: string;
  readonly displayName: string;
  readonly blocked: boolean;
  readonly directPosting: boolean;
  readonly accountType: AccountType;
}

export interface DimensionValue {
  readonly id: string;
  readonly code: string;
  readonly displayName: string;
}

export interface Dimension {
  readonly id: string;
  readonly code: string;
  readonly displayName: string;
  readonly values: readonly DimensionValue[];
}

/** {@link CompanyOptions} with all defaults filled in. */
export interface CompanySettings {
  readonly id: string;
  readonly name: string;
  readonly templates: readonly [string, ...string[]];
  readonly accounts: readonly Account[];
  readonly bankAccounts: readonly Account[];
  readonly dimensions: readonly Dimension[];
  readonly taxGroups: readonly { readonly id: string; readonly code: string }[];
  readonly incrementBatchName: boolean;
  readonly noSeries: string | null;
  readonly postingNoSeries: string | null;
  readonly allowedFrom: string | null;
  readonly allowedTo: string | null;
}

/** The id of the company that a sandbox holds unless told otherwise. */
export const DEFAULT_COMPANY_ID = 'a0a0a0a0-0000-4000-8000-000000000001';

/** The client that may ask for tokens unless told otherwise. */
export const DEFAULT_CLIENT: ClientOptions = {
  client_id: '00000000-0000-4000-8000-00000000c11e',
  client_secret: 'business-central-sandbox-secret',
};

const DEFAULT_ACCOUNTS: readonly AccountOptions[] = [
  { number: '1570', displayName: 'Travel advances' },
  { number: '2400', displayName: 'Accounts payable' },
  { number: '2910', displayName: 'Owed to volunteers' },
  { number: '2911', displayName: 'Owed to drivers' },
  { number: '5330', displayName: 'Honoraria, reportable' },
  { number: '7100', displayName: 'Mileage allowance' },
  { number: '7130', displayName: 'Travel expenses' },
  { number: '7140', displayName: 'Travel expenses, not reportable' },
  { number: '7150', displayName: 'Subsistence allowance' },
  { number: '7160', displayName: 'Subsistence allowance, not reportable' },
  { number: '7799', displayName: 'Other expenses' },
];

const DEFAULT_DIMENSIONS: readonly DimensionOptions[] = [
  { code: 'AVDELING', displayName: 'Avdeling', values: ['100', '200', '300'] },
  { code: 'PROSJEKT', displayName: 'Prosjekt', values: ['1000', '2000'] },
];

const DEFAULT_TAX_GROUPS = ['INGEN', 'INNG25', 'INNG15', 'INNG12'];

/** Fills in the defaults; ids that aren't given are the same in every start. */
export function companySettings(options: CompanyOptions): CompanySettings {
  const id = (options.id ?? DEFAULT_COMPANY_ID).toLowerCase();
  const account = (kind: string) => (given: string | AccountOptions) => {
    const full = typeof given === 'string' ? { number: given } : given;
    return {
      id: stableId(id, kind, full.number),
      number: full.number,
      displayName: full.displayName ?? full.number,
      blocked: full.blocked ?? false,
      directPosting: full.directPosting ?? true,
      accountType: full.accountType ?? ('Posting' as const),
    };
  };
  return {
    id,
    name: options.name ?? 'HLF',
    templates: [options.template ?? 'GENERAL', ...(options.otherTemplates ?? [])],
    accounts: (options.accounts ?? DEFAULT_ACCOUNTS).map(account('account')),
    bankAccounts: (options.bankAccounts ?? []).map(account('bank account')),
    dimensions: (options.dimensions ?? DEFAULT_DIMENSIONS).map((dimension) => ({
      id: stableId(id, 'dimension', dimension.code),
      code: dimension.code,
      displayName: dimension.displayName ?? dimension.code,
      values: dimension.values.map((code) => ({
        id: stableId(id, 'value', dimension.code, code),
        code,
        displayName: `${dimension.code} ${code}`,
      })),
    })),
    taxGroups: (options.taxGroups ?? DEFAULT_TAX_GROUPS).map((code) => ({
      id: stableId(id, 'tax group', code),
      code,
    })),
    incrementBatchName: options.incrementBatchName ?? false,
    noSeries: options.noSeries ?? null,
    postingNoSeries: options.postingNoSeries ?? null,
    allowedFrom: options.allowedFrom ?? null,
    allowedTo: options.allowedTo ?? null,
  };
}

function stableId(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const third = `4${hex.slice(13, 16)}`;
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    third,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
