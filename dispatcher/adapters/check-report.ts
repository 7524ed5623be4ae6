/** What a check gathers while it reads, for both systems. */
import type { CheckResult, CheckSubject, Finding, SeenAnswer } from './adapter.ts';
import { shapeOf } from './answer-shape.ts';
import type { Needs } from './answer-shape.ts';

/** Where the settings or mappings name something, for a message: `mileage, toll`. */
export type NamedBy = ReadonlyMap<string, readonly string[]>;

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

/** What the mappings name, each with the expense types that name it. */
export function namedIn(
  mappings: CheckSubject['mappings'],
  codesOf: (mapping: CheckSubject['mappings'][string]) => readonly (string | null | undefined)[],
  settings: Readonly<Record<string, string | undefined>> = {},
): NamedBy {
  const named = new Map<string, string[]>();
  const add = (code: string | null | undefined, by: string) => {
    if (code === null || code === undefined) return;
    const others = named.get(code);
    if (others === undefined) named.set(code, [by]);
    else if (!others.includes(by)) others.push(by);
  };
  for (const [setting, code] of Object.entries(settings)) add(code, setting);
  for (const [type, mapping] of Object.entries(mappings)) {
    for (const code of codesOf(mapping)) add(code, type);
  }
  return named;
}
