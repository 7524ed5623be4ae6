/** `$filter`: what Business Central understands of it (contract 2.6 and 7.6). */
import type { Entity, Field } from './entities.ts';
import { decodeEnum } from './values.ts';
import { ApiError, badRequest } from './errors.ts';

/** A row as it is answered, with enums not yet encoded. */
export type Row = Readonly<Record<string, unknown>>;

type Comparable = string | number | boolean;
type Operator = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

interface Token {
  readonly kind: 'word' | 'literal' | 'punctuation';
  readonly text: string;
  readonly value: Comparable;
}

const TOKEN =
  /\s*(?:'((?:[^']|'')*)'|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?)|(-?\d+(?:\.\d+)?)|([A-Za-z_@][\w./]*)|([(),]))/giy;

/** A parsed filter: what it lets through, and the fields that it names. */
export interface Filter {
  readonly test: (row: Row) => boolean;
  readonly fields: ReadonlySet<string>;
}

/** Parses a filter over an entity's fields; throws an ApiError with status 400. */
export function parseFilter(text: string, entity: Entity): Filter {
  return new Parser(tokenise(text), entity, text).parse();
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN.source, TOKEN.flags);
  const end = text.trimEnd().length;
  while (pattern.lastIndex < end) {
    const position = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw syntaxError(text, position);
    const [, quoted, bare, number, word, punctuation] = match;
    if (quoted !== undefined) {
      const value = quoted.replaceAll("''", "'");
      tokens.push({ kind: 'literal', text: `'${quoted}'`, value });
    } else if (bare !== undefined) tokens.push({ kind: 'literal', text: bare, value: bare });
    else if (number !== undefined) {
      tokens.push({ kind: 'literal', text: number, value: Number(number) });
    } else if (word === 'true' || word === 'false') {
      tokens.push({ kind: 'literal', text: word, value: word === 'true' });
    } else if (word !== undefined) tokens.push({ kind: 'word', text: word, value: word });
    else tokens.push({ kind: 'punctuation', text: punctuation ?? '', value: '' });
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #entity: Entity;
  readonly #text: string;
  #next = 0;

  constructor(tokens: readonly Token[], entity: Entity, text: string) {
    this.#tokens = tokens;
    this.#entity = entity;
    this.#text = text;
  }

  parse(): Filter {
    const node = this.#or();
    if (this.#next < this.#tokens.length) throw this.#fault();
    return node;
  }

  #or(): Filter {
    let left = this.#and();
    while (this.#takeWord('or')) {
      const first = left;
      const second = this.#and();
      const fields = new Set([...first.fields, ...second.fields]);
      if (fields.size > 1) {
        throw badRequest(
          "The 'OR' operator is not supported on distinct fields on an OData filter.",
        );
      }
      left = { fields, test: (row) => first.test(row) || second.test(row) };
    }
    return left;
  }

  #and(): Filter {
    let left = this.#primary();
    while (this.#takeWord('and')) {
      const first = left;
      const second = this.#primary();
      left = {
        fields: new Set([...first.fields, ...second.fields]),
        test: (row) => first.test(row) && second.test(row),
      };
    }
    return left;
  }

  #primary(): Filter {
    if (this.#takePunctuation('(')) {
      const node = this.#or();
      this.#expect(')');
      return node;
    }
    const word = this.#word();
    if ((word === 'startswith' || word === 'contains') && this.#takePunctuation('(')) {
      const name = this.#word();
      this.#expect(',');
      const part = this.#literal(name, false);
      this.#expect(')');
      return {
        fields: new Set([name]),
        test: (row) => {
          const value = String(row[name]);
          return word === 'contains'
            ? value.includes(String(part))
            : value.startsWith(String(part));
        },
      };
    }
    const operator = this.#word();
    if (!isOperator(operator)) throw this.#fault();
    const value = this.#literal(word, true);
    return {
      fields: new Set([word]),
      test: (row) => compare(row[word] as Comparable, operator, value),
    };
  }

  #literal(name: string, isWhole: boolean): Comparable {
    const field = this.#entity.fields[name];
    if (field === undefined) throw unknownProperty(name, this.#entity);
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'literal') throw this.#fault();
    this.#next += 1;
    return convert(token, name, field, this.#entity, isWhole);
  }

  #word(): string {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'word') throw this.#fault();
    this.#next += 1;
    return token.text;
  }

  #takeWord(word: string): boolean {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'word' || token.text !== word) return false;
    this.#next += 1;
    return true;
  }

  #takePunctuation(mark: string): boolean {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'punctuation' || token.text !== mark) return false;
    this.#next += 1;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#takePunctuation(mark)) throw this.#fault();
  }

  #fault(): ApiError {
    return syntaxError(this.#text, this.#next);
  }
}

function convert(
  token: Token,
  name: string,
  field: Field,
  entity: Entity,
  isWhole: boolean,
): Comparable {
  const isQuoted = token.text.startsWith("'");
  const { value } = token;
  switch (field.type) {
    case 'text':
    case 'code': {
      if (!isQuoted || typeof value !== 'string') throw incompatible('Edm.String', value);
      if (isWhole && field.max !== undefined && value.length > field.max) {
        throw new ApiError(
          400,
          'Application_FilterErrorException',
          `The filter "='${value}'" is not valid for the ${name} field on the ${entity.table} table. The length of the string is ${value.length}, but it must be less than or equal to ${field.max} characters. Value: ${value}`,
        );
      }
      return field.type === 'code' ? value.toUpperCase() : value;
    }
    case 'enum': {
      if (typeof value !== 'string') throw incompatible('Edm.String', value);
      return decodeEnum(value);
    }
    case 'guid':
    case 'date':
    case 'datetime':
      if (isQuoted || typeof value !== 'string') throw incompatible(`Edm.${field.type}`, value);
      return value.toLowerCase().replace('t', 'T').replace('z', 'Z');
    case 'decimal':
    case 'int':
      if (typeof value !== 'number') throw incompatible('Edm.Decimal', value);
      return value;
    case 'boolean':
      if (typeof value !== 'boolean') throw incompatible('Edm.Boolean', value);
      return value;
  }
}

function isOperator(word: string): word is Operator {
  return ['eq', 'ne', 'gt', 'ge', 'lt', 'le'].includes(word);
}

function compare(left: Comparable, operator: Operator, right: Comparable): boolean {
  switch (operator) {
    case 'eq':
      return left === right;
    case 'ne':
      return left !== right;
    case 'gt':
      return left > right;
    case 'ge':
      return left >= right;
    case 'lt':
      return left < right;
    case 'le':
      return left <= right;
  }
}

/** 400 for a name that the entity doesn't have. */
export function unknownProperty(name: string, entity: Entity): ApiError {
  return badRequest(
    `Could not find a property named '${name}' on type 'Microsoft.NAV.${entity.name}'.`,
  );
}

function incompatible(expected: string, value: Comparable): ApiError {
  return badRequest(
    `A binary operator with incompatible types was detected. Found operand types '${expected}' and '${typeof value}'.`,
  );
}

function syntaxError(text: string, position: number): ApiError {
  return badRequest(`Syntax error at position ${position} in '${text}'.`);
}
