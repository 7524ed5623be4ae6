/** `npm start`: reads the environment, checks what it points to, and works until a signal. */
import { AccountingIntegrationClient } from './accounting-integration-client.ts';
import { createAdapters } from './adapters/index.ts';
import { configurationExitCode, ConfigurationProblems, readConfig } from './config.ts';
import { readCredential } from './credentials.ts';
import { Dispatcher } from './dispatcher.ts';
import { startListener } from './listener.ts';
import { createLog, errorFields } from './log.ts';
import { Queue } from './queue.ts';
import { checkBeforeStart } from './start-checks.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
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
    await checkBeforeStart(queue, process.env);
    const client = new AccountingIntegrationClient({
      queue,
      adapters: createAdapters(),
      credentialFor: (ref) => readCredential(ref, process.env),
      config,
      log,
    });
    const dispatcher = new Dispatcher({ queue, client, config, log });
    const listener = await startListener(config.databaseUrl, () => dispatcher.wake(), log);
    log('info', 'dispatcher.started', {
      concurrency: config.concurrency,
      poll_interval_ms: config.pollIntervalMs,
    });
    try {
      await dispatcher.run(stopping.signal);
    } finally {
      await listener.close().catch(() => undefined);
    }
  } finally {
    await queue.close().catch(() => undefined);
  }
  log('info', 'dispatcher.stopped');
  process.removeListener('SIGTERM', onSignal);
  process.removeListener('SIGINT', onSignal);
  if (received !== undefined) process.kill(process.pid, received);
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
