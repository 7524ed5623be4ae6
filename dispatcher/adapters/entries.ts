/**
 * What a claim comes to in any double-entry ledger: an entry for each of its lines, and last what is
 * owed to the claimant. Pure. Which account, dimensions and words is the organisation's data; each
 * system's mapper turns entries into that system's records.
 */
import { z } from 'zod';
import { fromMinorUnits } from './amount.ts';
import type { FrozenClaim, FrozenInput, FrozenLine, FrozenMapping } from './adapter.ts';
import { DEFAULT_LIABILITY_TEXT, DEFAULT_LINE_TEXT, fillIn, fitText, textLength } from './texts.ts';
import { claimAmount, UnmappableError } from './unmappable-error.ts';

/** One entry of a voucher; money in whole øre, debit is positive. */
export interface Entry {
  readonly account: string;
  /** Null: the account's own default. */
  readonly taxCode: string | null;
  /** The system's dimension code to a value. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly amountMinor: number;
  /** As the template says, made to fit the system's field; the first mapper's is as it comes. */
  readonly text: string;
}

/** What a system's own settings say. */
export interface Booking {
  /** The account that a claim's sum is credited to, where its kind has none of its own. */
  readonly liabilityAccount: string;
  /** The only one that can be booked. */
  readonly currency: string;
}

const codes = z.record(z.string(), z.string());

/** The settings that every mapper reads; the database checks them when they are written. */
export const mappingSettings = {
  line_text: z.string().min(1).default(DEFAULT_LINE_TEXT),
  liability_text: z.string().min(1).default(DEFAULT_LIABILITY_TEXT),
  /** Of the claims' lines, where their mapping doesn't name the same dimension. */
  line_dimensions: codes.default({}),
  liability_dimensions: codes.default({}),
  /** What is different for a kind of claim. */
  kinds: z
    .record(
      z.string(),
      z.object({
        label: z.string().min(1).optional(),
        liability_account: z.string().min(1).optional(),
      }),
    )
    .default({}),
};

const schema = z.object(mappingSettings);
type Rules = z.output<typeof schema>;

const FIRST_RULES = schema.parse({});

/** They know neither templates nor labels nor kinds; what came after does. */
const FIRST_MAPPERS: readonly string[] = ['business_central/1', 'xledger/1'];

/** The generation of the mapper that an input was frozen for: 2 of `business_central/2`. */
export function generationOf({ mapper_version: version }: Pick<FrozenInput, 'mapper_version'>) {
  return FIRST_MAPPERS.includes(version) ? 1 : 2;
}

/**
 * The entries of a claim, in the order of its lines; they sum to zero.
 *
 * @throws UnmappableError if the currency, a mapping, the settings or the sums don't allow it
 */
export function claimEntries(
  input: FrozenInput,
  claim: FrozenClaim,
  { liabilityAccount, currency }: Booking,
): readonly Entry[] {
  const { reference } = claim;
  if (claim.currency !== currency) {
    throw new UnmappableError(`${reference} is in ${claim.currency}, not in ${currency}`);
  }
  const rules = rulesOf(input);
  let sum = 0;
  const entries = claim.lines.map((line): Entry => {
    const amountMinor = claimAmount(line.amount, reference);
    sum += amountMinor;
    const mapping = mappingOf(input, claim, line.type);
    return {
      account: mapping.account,
      taxCode: mapping.tax_code,
      dimensions: { ...rules.line_dimensions, ...mapping.dimensions },
      amountMinor,
      text: lineText(input, claim, line, rules),
    };
  });
  if (sum !== claimAmount(claim.total, reference)) {
    const lines = fromMinorUnits(sum);
    throw new UnmappableError(`${reference}: lines sum to ${lines}, total is ${claim.total}`);
  }
  entries.push({
    account: ownOf(rules.kinds, claim.kind)?.liability_account ?? liabilityAccount,
    taxCode: null,
    dimensions: rules.liability_dimensions,
    // Zero has no sign: 0 - 0, for -0 would be another text.
    amountMinor: 0 - sum,
    text: fitted(input, claim, fillIn(rules.liability_text, wordsOf(input, claim, rules))),
  });
  return entries;
}

/**
 * The texts that hold claimants' own words, as they are sent: what a remote may say back. Of what can't
 * be mapped, nothing is sent.
 */
export function sentWords(input: FrozenInput): readonly string[] {
  return input.claims.flatMap((claim) => {
    try {
      const rules = rulesOf(input);
      return claim.lines
        .filter(({ text }) => text !== null && rules.line_text.includes('{text}'))
        .map((line) => lineText(input, claim, line, rules));
    } catch (error) {
      if (error instanceof UnmappableError) return [];
      throw error;
    }
  });
}

function rulesOf(input: FrozenInput): Rules {
  if (generationOf(input) === 1) return FIRST_RULES;
  const parsed = schema.safeParse(input.settings);
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => issue.path.join('.'));
  throw new UnmappableError(`settings are not valid: ${paths.join(', ')}`);
}

/** Where a type is booked for the claim's kind: what the kind names takes the mapping's place. */
function mappingOf(input: FrozenInput, claim: FrozenClaim, type: string): FrozenMapping {
  const mapping = ownOf(input.mappings, type);
  if (mapping === undefined) {
    throw new UnmappableError(`${claim.reference}: no mapping for ${type}`);
  }
  if (generationOf(input) === 1) {
    const { account, tax_code, dimensions } = mapping;
    return { account, tax_code, dimensions };
  }
  return { ...mapping, ...ownOf(mapping.by_kind ?? {}, claim.kind) };
}

function lineText(input: FrozenInput, claim: FrozenClaim, line: FrozenLine, rules: Rules): string {
  const words = {
    ...wordsOf(input, claim, rules),
    type: mappingOf(input, claim, line.type).label ?? line.type,
    date: line.date,
    // 2.000 kilometres are 2, 12.500 are 12.5.
    quantity: (line.quantity ?? '').replace(/\.0+$|(\.\d*[1-9])0+$/, '$1'),
    text: line.text ?? '',
  };
  return fitted(input, claim, fillIn(rules.line_text, words));
}

/** An empty text would be filled in from the line before (Business Central contract 2.4). */
function fitted(input: FrozenInput, { reference }: FrozenClaim, text: string): string {
  if (generationOf(input) === 1) return text;
  return fitText(text, textLength(input.system)) || reference;
}

function wordsOf(input: FrozenInput, claim: FrozenClaim, rules: Rules) {
  return {
    reference: claim.reference,
    claimant_name: claim.claimant_name,
    kind: ownOf(rules.kinds, claim.kind)?.label ?? claim.kind,
    organisation: input.organisation.name,
  };
}

/** A type may be called `constructor`, which every object has. */
function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
