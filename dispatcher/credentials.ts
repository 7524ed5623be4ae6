/**
 * What a `credential_ref` stands for: a JSON object in the dispatcher's environment
 * (`CREDENTIAL_HLF_BC` for `hlf-bc`), in a directory of files, or in Supabase Vault. Never in a row
 * of ours, on a command line or in a log.
 */
import { z } from 'zod';

import { readCredentialFile } from './credential-files.ts';

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

/** Where secrets are looked for, in this order. */
export interface CredentialSources {
  /** Of which only `CREDENTIAL_<NAME>` and `CREDENTIALS_DIR` are read. */
  readonly environment: NodeJS.ProcessEnv;
  /** What Supabase Vault has under a name; null if it has nothing, or there is no vault. */
  readonly vault?: (credentialRef: string) => Promise<string | null>;
}

/**
 * Finds the secrets for a `credential_ref`: in the environment, else in the directory, else in the
 * vault. The first that has something under the name decides, also if it is unusable. Files and
 * vault are read anew each time, so that a rotated secret is taken without a restart.
 *
 * @returns the credential, or a sentence that says what is wrong and never quotes a value.
 */
export async function findCredential(
  credentialRef: string,
  { environment, vault }: CredentialSources,
): Promise<Credential | string> {
  const variable = credentialVariable(credentialRef);
  if (givenIn(environment, variable) !== null) return readCredential(credentialRef, environment);
  const directory = givenIn(environment, 'CREDENTIALS_DIR');
  if (directory !== null) {
    const found = readCredentialFile(directory, credentialRef);
    if (typeof found === 'string') return found;
    if (found !== null) {
      return asCredential(found.value, `the file ${credentialRef} in CREDENTIALS_DIR`);
    }
  }
  const secret = (await vault?.(credentialRef)) ?? null;
  if (secret !== null) return parseCredential(secret, `the secret ${credentialRef} in the vault`);
  return `${variable} is not set${
    directory === null ? '' : `, and CREDENTIALS_DIR has no file ${credentialRef}`
  }`;
}

/**
 * Reads the secrets for a `credential_ref` from the environment alone.
 *
 * @returns the credential, or a sentence that says what is wrong and never quotes a value.
 */
export function readCredential(
  credentialRef: string,
  environment: NodeJS.ProcessEnv,
): Credential | string {
  const variable = credentialVariable(credentialRef);
  const text = givenIn(environment, variable);
  return text === null ? `${variable} is not set` : parseCredential(text, variable);
}

/** An empty variable counts as left out. */
function givenIn(environment: NodeJS.ProcessEnv, variable: string): string | null {
  const text = environment[variable];
  return text === undefined || text === '' ? null : text;
}

function parseCredential(text: string, where: string): Credential | string {
  try {
    return asCredential(JSON.parse(text), where);
  } catch {
    return `${where} is not JSON`;
  }
}

function asCredential(value: unknown, where: string): Credential | string {
  const parsed = schema.safeParse(value);
  return parsed.success
    ? parsed.data
    : `${where} must be {"client_id", "client_secret"} or {"token"}`;
}
