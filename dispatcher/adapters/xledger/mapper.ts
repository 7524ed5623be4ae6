/**
 * Frozen claims to Xledger's GL import items: one voucher per claim, one item per line and one for
 * what is owed to the claimant. Pure: the same input and batch key give the same bytes.
 */
import { fromMinorUnits } from '../amount.ts';
import type { FrozenInput } from '../adapter.ts';
import { claimEntries } from '../entries.ts';
import type { Entry } from '../entries.ts';
import { UnmappableError } from '../unmappable-error.ts';
import { xledgerSettingsSchema } from './settings.ts';

/** The versions that are carried here, the newest last: a run keeps the one that it was made with. */
export const XLEDGER_MAPPER_VERSIONS: readonly string[] = ['xledger/1', 'xledger/2'];

/** The fields of a GL import item that a mapping's dimensions may name (Xledger contract 3.3). */
export const DIMENSION_FIELDS = [
  'project',
  'glObject1',
  'glObject2',
  'glObject3',
  'glObject4',
  'glObject5',
  'xgl',
  'subledger',
] as const;

export type DimensionField = (typeof DIMENSION_FIELDS)[number];

/** A reference to something that Xledger knows by its code. */
export interface CodeReference {
  readonly code: string;
}

/** One GL import item as sent (Xledger contract 8.1). Amounts are strings with two decimals. */
export type GlImportNode = {
  readonly trRegNumber: number;
  /** YYYY-MM-DD */
  readonly postedDate: string;
  readonly transactionSource: CodeReference;
  readonly jobLevel: { readonly dbSubId: number };
  readonly owner?: CodeReference;
  readonly account: CodeReference;
  readonly taxRule?: CodeReference;
  readonly currency: CodeReference;
  readonly amount: string;
  readonly invoiceAmount: string;
  readonly text: string;
  readonly extIdentifier: string;
  readonly extOrderNumber: string;
} & { readonly [field in DimensionField]?: CodeReference };

/** An item and the name under which its answer comes back. */
export interface GlImportInput {
  readonly clientId: string;
  readonly node: GlImportNode;
}

/** What one claim becomes; its items sum to zero. */
export interface Voucher {
  readonly claimId: string;
  readonly reference: string;
  readonly inputs: readonly GlImportInput[];
}

/** Xledger takes at most 500 nodes in one mass mutation (Xledger contract 3.1). */
export const MAX_NODES = 500;

const MAX_INT32 = 2 ** 31 - 1;
/** More claims than a run can hold, so that the numbers of one run follow each other. */
const NUMBERS_PER_RUN = 1000;

/**
 * Makes the voucher of one claim.
 *
 * @param input the run's frozen input; `claimId` is one of its claims
 * @param batchKey 64 hex digits; the voucher's number and `extOrderNumber` come from it
 * @throws UnmappableError if the settings, the mapping or the sums don't allow a voucher
 * @throws Error for another mapper's input
 */
export function mapVoucher(input: FrozenInput, batchKey: string, claimId: string): Voucher {
  if (!XLEDGER_MAPPER_VERSIONS.includes(input.mapper_version)) {
    throw new Error(`no mapper ${input.mapper_version} for Xledger`);
  }
  const position = input.claims.findIndex((claim) => claim.claim_id === claimId);
  const claim = input.claims[position];
  if (claim === undefined) throw new RangeError(`no claim ${claimId} in the input`);
  const settings = xledgerSettingsSchema.safeParse(input.settings);
  if (!settings.success) {
    const paths = settings.error.issues.map((issue) => issue.path.join('.') || issue.code);
    throw new UnmappableError(`settings are not valid: ${paths.join(', ')}`);
  }
  const entries = claimEntries(input, claim, {
    liabilityAccount: settings.data.liability_account,
    currency: settings.data.currency,
  });
  if (entries.length > MAX_NODES) {
    throw new UnmappableError(`${claim.reference} has ${entries.length} items, over ${MAX_NODES}`);
  }
  const common = {
    trRegNumber: voucherNumber(batchKey, position),
    postedDate: input.posting_date,
    transactionSource: { code: settings.data.transaction_source },
    jobLevel: { dbSubId: settings.data.job_level_sub_id },
    ...(settings.data.owner_code === undefined
      ? {}
      : { owner: { code: settings.data.owner_code } }),
    currency: { code: claim.currency },
    extIdentifier: claim.reference,
    extOrderNumber: batchKey.slice(0, 20).toUpperCase(),
  };
  const inputs = entries.map((entry, index) => ({
    // A: free text is taken as a clientId (Xledger contract 8.1).
    clientId: `${claim.reference}/${index + 1}`,
    node: { ...common, ...itemOf(entry, claim.reference) },
  }));
  return { claimId, reference: claim.reference, inputs };
}

/**
 * The `trRegNumber` of a run's first claim; those of the others follow it without gaps. The first 8
 * hex digits of the batch key modulo 2147482647, plus 1, so that all of a run's numbers are positive
 * int32 (A: Xledger contract 8.1).
 *
 * Two runs whose first numbers are less than 1000 apart may share numbers, and their claims would
 * share vouchers while both wait for import: whoever chooses batch keys can tell by this.
 *
 * @param batchKey 64 hex digits
 * @throws RangeError if it isn't
 */
export function firstVoucherNumber(batchKey: string): number {
  if (!/^[0-9a-f]{64}$/i.test(batchKey)) throw new RangeError('the batch key is not 64 hex digits');
  return (Number.parseInt(batchKey.slice(0, 8), 16) % (MAX_INT32 - NUMBERS_PER_RUN)) + 1;
}

/**
 * Splits vouchers into requests of at most {@link MAX_NODES} nodes, never within a voucher.
 *
 * @returns the vouchers in their order
 */
export function planEnvelopes(vouchers: readonly Voucher[]): readonly (readonly Voucher[])[] {
  const envelopes: Voucher[][] = [];
  let nodes = 0;
  for (const voucher of vouchers) {
    const last = envelopes.at(-1);
    if (last === undefined || nodes + voucher.inputs.length > MAX_NODES) {
      envelopes.push([voucher]);
      nodes = voucher.inputs.length;
    } else {
      last.push(voucher);
      nodes += voucher.inputs.length;
    }
  }
  return envelopes;
}

/** Both sums are the same: a claim is posted in the entity's own currency only. */
function itemOf({ account, taxCode, dimensions, amountMinor, text }: Entry, reference: string) {
  const amount = fromMinorUnits(amountMinor);
  const codes: { [field in DimensionField]?: CodeReference } = {};
  for (const [field, code] of Object.entries(dimensions)) {
    if (!isDimensionField(field)) {
      throw new UnmappableError(`${reference}: Xledger has no dimension ${field}`);
    }
    codes[field] = { code };
  }
  return {
    account: { code: account },
    ...(taxCode === null ? {} : { taxRule: { code: taxCode } }),
    ...codes,
    amount,
    invoiceAmount: amount,
    text,
  };
}

function isDimensionField(field: string): field is DimensionField {
  return (DIMENSION_FIELDS as readonly string[]).includes(field);
}

/**
 * The number that ties a voucher's items together: `trRegNumber`, fixed by the claim's place, from 0,
 * among all claims of the run, whichever are still open.
 */
function voucherNumber(batchKey: string, position: number): number {
  if (position >= NUMBERS_PER_RUN) throw new RangeError('too many claims in one run');
  return firstVoucherNumber(batchKey) + position;
}
