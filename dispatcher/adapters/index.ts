import type { Adapter, System } from './adapter.ts';
import { createBusinessCentralAdapter } from './business-central/adapter.ts';
import { createFileAdapter } from './file/adapter.ts';
import { createXledgerAdapter } from './xledger/adapter.ts';

/** One adapter per accounting system, made once per process: they hold the tokens of sign-ins. */
export function createAdapters(): Readonly<Record<System, Adapter>> {
  return {
    business_central: createBusinessCentralAdapter(),
    xledger: createXledgerAdapter(),
    file: createFileAdapter(),
  };
}

/** By system that is signed in to: the member that its secret is told by (credentials.ts). */
export const CREDENTIAL_MEMBER: Readonly<Record<string, string>> = {
  business_central: 'client_id',
  xledger: 'token',
} satisfies Readonly<Record<Exclude<System, 'file'>, string>>;
