/**
 * Frozen claims to Xledger's GL import items: one voucher per claim, one item per line and one for
 * what is owed to the claimant. Pure: the same input and batch key give the same bytes.
 */
import { fromMinorUnits } from '../amount.ts';
import type { FrozenClaim, FrozenInput, FrozenMapping } from '../adapter.ts';
import { claimAmount, UnmappableError } from '../unmappable-error.ts';
import { xledgerSettingsSchema } from './settings.ts';
import type { XledgerSettings } from './settings.ts';

/** The version that a run is frozen with. */
export const XLEDGER_MAPPER_VERSION = 'xledger/1';

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
 */
export function mapVoucher(input: FrozenInput, batchKey: string, claimId: string): Voucher {
  const position = input.claims.findIndex((claim) => claim.claim_id === claimId);
  const claim = input.claims[position];
  if (claim === undefined) throw new RangeError(`no claim ${claimId} in the input`);
  const settings = xledgerSettingsSchema.safeParse(input.settings);
  if (!settings.success) {
    const paths = settings.error.issues.map((issue) => issue.path.join('.') || issue.code);
    throw new UnmappableError(`settings are not valid: ${paths.join(', ')}`);
  }
  if (claim.currency !== settings.data.currency) {
    throw new UnmappableError(
      `${claim.reference} is in ${claim.currency}, not in ${settings.data.currency}`,
    );
  }
  const items = claimItems(input, claim, settings.data);
  if (items.length > MAX_NODES) {
    throw new UnmappableError(`${claim.reference} has ${items.length} items, over ${MAX_NODES}`);
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
  const inputs = items.map((item, index) => ({
    // A: free text is taken as a clientId (Xledger contract 8.1).
    clientId: `${claim.reference}/${index + 1}`,
    node: { ...common, ...item },
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

type Item = Pick<GlImportNode, 'account' | 'amount' | 'invoiceAmount' | 'text'>;

/** The claim's lines and, last, what is owed for them. */
function claimItems(input: FrozenInput, claim: FrozenClaim, settings: XledgerSettings): Item[] {
  let sum = 0;
  const items = claim.lines.map((line) => {
    const mapping = input.mappings[line.type];
    if (mapping === undefined) throw new UnmappableError(`no mapping for ${line.type}`);
    const minor = claimAmount(line.amount, claim.reference);
    sum += minor;
    return {
      ...references(line.type, mapping),
      ...amounts(minor),
      // The line's own text may hold personal data, and stays with us.
      text: `${line.type} ${line.date} ${claim.reference}`,
    };
  });
  if (sum !== claimAmount(claim.total, claim.reference)) {
    throw new UnmappableError(
      `${claim.reference}: lines sum to ${fromMinorUnits(sum)}, total is ${claim.total}`,
    );
  }
  const liability = {
    account: { code: settings.liability_account },
    ...amounts(-sum),
    text: `${claim.claimant_name} ${claim.reference}`,
  };
  return [...items, liability];
}

function references(type: string, mapping: FrozenMapping) {
  const dimensions: { [field in DimensionField]?: CodeReference } = {};
  for (const [field, code] of Object.entries(mapping.dimensions)) {
    if (!isDimensionField(field)) {
      throw new UnmappableError(`the mapping of ${type} has an unknown dimension: ${field}`);
    }
    dimensions[field] = { code };
  }
  return {
    account: { code: mapping.account },
    ...(mapping.tax_code === null ? {} : { taxRule: { code: mapping.tax_code } }),
    ...dimensions,
  };
}

/** Both sums are the same: a claim is posted in the entity's own currency only. */
function amounts(minor: number) {
  // Zero has no sign: -0 would be written as "0.00" too, but only by luck.
  const decimal = fromMinorUnits(minor === 0 ? 0 : minor);
  return { amount: decimal, invoiceAmount: decimal };
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
