/** `npm start`: reads the environment, checks what it points to, and works until a signal. */
import { setTimeout as sleep } from 'node:timers/promises';

import { Command } from 'commander';

import { AccountingIntegrationClient } from './accounting-integration-client.ts';
import { createAdapters } from './adapters/index.ts';
import {
  configurationExitCode,
  ConfigurationProblems,
  readConfig,
  usableDatabaseUrl,
  type Config,
} from './config.ts';
import { findCredential } from './credentials.ts';
import { Dispatcher } from './dispatcher.ts';
import { startListener } from './listener.ts';
import { createLog, errorFields } from './log.ts';
import { Queue } from './queue.ts';
import { DatabaseNotReadyError, problemsBeforeStart } from './start-checks.ts';

/** A database that doesn't answer must not keep the process from ending. */
const closingTimeoutMs = 500;

async function main(): Promise<void> {
  new Command('npm start --')
    .description(
      'Exports what was requested, until SIGTERM. docs/configuration.md names its variables.',
    )
    .parse();
  const config = await readSettings();
  const log = createLog(config);
  const queue = new Queue(config.databaseUrl, {
    poolSize: Math.min(config.concurrency + 2, 20),
    onError: (error) => log('warn', 'connection.lost', errorFields(error)),
  });
  const stopping = new AbortController();
  let received: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    // The second signal ends the process at once; the database takes it for a crash.
    if (received !== undefined) process.exit(1);
    received = signal;
    log('info', 'signal.received', { signal });
    stopping.abort();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  try {
    const problems = await problemsBeforeStart(queue, process.env);
    if (problems.length > 0) throw new ConfigurationProblems(problems);
    const client = new AccountingIntegrationClient({
      queue,
      adapters: createAdapters(),
      credentialFor: (ref) =>
        findCredential(ref, {
          environment: process.env,
          vault: (name) => queue.readVaultSecret(name),
        }),
      config,
      log,
    });
    const dispatcher = new Dispatcher({ queue, client, config, log });
    if (config.allowPrivateEndpoints) {
      log('warn', 'addresses.unchecked', {
        message:
          'ALLOW_PRIVATE_ENDPOINTS is on: http and private networks are allowed as endpoints. Not for production.',
      });
    }
    const listener = await startListener(config.databaseUrl, () => dispatcher.wake(), log);
    log('info', 'dispatcher.started', {
      concurrency: config.concurrency,
      poll_interval_ms: config.pollIntervalMs,
    });
    try {
      await dispatcher.run(stopping.signal);
    } finally {
      await closed(listener);
    }
  } finally {
    await closed(queue);
  }
  log('info', 'dispatcher.stopped');
  process.removeListener('SIGTERM', onSignal);
  process.removeListener('SIGINT', onSignal);
  if (received !== undefined) process.kill(process.pid, received);
}

/** With the problems of the settings, those of the database and the credentials are told too. */
async function readSettings(): Promise<Config> {
  try {
    return readConfig(process.env);
  } catch (error) {
    const databaseUrl = usableDatabaseUrl(process.env);
    if (!(error instanceof ConfigurationProblems) || databaseUrl === null) throw error;
    const queue = new Queue(databaseUrl, { poolSize: 1, onError: () => undefined });
    let others: string[] = [];
    try {
      others = await problemsBeforeStart(queue, process.env);
    } catch (notReady) {
      if (!(notReady instanceof DatabaseNotReadyError)) throw notReady;
    } finally {
      await closed(queue);
    }
    throw new ConfigurationProblems([...error.problems, ...others]);
  }
}

async function closed(what: { close(): Promise<void> }): Promise<void> {
  const waiting = new AbortController();
  await Promise.race([
    what.close().catch(() => undefined),
    sleep(closingTimeoutMs, undefined, { signal: waiting.signal }).catch(() => undefined),
  ]);
  waiting.abort();
}

main().catch((error: unknown) => {
  if (error instanceof ConfigurationProblems) {
    process.stderr.write(
      `The dispatcher can't start:\n${error.problems.map((line) => `  - ${line}\n`).join('')}` +
        'docs/configuration.md describes each setting.\n',
    );
    process.exit(configurationExitCode);
  }
  process.stderr.write(`The dispatcher ended: ${errorFields(error).message}\n`);
  process.exit(1);
});
