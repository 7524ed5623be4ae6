/** The part of Xledger's GraphQL schema that is played (Xledger contract 3.3). */
import type { GraphQLSchema, ValueNode } from 'graphql';
import { buildSchema, GraphQLError, GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import type { Switches } from './switches.ts';

/** The switches that change the schema. */
export type Variant = Pick<Switches, 'extFilter' | 'codeFields' | 'schemaDrift'>;

const LINE_FIELDS = `
  dbId: DbId
  ownerDbId: DbId
  trRegNumber: Int
  trItemNumber: Int
  postedDate: String
  invoiceDate: String
  dueDate: String
  periodStart: String
  numberPeriod: Int
  fiscalYear: Int
  fiscalPeriod: Int
  amount: Decimal
  invoiceAmount: Decimal
  quantity: Decimal
  text: String
  invoiceNumber: String
  extIdentifier: String
  extOrderNumber: String
  paymentReference: String
  yourReference: String
  importDefinitionDbId: DbId
  jobLevelDbId: DbId
  createdAt: String
  modifiedAt: String`;

/** That lines can be read with these is assumed: the public list of fields lacks them. */
const CODE_FIELDS = `
  account: Coded
  taxRule: Coded
  transactionSource: Coded
  project: Coded
  subledger: Coded
  xgl: Coded
  glObject1: Coded
  glObject2: Coded
  glObject3: Coded
  glObject4: Coded
  glObject5: Coded
  currency: Coded
  company: Coded`;

const PAGE = `first: Int, last: Int, after: String, before: String,
    ownerSet: OwnerSet, objectStatus: ObjectStatus`;

function connection(field: string, type: string, filter: string | null): string {
  return `
  type ${type}Edge { cursor: String node: ${type} }
  type ${type}Connection { edges: [${type}Edge] pageInfo: PageInfo! }
  extend type Query {
    ${field}(${PAGE}${filter === null ? '' : `, filter: ${filter}`}): ${type}Connection
  }`;
}

/** Filters by `extIdentifier` are assumed, and so are the names of the filter types. */
function lineFilter(name: string, withExtIdentifier: boolean): string {
  return `input ${name} {
    AND: [${name}!]
    OR: [${name}!]
    dbId: DbId
    dbId_in: [DbId!]
    modifiedAt_gte: String
    modifiedAt_gt: String
    modifiedAt_lte: String
    modifiedAt_lt: String
    ${withExtIdentifier ? 'extIdentifier: String extIdentifier_in: [String!]' : ''}
  }`;
}

function sdl({ extFilter, codeFields, schemaDrift }: Variant): string {
  const lineFields = codeFields ? LINE_FIELDS + CODE_FIELDS : LINE_FIELDS;
  const itemFields =
    schemaDrift === 'retyped'
      ? lineFields.replace('  amount: Decimal', '  amount: Float')
      : lineFields + (schemaDrift === 'added' ? ' postingLayer: String' : '');
  return `
  scalar DbId
  scalar Decimal
  enum OwnerSet { CURRENT UPPER LOWER MINE ALL }
  enum ObjectStatus { ALL OPEN CLOSED }
  enum ShowAlternatives { YES NO }

  type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! }
  type Coded { dbId: DbId code: String ownerDbId: DbId text: String }
  type Account { dbId: DbId code: String ownerDbId: DbId text: String description: String }
  type Entity { dbId: DbId code: String ownerDbId: DbId description: String }
  type Project {
    dbId: DbId code: String ownerDbId: DbId text: String description: String allowPosting: Boolean
  }
  type CodeName { code: String name: String }
  type GLImportItem { ${itemFields} }
  type JournalHeader {
    dbId: DbId ownerDbId: DbId transactionNumber: Int postedDate: String
    importedAt: String registeredAt: String modifiedAt: String trProcessLevel: CodeName
  }
  type JournalEntry { ${lineFields} journalHeader: JournalHeader }
  type GLImportItemError {
    dbId: DbId createdAt: String message: String errorLevel: CodeName
    transactionDbId: DbId objectValue_dbId: DbId owner_dbId: DbId
  }

  type Query
  ${lineFilter('GLImportItem_Filter', extFilter)}
  ${lineFilter('JournalEntry_Filter', extFilter)}
  input JournalHeader_Filter { modifiedAt_gte: String }
  input Account_Filter {
    AND: [Account_Filter!] OR: [Account_Filter!]
    code: String code_in: [String!] dbId: DbId
  }
  ${connection('glImportItems', 'GLImportItem', 'GLImportItem_Filter')}
  ${connection('glImportItemErrors', 'GLImportItemError', null)}
  ${connection('journalHeaders', 'JournalHeader', 'JournalHeader_Filter')}
  ${connection('journalEntries', 'JournalEntry', 'JournalEntry_Filter')}
  ${connection('accounts', 'Account', 'Account_Filter')}
  ${connection('entities', 'Entity', null)}
  ${connection('projects', 'Project', null)}

  input ReferenceInput { code: String dbId: DbId showAlternatives: ShowAlternatives }
  input JobLevelInput { dbId: DbId dbSubId: DbId }
  input AddGLImportItemsInput { clientId: String node: AddGLImportItemsInputNode! }
  input AddGLImportItemsInputNode {
    trRegNumber: Int trItemNumber: Int
    postedDate: String invoiceDate: String dueDate: String
    periodStart: String numberPeriod: Int
    amount: Decimal invoiceAmount: Decimal quantity: Decimal
    text: String invoiceNumber: String extIdentifier: String
    ${schemaDrift === 'removed' ? '' : 'extOrderNumber: String'}
    ${schemaDrift === 'demanding' ? 'reportingCode: String!' : ''}
    paymentReference: String yourReference: String
    owner: ReferenceInput account: ReferenceInput taxRule: ReferenceInput
    transactionSource: ReferenceInput project: ReferenceInput subledger: ReferenceInput
    xgl: ReferenceInput glObject1: ReferenceInput glObject2: ReferenceInput
    glObject3: ReferenceInput glObject4: ReferenceInput glObject5: ReferenceInput
    currency: ReferenceInput company: ReferenceInput importDefinition: ReferenceInput
    jobLevel: JobLevelInput
  }
  type AddGLImportItemsEdge { clientId: String node: GLImportItem }
  type AddGLImportItemsResult { edges: [AddGLImportItemsEdge] }
  type Mutation { addGLImportItems(inputs: [AddGLImportItemsInput!]!): AddGLImportItemsResult }`;
}

/** The schema as these switches have it. */
export function xledgerSchema(variant: Variant): GraphQLSchema {
  const schema = buildSchema(sdl(variant));
  for (const name of ['DbId', 'Decimal']) {
    const scalar = schema.getType(name);
    if (!(scalar instanceof GraphQLScalarType)) throw new Error(`${name} is not a scalar`);
    const parse = (value: unknown): string | number => textOrNumber(name, value);
    scalar.parseValue = parse;
    scalar.parseLiteral = (node: ValueNode) => parse(valueFromASTUntyped(node));
  }
  return schema;
}

/** Public clients send both forms (contract 3.3). */
function textOrNumber(scalar: string, value: unknown): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new GraphQLError(`${scalar} cannot represent: ${typeof value}`);
}
