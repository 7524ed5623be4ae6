/** `npm run sandbox`: both accounting systems on this machine, to play against. */
import { Command, InvalidArgumentError } from 'commander';
import { startBusinessCentralSandbox } from '../dispatcher/adapters/business-central/sandbox/business-central-sandbox.ts';
import {
  DEFAULT_CLIENT,
  DEFAULT_COMPANY_ID,
} from '../dispatcher/adapters/business-central/sandbox/options.ts';
import { DEFAULTS } from '../dispatcher/adapters/xledger/sandbox/options.ts';
import { startXledgerSandbox } from '../dispatcher/adapters/xledger/sandbox/xledger-sandbox.ts';

const command = new Command('sandbox')
  .description('Plays Business Central and Xledger on 127.0.0.1, until it is interrupted.')
  .option('--bc-port <port>', 'port of Business Central, 0 for any', parsePort, 4010)
  .option('--xledger-port <port>', 'port of Xledger, 0 for any', parsePort, 4020);
command.parse();
await run(command.opts<{ bcPort: number; xledgerPort: number }>());

async function run(ports: { bcPort: number; xledgerPort: number }): Promise<void> {
  const businessCentral = await startBusinessCentralSandbox({ port: ports.bcPort });
  const xledger = await startXledgerSandbox({ port: ports.xledgerPort }).catch(
    async (error: unknown) => {
      await businessCentral.close();
      throw error;
    },
  );
  console.log(`Business Central
  API        ${businessCentral.apiBase()}
  token      ${businessCentral.tokenUrl()}
  company    ${DEFAULT_COMPANY_ID} (HLF)
  client     client_id=${DEFAULT_CLIENT.client_id} client_secret=${DEFAULT_CLIENT.client_secret}
  books      curl ${businessCentral.url}/__sandbox/ledger
  a fault    curl -X PUT ${businessCentral.url}/__sandbox/faults \\
               -d '{"kind":"drop_after","method":"POST","path":"\\\\$batch$"}'
             the next batch is booked, and its answer is lost

Xledger
  API        ${xledger.graphqlUrl}
  token      ${DEFAULTS.tokens[0]}
  books      curl ${xledger.url}/__sandbox/ledger
  a fault    curl -X PUT ${xledger.url}/__sandbox/faults \\
               -d '{"kind":"apply_late","delay_ms":5000,"operation":"addGLImportItems"}'
             the next import is answered with 504, and booked five seconds later

  All faults stand in sandbox/faults.ts. GET /__sandbox/faults shows what waits, GET
  /__sandbox/requests what came. Ctrl+C ends both.`);
  await interrupted();
  await Promise.all([businessCentral.close(), xledger.close()]);
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('a port is a whole number from 0 to 65535');
}
