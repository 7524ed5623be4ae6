/**
 * What Xledger's schema says about the fields that we send and read: by introspection, which a
 * public client uses (Xledger contract 3.5).
 */
import { z } from 'zod';
import type { Needs } from '../answer-shape.ts';
import type { CheckReport, Naming } from '../check-report.ts';
import { describeProblem } from './master-data.ts';
import type { MasterData } from './master-data.ts';
import type { XledgerSettings } from './settings.ts';

/** The names of these types are assumed from the one that is known, `AddCompaniesInputNode`. */
const INPUT = 'AddGLImportItemsInputNode';
const READ = ['GLImportItem', 'JournalEntry'] as const;

/** What reading a claim's lines can't do without; the other fields are read where they are. */
const READ_FIELDS = ['dbId', 'extIdentifier', 'amount', 'invoiceAmount'];
/** What each item of ours has. */
const SENT_FIELDS = [
  'trRegNumber',
  'postedDate',
  'transactionSource',
  'jobLevel',
  'account',
  'currency',
  'amount',
  'invoiceAmount',
  'text',
  'extIdentifier',
  'extOrderNumber',
];

const TYPE = 'type{kind name ofType{kind name ofType{kind name ofType{kind name}}}}';
const QUERY =
  'query Check { ' +
  [INPUT, ...READ]
    .map(
      (name) => `${name}: __type(name:"${name}"){ fields{name ${TYPE}} inputFields{name ${TYPE}} }`,
    )
    .join(' ') +
  ' }';

interface WireType {
  readonly kind: string;
  readonly name?: string | null | undefined;
  readonly ofType?: WireType | null | undefined;
}
const wireType: z.ZodType<WireType> = z.lazy(() =>
  z.looseObject({ kind: z.string(), name: z.string().nullish(), ofType: wireType.nullish() }),
);
const fieldSchema = z.looseObject({ name: z.string(), type: wireType });
const typeSchema = z
  .looseObject({
    fields: z.array(fieldSchema).nullish(),
    inputFields: z.array(fieldSchema).nullish(),
  })
  .nullish();

/** Compares the schema with what we send and read, and keeps its shape. One request. */
export async function checkTypes(
  data: MasterData,
  report: CheckReport,
  namings: readonly Naming[],
  settings: XledgerSettings,
): Promise<void> {
  const reply = await data.ask(QUERY);
  if (reply.kind === 'problem') {
    report.note('schema', `it can't be read: ${describeProblem(reply)}`);
    return;
  }
  const sent = sentFields(namings, settings);
  for (const name of [INPUT, ...READ]) {
    const type = typeSchema.safeParse(reply.data[name]);
    const fields = type.data?.inputFields ?? type.data?.fields;
    if (!fields) {
      report.note('schema', `the type ${name} can't be read`);
      continue;
    }
    const shape = Object.fromEntries(fields.map((one) => [one.name, [typeName(one.type)]]));
    const needed = name === INPUT ? sent : READ_FIELDS;
    const needs: Needs = Object.fromEntries(needed.map((field) => [field, null]));
    report.sawDescribed(name, { ...shape, '': ['object'] }, needs);
    if (name !== INPUT) continue;
    const demanded = fields.filter(({ type: { kind } }) => kind === 'NON_NULL');
    for (const { name: field } of demanded) {
      if (!sent.includes(field)) report.fault(name, `${field} must be sent, and we don't send it`);
    }
  }
}

/** The fields that our items have, with this set-up. */
function sentFields(namings: readonly Naming[], settings: XledgerSettings): string[] {
  return [
    ...SENT_FIELDS,
    ...(settings.owner_code === undefined ? [] : ['owner']),
    ...(namings.some(({ tax_code }) => tax_code !== null) ? ['taxRule'] : []),
    ...new Set(namings.flatMap(({ dimensions }) => Object.keys(dimensions))),
  ];
}

/** As GraphQL writes it: `[String!]!`. */
function typeName({ kind, name, ofType }: WireType): string {
  if (kind === 'NON_NULL') return `${ofType ? typeName(ofType) : '?'}!`;
  if (kind === 'LIST') return `[${ofType ? typeName(ofType) : '?'}]`;
  return name ?? kind;
}
