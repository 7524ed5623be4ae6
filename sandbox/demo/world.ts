/** Everything that the demo plays with: started in order, stopped in the opposite one. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

import { credentialVariable } from '../../dispatcher/credentials.ts';
import { migrate } from '../../dispatcher/migrate.ts';
import { applyOrganisation } from '../../dispatcher/organisation.ts';
import { readOrganisationFile } from '../../dispatcher/organisation-file.ts';
import {
  startBusinessCentralSandbox,
  type BusinessCentralSandbox,
} from '../../dispatcher/adapters/business-central/sandbox/business-central-sandbox.ts';
import { DEFAULT_CLIENT } from '../../dispatcher/adapters/business-central/sandbox/options.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../embedded-postgres.ts';
import { startPostgrest } from '../postgrest.ts';
import { signToken } from '../tokens.ts';
import { DEFAULTS } from '../../dispatcher/adapters/xledger/sandbox/options.ts';
import {
  startXledgerSandbox,
  type XledgerSandbox,
} from '../../dispatcher/adapters/xledger/sandbox/xledger-sandbox.ts';
import { startDispatcher, type DispatcherProcess } from './dispatcher-process.ts';
import type { Screen } from './screen.ts';

/** One of the two organisations, with what is needed to act in its name. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly system: 'business_central' | 'xledger';
  readonly tokens: Readonly<Record<'app' | 'coordinator' | 'auditor', string>>;
}

export interface World {
  readonly databaseUrl: string;
  readonly apiUrl: string;
  readonly businessCentral: BusinessCentralSandbox;
  readonly xledger: XledgerSandbox;
  readonly dispatcher: DispatcherProcess;
  readonly organisations: readonly [Organisation, Organisation];
}

/** What was started, and where its log is. */
export interface Starting {
  readonly screen: Screen;
  /** Checked between the steps. */
  readonly signal: AbortSignal;
  /** Gets what stops each thing, as soon as it is up. */
  readonly closers: (() => Promise<void>)[];
  readonly logFile: string;
}

const files = {
  hlf: fileURLToPath(new URL('../organisations/hlf.yaml', import.meta.url)),
  blindeforbundet: fileURLToPath(new URL('../organisations/blindeforbundet.yaml', import.meta.url)),
};
const tokenLifetimeSeconds = 12 * 60 * 60;

/** A new folder for the dispatcher's log. */
export async function makeLogFolder(): Promise<{ logFile: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'accounting-demo-'));
  return {
    logFile: path.join(folder, 'dispatcher.log'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/**
 * Boots Postgres, migrates it, and starts both accounting systems, PostgREST and a dispatcher.
 *
 * @throws Error of whatever doesn't start; what is up by then is among `closers`.
 */
export async function startWorld({ screen, signal, closers, logFile }: Starting): Promise<World> {
  const up = <T>(thing: T, close: (thing: T) => Promise<void>): T => {
    closers.push(() => close(thing));
    signal.throwIfAborted();
    return thing;
  };
  const step: Screen['step'] = async (work, describe) => {
    signal.throwIfAborted();
    return screen.step(work, describe);
  };

  const postgres = await step(
    async () =>
      up(await startEmbeddedPostgres({ stopsOnSignal: false }), (server) => server.stop()),
    ({ port }) => `Postgres, new and empty, on port ${port}`,
  );
  const databaseUrl = postgres.url;
  await step(
    () => migrate({ databaseUrl }),
    ({ applied }) => `the schema: ${applied.length} migrations, then functions and views`,
  );
  const businessCentral = await step(
    async () => up(await startBusinessCentralSandbox(), (sandbox) => sandbox.close()),
    ({ url }) => `Business Central, played at ${url}`,
  );
  const xledger = await step(
    async () => up(await startXledgerSandbox(), (sandbox) => sandbox.close()),
    ({ url }) => `Xledger, played at ${url}`,
  );
  const environment = {
    BUSINESS_CENTRAL_ENDPOINT: businessCentral.apiBase(),
    BUSINESS_CENTRAL_TOKEN_URL: businessCentral.tokenUrl(),
    XLEDGER_ENDPOINT: xledger.graphqlUrl,
  };
  const jwtSecret = randomBytes(32).toString('hex');
  const organisations = await step(
    async () =>
      [
        await addOrganisation(databaseUrl, files.hlf, environment, jwtSecret),
        await addOrganisation(databaseUrl, files.blindeforbundet, environment, jwtSecret),
      ] as const,
    () => 'HLF and Blindeforbundet, from sandbox/organisations/*.yaml',
  );
  const { login, authenticator } = await addLogins(postgres);
  const [api, dispatcher] = await step(
    () =>
      together([
        startPostgrest({
          databaseUrl: authenticator,
          jwtSecret,
          schemas: ['api'],
          anonRole: 'anon',
        }).then((server) => up(server, (one) => one.stop())),
        startDispatcher(
          {
            DATABASE_URL: login,
            ALLOW_PRIVATE_ENDPOINTS: 'true',
            [credentialVariable('hlf-business-central')]: JSON.stringify(DEFAULT_CLIENT),
            [credentialVariable('blindeforbundet-xledger')]: JSON.stringify({
              token: DEFAULTS.tokens[0],
            }),
          },
          logFile,
        ).then((process) => up(process, (one) => one.stop())),
      ]),
    ([server, { pid }]) => `PostgREST at ${server.url}, and a dispatcher, process ${pid}`,
  );
  return { databaseUrl, apiUrl: api.url, businessCentral, xledger, dispatcher, organisations };
}

/** As Promise.all, but waits for both, so that nothing comes up behind a failure's back. */
async function together<A, B>(work: readonly [Promise<A>, Promise<B>]): Promise<[A, B]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

async function addOrganisation(
  databaseUrl: string,
  file: string,
  environment: NodeJS.ProcessEnv,
  secret: string,
): Promise<Organisation> {
  await applyOrganisation(databaseUrl, file, environment);
  const { organisation, integrations } = await readOrganisationFile(file, environment);
  const [integration] = integrations;
  if (integration === undefined || integration.system === 'file') {
    throw new Error(`${file} names no ledger to play against`);
  }
  const tokenFor = (appRole: string) =>
    signToken({
      secret,
      role: 'authenticated',
      organisationId: organisation.id,
      organisationName: organisation.name,
      appRole,
      subject: `demo-${appRole}`,
      expiresInSeconds: tokenLifetimeSeconds,
    });
  return {
    id: organisation.id,
    name: organisation.name,
    prefix: organisation.reference_prefix,
    system: integration.system,
    tokens: {
      app: await tokenFor('app'),
      coordinator: await tokenFor('coordinator'),
      auditor: await tokenFor('auditor'),
    },
  };
}

/** The two logins of a production set-up: neither owns anything. */
async function addLogins(
  postgres: EmbeddedPostgres,
): Promise<{ login: string; authenticator: string }> {
  const passwords = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')] as const;
  const owner = new pg.Client({ connectionString: postgres.url });
  await owner.connect();
  try {
    await owner.query(
      `create role demo_dispatcher login password '${passwords[0]}' in role export_dispatcher;
       create role demo_authenticator login noinherit password '${passwords[1]}'
         in role anon, authenticated, service_role`,
    );
  } finally {
    await owner.end();
  }
  return {
    login: postgres.urlFor('postgres', 'demo_dispatcher', passwords[0]),
    authenticator: postgres.urlFor('postgres', 'demo_authenticator', passwords[1]),
  };
}
