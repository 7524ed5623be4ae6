/** What goes wrong, in the shapes of Xledger contract 3.2 and 8.2. */
import { GraphQLError } from 'graphql';

/** One member of `errors`. The rate-limit code is its own `code`, not that of the extensions. */
export interface WireError {
  readonly message: string;
  readonly code?: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** An error that Xledger tells in its own words; resolvers throw it. */
export class XledgerError extends Error {
  readonly wire: WireError;

  constructor(wire: WireError) {
    super(wire.message);
    this.name = 'XledgerError';
    this.wire = wire;
  }
}

/** A value of the right type that can't be taken. */
export function invalidValue(message: string): XledgerError {
  return new XledgerError({ message, extensions: { code: 'INVALID_VALUE' } });
}

/** The text is confirmed for headers of a wrong form (contract 3.1). */
export const BAD_HEADER: WireError = {
  message: 'Bad format for API Token. Expected header: "Authorization: token <your-token>"',
};

/** Whether the request was applied, it doesn't tell. */
export const TIMED_OUT: WireError = { message: 'Your query timed out.' };

/**
 * An error of the GraphQL library in Xledger's shape. The classes of 3.2 are few, so whatever the
 * schema refuses beside unknown fields is of the class ARGUMENTS_OF_CORRECT_TYPE (assumed). No
 * `path` and no `locations` are given (assumed).
 *
 * @throws the original error if it is a fault of the sandbox itself.
 */
export function toWireError(error: GraphQLError): WireError {
  const original = error.originalError;
  if (original instanceof XledgerError) return original.wire;
  if (original && !(original instanceof GraphQLError)) throw original;
  const field = /^Cannot query field "([^"]+)" on type "([^"]+)"/.exec(error.message);
  if (field !== null)
    return { message: `Cannot query field \`${field[1]}\` on type \`${field[2]}\`` };
  return { message: error.message, extensions: { code: 'ARGUMENTS_OF_CORRECT_TYPE' } };
}
