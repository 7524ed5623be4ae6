/** Reading the values of a request body, with the refusals of contract 7.4. */
import type { Entity, Field } from './entities.ts';
import { ApiError, badRequest, dialogError } from './errors.ts';

/** Checked values by field name. A value that was not sent is missing. */
export type Values = Readonly<Record<string, string | number | boolean>>;

/** "No account", "no journal". */
export const EMPTY_GUID = '00000000-0000-0000-0000-000000000000';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return GUID.test(text);
}

/** Checks a body against an entity's fields; throws an ApiError with status 400. */
export function readValues(entity: Entity, body: unknown): Values {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('Invalid Request Body');
  }
  const values: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.includes('@odata.')) continue;
    const field = Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined;
    if (field === undefined) {
      throw badRequest(
        `The property '${name}' does not exist on type 'Microsoft.NAV.${entity.name}'. Make sure to only use property names that are defined by the type.`,
      );
    }
    if (field.readOnly === true) {
      throw new ApiError(
        400,
        'BadRequest_InvalidOperation',
        `Control '${caption(name)}' is read-only`,
      );
    }
    values[name] = readValue(name, field, value);
  }
  return values;
}

/** A text that was sent; undefined if it wasn't. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** A number that was sent; undefined if it wasn't. */
export function numberOf(values: Values, name: string): number | undefined {
  const value = values[name];
  return typeof value === 'number' ? value : undefined;
}

function readValue(name: string, field: Field, value: unknown): string | number | boolean {
  switch (field.type) {
    case 'text':
    case 'code': {
      const text = stringOf(name, value);
      if (field.max !== undefined && text.length > field.max) {
        throw new ApiError(
          400,
          'Application_StringExceededLength',
          `The length of the string is ${text.length}, but it must be less than or equal to ${field.max} characters. Value: ${text}`,
        );
      }
      return field.type === 'code' ? text.trim().toUpperCase() : text;
    }
    case 'guid': {
      const text = stringOf(name, value);
      if (!isGuid(text)) {
        // The code is assumed; contract 7.4 leaves BadRequest open too.
        throw new ApiError(
          400,
          'Application_InvalidGUID',
          'Invalid format of GUID string. The correct format of the GUID string is: CDEF7890-ABCD-0123-1234-567890ABCDEF where 0-9, A-F symbolizes hexadecimal digits.',
        );
      }
      return text.toLowerCase();
    }
    case 'enum': {
      const option = decodeEnum(stringOf(name, value));
      if (field.options?.includes(option) === true) return option;
      const options = field.options?.join(',') ?? '';
      throw new ApiError(
        400,
        'Unknown',
        `'${option}' is not an option. The existing options are: ${options}`,
      );
    }
    case 'date':
      if (typeof value !== 'string' || !isDate(value)) {
        throw badRequest('Unable to convert value to Date');
      }
      return value;
    case 'int':
      if (!Number.isInteger(value) || Math.abs(value as number) > 2_147_483_647) {
        throw badRequest(`Cannot convert the value of '${name}' to the expected type 'Edm.Int32'.`);
      }
      return value as number;
    case 'decimal':
      if (typeof value !== 'number') {
        throw badRequest(
          `Cannot convert the value of '${name}' to the expected type 'Edm.Decimal'.`,
        );
      }
      // Assumed: Amount is rounded to the local currency's precision.
      return Math.round(value * 100) / 100;
    case 'boolean':
      if (typeof value !== 'boolean') throw badRequest(`'${name}' is not a boolean.`);
      return value;
    case 'datetime':
      throw dialogError(`'${name}' isn't editable.`);
  }
}

function stringOf(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw badRequest(
    value === null
      ? `A null value was found for the property named '${name}', which has the expected type 'Edm.String[Nullable=False]'.`
      : `Cannot convert the value of '${name}' to the expected type 'Edm.String'.`,
  );
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function caption(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `G_x002F_L_x0020_Account` to `G/L Account`; other text stays as it is. */
export function decodeEnum(text: string): string {
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** `G/L Account` to `G_x002F_L_x0020_Account`. */
export function encodeEnum(text: string): string {
  return text.replace(
    /[^A-Za-z0-9]/g,
    (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
}
