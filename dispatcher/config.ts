/**
 * The dispatcher's environment, read once into one frozen, validated object. The table in
 * docs/configuration.md says the same; all problems are reported together.
 */
import os from 'node:os';
import { z } from 'zod';

/** What is wrong with the environment or with what it points to: exit code 78. */
export class ConfigurationProblems extends Error {
  override readonly name = 'ConfigurationProblems';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** EX_CONFIG of sysexits.h: restarting won't help, somebody has to change something. */
export const configurationExitCode = 78;

const wholeNumber = (least: number, most: number, ifMissing: number) =>
  z
    .string()
    .regex(/^\d+$/, 'takes a whole number')
    .transform(Number)
    .refine((n) => n >= least && n <= most, `takes ${least} to ${most}`)
    .default(ifMissing);

const schema = z.object({
  DATABASE_URL: z
    .string('is not set: postgresql://user:password@host:5432/database')
    .refine(
      (text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
      'is not a Postgres URL: postgresql://user:password@host:5432/database',
    ),
  DISPATCHER_NAME: z
    .string()
    .regex(/^[\w.:-]{1,100}$/, 'takes letters, digits, ., :, _ and -')
    .default(`${os.hostname().replaceAll(/[^\w.-]/g, '')}-${process.pid}`),
  CONCURRENCY: wholeNumber(1, 100, 32),
  POLL_INTERVAL_MS: wholeNumber(100, 600_000, 5_000),
  SHUTDOWN_TIMEOUT_MS: wholeNumber(0, 600_000, 25_000),
  DATABASE_GIVE_UP_MS: wholeNumber(1_000, 86_400_000, 300_000),
  MAX_BODY_BYTES: wholeNumber(10_000, 100_000_000, 5 * 1024 * 1024),
  ALLOW_PRIVATE_ENDPOINTS: z.enum(['true', 'false'], 'takes true or false').default('false'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'takes debug, info, warn, error or silent')
    .default('info'),
});

/** The dispatcher's settings; times in milliseconds. */
export interface Config {
  readonly databaseUrl: string;
  /** Who carries a run, in leases and in the trail. */
  readonly name: string;
  /** Runs carried at once. */
  readonly concurrency: number;
  /** How often to look for work that no notification told of. */
  readonly pollIntervalMs: number;
  /** How long what is under way may finish after SIGTERM. */
  readonly shutdownTimeoutMs: number;
  /** Without the database for so long, the process ends itself. */
  readonly databaseGiveUpMs: number;
  readonly maxBodyBytes: number;
  readonly allowPrivateEndpoints: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/**
 * Reads the environment.
 *
 * @throws ConfigurationProblems with every problem; values are never quoted.
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = schema.safeParse(givenIn(environment));
  if (!parsed.success) {
    throw new ConfigurationProblems(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`),
    );
  }
  const values = parsed.data;
  return Object.freeze({
    databaseUrl: values.DATABASE_URL,
    name: values.DISPATCHER_NAME,
    concurrency: values.CONCURRENCY,
    pollIntervalMs: values.POLL_INTERVAL_MS,
    shutdownTimeoutMs: values.SHUTDOWN_TIMEOUT_MS,
    databaseGiveUpMs: values.DATABASE_GIVE_UP_MS,
    maxBodyBytes: values.MAX_BODY_BYTES,
    allowPrivateEndpoints: values.ALLOW_PRIVATE_ENDPOINTS === 'true',
    logLevel: values.LOG_LEVEL,
  });
}

/** DATABASE_URL where it can be used, whatever is wrong with the other settings; else null. */
export function usableDatabaseUrl(environment: NodeJS.ProcessEnv): string | null {
  const parsed = schema.pick({ DATABASE_URL: true }).safeParse(givenIn(environment));
  return parsed.success ? parsed.data.DATABASE_URL : null;
}

/** An empty variable counts as left out. */
function givenIn(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, text]) => text !== ''));
}
