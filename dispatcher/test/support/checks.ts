/** What the tests of check-integration share. */
import pg from 'pg';

import type { Finding } from '../../adapters/adapter.ts';
import {
  checkIntegration,
  type CheckOptions,
  type IntegrationReport,
} from '../../integration-check.ts';
import type { TwoOrganisations } from './two-organisations.ts';

export type CheckChanges = Partial<CheckOptions> & {
  readonly environment?: Readonly<Record<string, string>>;
  readonly maxBodyBytes?: number;
};

/** One check in this process, as the owner would make it. */
export async function checkNow(
  world: TwoOrganisations,
  organisation: string,
  changes: CheckChanges = {},
): Promise<IntegrationReport> {
  const { environment = {}, maxBodyBytes = 5 * 1024 * 1024, ...options } = changes;
  const client = new pg.Client({ connectionString: world.database.superuserUrl });
  await client.connect();
  try {
    return await checkIntegration(
      client,
      {
        organisation,
        system: null,
        mayResume: true,
        isAccepted: false,
        checkedBy: null,
        timeLimitMs: 60_000,
        progress: () => undefined,
        ...options,
      },
      { allowPrivateEndpoints: true, maxBodyBytes },
      { ...world.environment, ...environment },
    );
  } finally {
    await client.end();
  }
}

/** `accounts: 9999 is not …` of one level, in their order. */
export function words(report: IntegrationReport, level: Finding['level']): string[] {
  return report.findings
    .filter((finding) => finding.level === level)
    .map(({ about, message }) => `${about}: ${message}`);
}

/** Replaces an organisation's mappings, past the file. */
export async function setMappings(
  world: TwoOrganisations,
  organisationId: string,
  mappings: Readonly<Record<string, { account: string; tax_code?: string; dimensions?: object }>>,
): Promise<void> {
  const { pool } = world.database;
  await pool.query('delete from accounting.account_mappings where organisation_id = $1', [
    organisationId,
  ]);
  for (const [type, { account, tax_code = null, dimensions = {} }] of Object.entries(mappings)) {
    await pool.query('insert into accounting.account_mappings values ($1, $2, $3, $4, $5)', [
      organisationId,
      type,
      account,
      tax_code,
      JSON.stringify(dimensions),
    ]);
  }
}
