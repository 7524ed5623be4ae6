/** What the tests of an adapter's check share. */
import { performance } from 'node:perf_hooks';

import type { Adapter, CheckResult, CheckSubject, Finding } from '../../adapters/adapter.ts';
import type { Credential } from '../../credentials.ts';
import { createHttpClient } from '../../http.ts';

/** One check over real HTTP; nothing that carries lines could be written. */
export async function checkWith(
  adapter: Adapter,
  subject: CheckSubject,
  credential: Credential,
): Promise<CheckResult> {
  const http = createHttpClient({
    deadlineAt: performance.now() + 60_000,
    mayWrite: () => false,
    allowPrivateAddresses: true,
  });
  try {
    return await adapter.check(subject, { http, credential, progress: () => undefined });
  } finally {
    http.close();
  }
}

/** `accounts: 9999 is not …` of one level, in their order. */
export function told({ findings }: CheckResult, level: Finding['level']): string[] {
  return findings
    .filter((finding) => finding.level === level)
    .map(({ about, message }) => `${about}: ${message}`);
}
