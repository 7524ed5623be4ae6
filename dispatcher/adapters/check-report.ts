/** What a check gathers while it reads, for both systems. */
import { z } from 'zod';
import type { CheckResult, CheckSubject, Finding, SeenAnswer } from './adapter.ts';
import { shapeOf } from './answer-shape.ts';
import type { Needs } from './answer-shape.ts';
import { generationOf, mappingSettings } from './entries.ts';

/** Where the settings or mappings name something, for a message: `mileage, toll`. */
export type NamedBy = ReadonlyMap<string, readonly string[]>;

/** Checked before: by the database, and by each adapter's own schema. */
const namingSettings = z.object({
  liability_account: z.string().nullable().default(null),
  mapper: z.string().default(''),
  ...mappingSettings,
});

/** Gathers findings and shapes. */
export class CheckReport {
  readonly #findings: Finding[] = [];
  readonly #seen: SeenAnswer[] = [];

  good(about: string, message: string): void {
    this.#findings.push({ level: 'good', about, message });
  }

  note(about: string, message: string): void {
    this.#findings.push({ level: 'note', about, message });
  }

  fault(about: string, message: string): void {
    this.#findings.push({ level: 'fault', about, message });
  }

  /** Keeps the shape of answers, or of their rows; of none there is nothing to keep. */
  saw(resource: string, answers: readonly unknown[], needs: Needs): void {
    if (answers.length > 0) this.#seen.push({ resource, shape: shapeOf(answers), needs });
  }

  /** Keeps a shape that the remote describes by itself. */
  sawDescribed(resource: string, shape: SeenAnswer['shape'], needs: Needs): void {
    this.#seen.push({ resource, shape, needs });
  }

  /**
   * Tells which of the codes that we name aren't there.
   *
   * @param problemOf why one that is there can't be used; null: it can
   */
  compare<Row>(
    about: string,
    named: NamedBy,
    find: (code: string) => Row | undefined,
    problemOf: (row: Row) => string | null = () => null,
  ): void {
    let count = 0;
    for (const [code, by] of named) {
      const row = find(code);
      const problem = row === undefined ? 'is not in the ledger' : problemOf(row);
      if (problem === null) count += 1;
      else this.fault(about, `${code} ${problem}: named by ${by.join(', ')}`);
    }
    if (named.size > 0 && count === named.size) {
      this.good(about, `all ${String(count)} that we name are there`);
    }
  }

  result(): CheckResult {
    return { findings: this.#findings, seen: this.#seen };
  }
}

/** Something of the set-up that names codes of the ledger. */
export interface Naming {
  /** For a message: `mileage`, `mileage for driver_honorarium`, `line_dimensions`. */
  readonly by: string;
  readonly account: string | null;
  readonly tax_code: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
}

const nothing = { account: null, tax_code: null, dimensions: {} };

/**
 * All that names codes: the settings, and each expense type, for all kinds of claims and for some. The
 * first mappers know no kinds and no dimensions of the settings.
 */
export function namingsOf({ settings, mappings }: CheckSubject): readonly Naming[] {
  const { liability_account, mapper, kinds, line_dimensions, liability_dimensions } =
    namingSettings.parse(settings);
  const own = { ...nothing, by: 'liability_account', account: liability_account };
  const types = Object.entries(mappings);
  if (generationOf({ mapper_version: mapper }) === 1) {
    return [own, ...types.map(([by, mapping]) => ({ ...mapping, by }))];
  }
  return [
    own,
    ...Object.entries(kinds).map(([kind, { liability_account: account = null }]) => {
      return { ...nothing, by: `kinds.${kind}.liability_account`, account };
    }),
    { ...nothing, by: 'line_dimensions', dimensions: line_dimensions },
    { ...nothing, by: 'liability_dimensions', dimensions: liability_dimensions },
    ...types.flatMap(([type, mapping]) => [
      { ...mapping, by: type },
      ...Object.entries(mapping.by_kind ?? {}).map(([kind, change]) => {
        return { ...nothing, ...change, by: `${type} for ${kind}` };
      }),
    ]),
  ];
}

/** The codes of one sort, each with what names it. */
export function namedIn(
  namings: readonly Naming[],
  codesOf: (naming: Naming) => readonly (string | null | undefined)[],
): NamedBy {
  const named = new Map<string, string[]>();
  for (const naming of namings) {
    for (const code of codesOf(naming)) {
      if (code === null || code === undefined) continue;
      const others = named.get(code);
      if (others === undefined) named.set(code, [naming.by]);
      else if (!others.includes(naming.by)) others.push(naming.by);
    }
  }
  return named;
}
