/** Entities, codes that import items refer to, and how a reference is resolved. */
import { invalidValue, XledgerError } from './errors.ts';
import type { CodeOption, EntityOption, XledgerSandboxOptions } from './options.ts';
import { DEFAULTS } from './options.ts';

export interface Entity {
  readonly dbId: number;
  readonly code: string;
  readonly parent: Entity | null;
}

/** What a reference can be resolved to. */
export interface Named {
  readonly dbId: number;
  readonly code: string;
  readonly ownerDbId: number;
  readonly text: string;
}

/** Something with a code that lines refer to. */
export interface Coded extends Named {
  readonly isClosed: boolean;
  readonly allowPosting: boolean;
}

/** The members of an import item that are references by code, in the order of their checks. */
export const REFERENCE_FIELDS = [
  'account',
  'taxRule',
  'transactionSource',
  'project',
  'subledger',
  'xgl',
  'glObject1',
  'glObject2',
  'glObject3',
  'glObject4',
  'glObject5',
  'currency',
  'company',
  'importDefinition',
] as const;
export type ReferenceField = (typeof REFERENCE_FIELDS)[number];

/** A reference as the schema lets it in. */
export interface ReferenceInput {
  readonly code?: string | null;
  readonly dbId?: string | number | null;
  readonly dbSubId?: string | number | null;
  readonly showAlternatives?: 'YES' | 'NO' | null;
}

export interface MasterData {
  readonly entities: readonly Entity[];
  readonly codes: Readonly<Record<ReferenceField, readonly Coded[]>>;
}

/** The job level of contract 3.3's examples; others aren't known. */
export const JOB_LEVEL = { dbId: 14502, dbSubId: 1 } as const;

/** Gives each code of the options its dbId and its owner. */
export function masterDataOf(options: XledgerSandboxOptions): MasterData {
  const entities: Entity[] = [];
  const wanted: readonly EntityOption[] = options.entities ?? DEFAULTS.entities;
  for (const { dbId, code, parent } of wanted) {
    const above = parent === undefined ? null : entityOf(entities, parent);
    entities.push({ dbId, code, parent: above });
  }
  const given: Record<ReferenceField, readonly CodeOption[] | undefined> = {
    account: options.accounts ?? DEFAULTS.accounts,
    taxRule: options.taxRules ?? DEFAULTS.taxRules,
    transactionSource: options.transactionSources ?? DEFAULTS.transactionSources,
    project: options.projects ?? DEFAULTS.projects,
    subledger: options.subledgers,
    xgl: options.xgl,
    glObject1: options.glObject1 ?? DEFAULTS.glObject1,
    glObject2: options.glObject2,
    glObject3: options.glObject3,
    glObject4: options.glObject4,
    glObject5: options.glObject5,
    currency: options.currencies ?? DEFAULTS.currencies,
    company: options.companies,
    importDefinition: options.importDefinitions,
  };
  const codes = {} as Record<ReferenceField, readonly Coded[]>;
  REFERENCE_FIELDS.forEach((field, place) => {
    codes[field] = (given[field] ?? []).map((option, index) => {
      const full = typeof option === 'string' ? { code: option } : option;
      const { code, text = '', owner, isClosed = false, allowPosting = true } = full;
      const entity = owner === undefined ? entities[0] : entityOf(entities, owner);
      if (entity === undefined) throw new Error('The sandbox needs an entity');
      const dbId = (place + 1) * 100_000 + index + 1;
      return { dbId, code, ownerDbId: entity.dbId, text, isClosed, allowPosting };
    });
  });
  return { entities, codes };
}

/** The entity of a code; an error of the caller's if there is none. */
export function entityOf(entities: readonly Entity[], code: string): Entity {
  const found = entities.find((entity) => entity.code === code);
  if (found === undefined) throw new Error(`No entity has the code ${code}`);
  return found;
}

/** Whether `entity` is `other` or below it. */
export function isWithin(entity: Entity, other: Entity): boolean {
  if (entity.dbId === other.dbId) return true;
  return entity.parent !== null && isWithin(entity.parent, other);
}

/**
 * The code that a reference names, among those of the entity and of the entities above it (that
 * these are shared downwards is assumed).
 *
 * @throws XledgerError as in contract 8.2: not found, `showAlternatives: YES`, or neither code nor
 * dbId.
 */
export function resolveReference<C extends Named>(
  codes: readonly C[],
  field: string,
  given: ReferenceInput,
  entity: Entity,
): C {
  const visible = codes.filter(({ ownerDbId }) => hasOwner(entity, ownerDbId));
  if (given.showAlternatives === 'YES') {
    throw new XledgerError({
      message: `${field}: Alternatives were asked for.`,
      extensions: {
        exampleValidInputs: visible.map(({ code, dbId, ownerDbId, text }) => ({
          code,
          dbId,
          ownerDbId,
          text,
        })),
      },
    });
  }
  const code = given.code ?? null;
  const dbId = given.dbId ?? null;
  if (code === null && dbId === null) throw invalidValue(`${field}: Expected a code or a dbId.`);
  const found = visible.find(
    (one) =>
      (code === null || one.code === code) && (dbId === null || String(one.dbId) === String(dbId)),
  );
  if (found !== undefined) return found;
  throw code === null
    ? noValue(field, 'dbId', entity, String(dbId))
    : noValue(field, 'code', entity, code);
}

/** The text is confirmed for codes (contract 3.2); for ids it is made alike. */
export function noValue(field: string, by: string, entity: Entity, value: string): XledgerError {
  return new XledgerError({
    message: `${field}.${by}: No value matching owner ${entity.dbId}, ${by} '${value}'.`,
  });
}

function hasOwner(entity: Entity, ownerDbId: number): boolean {
  if (entity.dbId === ownerDbId) return true;
  return entity.parent !== null && hasOwner(entity.parent, ownerDbId);
}
