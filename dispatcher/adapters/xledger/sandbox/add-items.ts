/** The mutation addGLImportItems: checks all, then keeps all or nothing (Xledger contract 8.1). */
import { invalidValue } from './errors.ts';
import type { ImportItem, Ledger, NewLine, PlainFields } from './ledger.ts';
import type { Coded, Entity, MasterData, ReferenceField, ReferenceInput } from './references.ts';
import { isWithin, JOB_LEVEL, noValue, REFERENCE_FIELDS, resolveReference } from './references.ts';
import { isDay, parseAmount } from './values.ts';

/** The limit is confirmed (contract 3.1), the text of the error is assumed. */
const MOST_NODES = 500;

type Optional<T> = { readonly [K in keyof T]?: T[K] | null };
type ReferencesIn = Optional<Record<ReferenceField | 'owner' | 'jobLevel', ReferenceInput>>;

interface NodeInput extends Optional<PlainFields>, ReferencesIn {
  readonly amount?: string | number | null;
  readonly invoiceAmount?: string | number | null;
  readonly quantity?: string | number | null;
}

/** As the schema lets it in. */
export interface AddItemsInput {
  readonly clientId?: string | null;
  readonly node: NodeInput;
}

/** Keeps the inputs; throws the first fault as an XledgerError (that only one is told is assumed). */
export function addItems(
  ledger: Ledger,
  master: MasterData,
  tokenEntity: Entity,
  inputs: readonly AddItemsInput[],
): { clientId: string | null; item: ImportItem }[] {
  if (inputs.length > MOST_NODES) {
    throw invalidValue(`inputs: At most ${MOST_NODES} nodes are allowed, got ${inputs.length}.`);
  }
  const lines = inputs.map(({ node }) => checkLine(node, master, tokenEntity));
  return ledger
    .insert(lines)
    .map((item, index) => ({ clientId: inputs[index]?.clientId ?? null, item }));
}

/** Which members are mandatory is assumed: account, postedDate, and one of the two amounts. */
function checkLine(node: NodeInput, master: MasterData, tokenEntity: Entity): NewLine {
  const owner = ownerOf(node, master, tokenEntity);
  const references: Partial<Record<ReferenceField, Coded>> = {};
  for (const field of REFERENCE_FIELDS) {
    const given = node[field];
    if (given) references[field] = resolveReference(master.codes[field], field, given, owner);
  }
  if (references.account === undefined) throw invalidValue('account: A value is required.');
  const amount = amountOf('amount', node.amount);
  const invoiceAmount = amountOf('invoiceAmount', node.invoiceAmount);
  const main = amount ?? invoiceAmount;
  if (main === null) throw invalidValue('amount: A value is required.');
  const postedDate = dayOf('postedDate', node.postedDate);
  if (postedDate === null) throw invalidValue('postedDate: A value is required.');
  return {
    owner,
    references,
    jobLevelDbId: jobLevelOf(node, owner),
    amount: main,
    invoiceAmount: invoiceAmount ?? main,
    quantity: quantityOf(node.quantity),
    trRegNumber: node.trRegNumber ?? null,
    trItemNumber: node.trItemNumber ?? null,
    postedDate,
    invoiceDate: dayOf('invoiceDate', node.invoiceDate),
    dueDate: dayOf('dueDate', node.dueDate),
    periodStart: dayOf('periodStart', node.periodStart),
    numberPeriod: node.numberPeriod ?? null,
    text: node.text ?? null,
    invoiceNumber: node.invoiceNumber ?? null,
    extIdentifier: node.extIdentifier ?? null,
    extOrderNumber: node.extOrderNumber ?? null,
    paymentReference: node.paymentReference ?? null,
    yourReference: node.yourReference ?? null,
  };
}

/** The token's entity, or the one below it that the node names (contract 3.1). */
function ownerOf(node: NodeInput, master: MasterData, tokenEntity: Entity): Entity {
  const given = node.owner;
  if (!given) return tokenEntity;
  const reachable = master.entities.filter((entity) => isWithin(entity, tokenEntity));
  const coded = reachable.map(({ dbId, code }) => {
    return { dbId, code, ownerDbId: tokenEntity.dbId, text: '' };
  });
  const { dbId } = resolveReference(coded, 'owner', given, tokenEntity);
  return reachable.find((entity) => entity.dbId === dbId) ?? tokenEntity;
}

function jobLevelOf(node: NodeInput, owner: Entity): number | null {
  const given = node.jobLevel;
  if (!given) return null;
  for (const by of ['dbId', 'dbSubId'] as const) {
    const value = given[by] ?? null;
    if (value === null) continue;
    if (String(value) !== String(JOB_LEVEL[by]))
      throw noValue('jobLevel', by, owner, String(value));
    return JOB_LEVEL.dbId;
  }
  throw invalidValue('jobLevel: Expected a dbId or a dbSubId.');
}

function amountOf(field: string, value: string | number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  const ore = parseAmount(value);
  if (ore === null) throw invalidValue(`${field}: '${value}' is not a valid amount.`);
  return ore;
}

function quantityOf(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

function dayOf(field: string, value: string | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (!isDay(value)) throw invalidValue(`${field}: '${value}' is not a valid date.`);
  return value;
}
