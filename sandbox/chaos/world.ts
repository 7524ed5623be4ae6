/** What a chaos run plays with: Postgres, both accounting systems, and the organisations in them. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

import { credentialVariable } from '../../dispatcher/credentials.ts';
import { migrate } from '../../dispatcher/migrate.ts';
import {
  startBusinessCentralSandbox,
  type BusinessCentralSandbox,
} from '../../dispatcher/adapters/business-central/sandbox/business-central-sandbox.ts';
import { startEmbeddedPostgres } from '../embedded-postgres.ts';
import {
  startXledgerSandbox,
  type XledgerSandbox,
} from '../../dispatcher/adapters/xledger/sandbox/xledger-sandbox.ts';
import {
  COMPANIES,
  ENTITIES,
  makeOrganisations,
  organisationFile,
  type ChaosOrganisation,
} from './organisations.ts';

export interface ChaosWorld {
  readonly databaseUrl: string;
  /** The owner's own connections: those that are never cut. */
  readonly control: pg.Pool;
  readonly businessCentral: BusinessCentralSandbox;
  readonly xledger: XledgerSandbox;
  readonly organisations: readonly ChaosOrganisation[];
  /** What a dispatcher is started with, secrets included. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The `application_name` of connections that are never cut. */
export const CONTROL_NAME = 'chaos control';

/**
 * Boots and fills everything but the dispatchers.
 *
 * @param closers gets what stops each thing, as soon as it is up.
 */
export async function startChaosWorld(
  seed: number,
  closers: (() => Promise<void>)[],
): Promise<ChaosWorld> {
  const organisations = makeOrganisations(seed, new Date());
  const postgres = await startEmbeddedPostgres({ stopsOnSignal: false });
  closers.push(() => postgres.stop());
  await migrate({ databaseUrl: postgres.url });

  const control = new pg.Pool({
    connectionString: postgres.url,
    application_name: CONTROL_NAME,
    max: 4,
  });
  control.on('error', () => undefined);
  closers.push(() => control.end());

  const ofSystem = (system: string) => organisations.filter((one) => one.system === system);
  const businessCentral = await startBusinessCentralSandbox({
    companies: COMPANIES,
    clients: ofSystem('business_central').map(({ credential }) => ({
      client_id: credential['client_id'] ?? '',
      client_secret: credential['client_secret'] ?? '',
    })),
  });
  closers.push(() => businessCentral.close());
  const xledger = await startXledgerSandbox({
    entities: ENTITIES,
    tokens: ofSystem('xledger').map(({ credential, company }) => ({
      token: credential['token'] ?? '',
      entity: company,
    })),
  });
  closers.push(() => xledger.close());
  // Twenty requests in five seconds would leave nothing to happen.
  xledger.switches.burst = null;

  for (const organisation of organisations) {
    const file = organisationFile(
      organisation,
      organisation.system === 'xledger'
        ? { endpoint: xledger.graphqlUrl, tokenUrl: null }
        : { endpoint: businessCentral.apiBase(), tokenUrl: businessCentral.tokenUrl() },
    );
    await control.query('select * from accounting.apply_organisation($1)', [JSON.stringify(file)]);
  }
  const password = randomBytes(16).toString('hex');
  await control.query(
    `create role chaos_dispatcher login password '${password}' in role export_dispatcher`,
  );
  return {
    databaseUrl: postgres.url,
    control,
    businessCentral,
    xledger,
    organisations,
    environment: {
      DATABASE_URL: postgres.urlFor('postgres', 'chaos_dispatcher', password),
      ALLOW_PRIVATE_ENDPOINTS: 'true',
      POLL_INTERVAL_MS: '500',
      SHUTDOWN_TIMEOUT_MS: '1000',
      ...Object.fromEntries(
        organisations.map(({ credentialRef, credential }) => [
          credentialVariable(credentialRef),
          JSON.stringify(credential),
        ]),
      ),
    },
  };
}
