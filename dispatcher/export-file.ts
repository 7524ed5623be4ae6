/** `npm run export-file -- --run RUN_ID`: a run's file, for whoever runs the system. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import { ConfigurationProblems, configurationExitCode } from './config.ts';
import { errorFields } from './log.ts';
import { requireDatabaseUrl, withOwnerDatabase } from './owner-database.ts';
import { writeFileOnce } from './write-file-once.ts';

/** There is no such file, or it can't be put there. */
const refusedExitCode = 1;
const usageExitCode = 2;
/** EX_UNAVAILABLE of sysexits.h: the database could not be asked. */
const unavailableExitCode = 69;

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const mediaTypes = { csv: 'text/csv', json: 'application/json' } as const;

/** A run's file as it is stored. */
export interface StoredFile {
  readonly name: string;
  readonly content: Buffer;
  readonly sha256: string;
}

/**
 * Reads the file of a run.
 *
 * @param databaseUrl a login that owns the schema, as for `migrate`.
 * @param as which of its two types; null: its own.
 * @throws a database error with SQLSTATE AX016, AX018 or AX028.
 */
export async function readExportFile(
  databaseUrl: string,
  runId: string,
  as: keyof typeof mediaTypes | null = null,
): Promise<StoredFile> {
  return withOwnerDatabase(databaseUrl, 'export-file', async (client) => {
    const { rows } = await client.query<StoredFile>(
      'select name, content, sha256 from accounting.file_for_operator($1, $2)',
      [runId, as === null ? null : mediaTypes[as]],
    );
    const [file] = rows;
    if (file === undefined) throw new Error('file_for_operator gave no row');
    return file;
  });
}

/** The folder didn't take the file. */
class NotPlacedError extends Error {
  override readonly name = 'NotPlacedError';
}

interface Options {
  readonly run: string;
  readonly out: string;
  readonly as?: keyof typeof mediaTypes;
}

async function main(): Promise<void> {
  const program = new Command('npm run export-file --')
    .description(
      'Puts the file of a run into a folder: whole or not at all, and never over another one. ' +
        "DATABASE_URL names the database, with its owner's login.",
    )
    .requiredOption('--run <id>', 'the run that made it', (id) => {
      if (!isUuid.test(id)) throw new InvalidArgumentError('It takes a UUID.');
      return id.toLowerCase();
    })
    .option('--out <folder>', 'where to, a folder that is there', '.')
    .addOption(
      new Option('--as <type>', 'left out: the type that the organisation chose').choices(
        Object.keys(mediaTypes),
      ),
    )
    .addHelpText(
      'after',
      "\nExit code: 0 the file is there, 1 there is no such file or it can't be put there, " +
        '2 wrong arguments,\n69 the database could not be asked, 78 wrong settings.',
    )
    .showHelpAfterError()
    .exitOverride()
    .parse();
  const { run, out, as = null } = program.opts<Options>();
  const { name, content, sha256 } = await readExportFile(requireDatabaseUrl(), run, as);
  const outcome = await writeFileOnce(out, name, content).catch((error: unknown) => {
    throw new NotPlacedError(errorFields(error).message);
  });
  console.log(
    `${path.join(out, name)}: ${outcome === 'written' ? 'written' : 'was there already, the same'} ` +
      `(${content.length} bytes, sha256 ${sha256})`,
  );
}

/** Says what went wrong; gives the exit code. */
function complain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
  if (error instanceof ConfigurationProblems) {
    process.stderr.write(error.problems.map((line) => `- ${line}\n`).join(''));
    return configurationExitCode;
  }
  const { code, message } = errorFields(error);
  const { detail, hint } = error as { detail?: string; hint?: string };
  process.stderr.write(
    [`${code ?? ''} ${message}`.trim(), detail, hint]
      .filter((line) => line !== undefined && line !== '')
      .map((line) => `- ${line}\n`)
      .join(''),
  );
  const isRefused = error instanceof NotPlacedError || code?.startsWith('AX') === true;
  if (isRefused) return refusedExitCode;
  return unavailableExitCode;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main().then(() => 0, complain);
}
