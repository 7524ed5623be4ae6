/** The shape of an answer's lines: what was asked for has to be there. Pure. */
import { z } from 'zod';
import { REFERENCE_FIELDS } from './queries.ts';
import type { Selection } from './queries.ts';

/** Text or number, depending on the client (Xledger contract 8.1). */
export const idSchema = z.union([z.string().min(1), z.number()]).transform(String);
const valueSchema = z.union([z.string(), z.number()]).transform(String).nullable();
const referenceSchema = z.looseObject({ code: valueSchema }).nullable();

const unaskedSchema = valueSchema.optional().transform((value) => value ?? null);

const nodeSchema = z.looseObject({
  dbId: idSchema,
  extIdentifier: valueSchema,
  amount: valueSchema,
  invoiceAmount: valueSchema,
  trRegNumber: unaskedSchema,
});

/** A line as it comes, with ids and amounts as texts. */
export type LineNode = z.output<typeof nodeSchema>;

/**
 * One page of lines that were asked for with this selection. A field that is missing is not an empty
 * one: taken for one, a line would belong to nobody, or agree with anything.
 */
export function pageSchemaOf({ codes, voucherNumber }: Selection) {
  const references = z.looseObject(
    codes ? Object.fromEntries(REFERENCE_FIELDS.map((one) => [one, referenceSchema])) : {},
  );
  const node = nodeSchema
    .extend({ trRegNumber: voucherNumber ? valueSchema : unaskedSchema })
    .superRefine((value, context) => {
      const { issues = [] } = references.safeParse(value).error ?? {};
      for (const issue of issues) context.addIssue({ ...issue });
    });
  return z
    .looseObject({
      pageInfo: z.looseObject({ hasNextPage: z.boolean() }),
      // Null where nothing is found; so may the connection be (Xledger contract 8.3).
      edges: z.array(z.looseObject({ cursor: idSchema.nullable(), node })).nullable(),
    })
    .nullable();
}

/** The code of a reference that was read, null for none; undefined if it wasn't asked for. */
export function codeOf(node: LineNode, field: string): string | null | undefined {
  if (!(field in node)) return undefined;
  const reference = referenceSchema.safeParse(node[field]);
  return reference.success ? (reference.data?.code ?? null) : undefined;
}
