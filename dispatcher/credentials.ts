/**
 * What a `credential_ref` stands for. Secrets live in the dispatcher's environment only, never in
 * the database: `credential_ref` `hlf-bc` is read from `CREDENTIAL_HLF_BC`, a JSON object.
 */
import { z } from 'zod';

/** The secrets of one integration. */
export type Credential = BusinessCentralCredential | XledgerCredential;

/** `{"client_id": …, "client_secret": …}`: the OAuth client of an Entra application. */
export interface BusinessCentralCredential {
  readonly client_id: string;
  readonly client_secret: string;
}

/** `{"token": …}`: an API token of Xledger's GraphQL. */
export interface XledgerCredential {
  readonly token: string;
}

const schema = z.union([
  z.strictObject({ client_id: z.string().min(1), client_secret: z.string().min(1) }),
  z.strictObject({ token: z.string().min(1) }),
]);

/** The name of the environment variable that holds the secrets for a `credential_ref`. */
export function credentialVariable(credentialRef: string): string {
  return `CREDENTIAL_${credentialRef.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}

/**
 * Reads the secrets for a `credential_ref`.
 *
 * @returns the credential, or a sentence that says what is wrong and never quotes a value.
 */
export function readCredential(
  credentialRef: string,
  environment: NodeJS.ProcessEnv,
): Credential | string {
  const variable = credentialVariable(credentialRef);
  const text = environment[variable];
  if (text === undefined || text === '') return `${variable} is not set`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return `${variable} is not JSON`;
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    return `${variable} must be {"client_id", "client_secret"} or {"token"}`;
  }
  return parsed.data;
}
