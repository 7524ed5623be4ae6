/** `npm run organisation -- apply FILE`, `-- resume`, `-- freeze`, `-- erase`: for whoever runs it. */
import { pathToFileURL } from 'node:url';
import { Command } from 'commander';

import { SYSTEMS } from './adapters/adapter.ts';
import { ConfigurationProblems, configurationExitCode } from './config.ts';
import { addErase } from './erase-command.ts';
import { errorFields } from './log.ts';
import { OrganisationFileError, readOrganisationFile } from './organisation-file.ts';
import { requireDatabaseUrl, withOwnerDatabase } from './owner-database.ts';

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What became of one object of the file. */
export interface Applied {
  readonly object: string;
  readonly result: string;
}

/**
 * Brings the database to what a file says. The same file again changes nothing.
 *
 * @param databaseUrl a login that owns the schema, as for `migrate`.
 * @throws OrganisationFileError for the file; a database error with SQLSTATE AX010 for its content.
 */
export async function applyOrganisation(
  databaseUrl: string,
  file: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Applied[]> {
  const content = await readOrganisationFile(file, environment);
  return withOwnerDatabase(databaseUrl, 'organisation', async (client) => {
    const { rows } = await client.query<Applied>(
      'select * from accounting.apply_organisation($1)',
      [JSON.stringify(content)],
    );
    return rows;
  });
}

/**
 * Lets a paused integration send again.
 *
 * @returns false if it was not paused.
 * @throws a database error with SQLSTATE AX014 for an organisation that isn't there, AX007 for one
 *   without an integration with that system.
 */
export async function resumeIntegration(
  databaseUrl: string,
  organisationId: string,
  system: string,
): Promise<boolean> {
  return withOwnerDatabase(databaseUrl, 'organisation', async (client) => {
    const { rows } = await client.query<{ resumed: boolean }>(
      'select accounting.resume_integration($1, $2) as resumed',
      [organisationId, system],
    );
    return rows[0]?.resumed ?? false;
  });
}

/**
 * After a dump was restored in place, which no server notices by itself: nothing is sent before the
 * ledgers have been asked for all that is open.
 *
 * @param reason shown to coordinators; at most 500 characters.
 * @returns how many integrations are frozen now.
 * @throws a database error with SQLSTATE AX017 for an empty or too long reason.
 */
export async function freezeAll(databaseUrl: string, reason: string): Promise<number> {
  return withOwnerDatabase(databaseUrl, 'organisation', async (client) => {
    const { rows } = await client.query<{ count: number }>(
      'select accounting.freeze($1) as count',
      [reason],
    );
    return rows[0]?.count ?? 0;
  });
}

async function main(): Promise<void> {
  const program = new Command('npm run organisation --')
    .description("Sets organisations up. DATABASE_URL names the database, with its owner's login.")
    .showHelpAfterError();
  program
    .command('apply')
    .argument('<file>', 'YAML or JSON; docs/organisation-file.md describes it')
    .description('loads an organisation, its integrations and mappings; safe to repeat')
    .action(async (file: string) => {
      for (const { object, result } of await applyOrganisation(requireDatabaseUrl(), file)) {
        console.log(`${object}: ${result}`);
      }
    });
  program
    .command('resume')
    .argument('<organisation-id>')
    .argument('<system>', SYSTEMS.join(' or '))
    .description('lets an integration send again that was paused because the system refused us')
    .action(async (organisationId: string, system: string) => {
      if (!isUuid.test(organisationId)) {
        throw new OrganisationFileError([
          'The organisation-id must be a UUID: organisation.id in its file.',
        ]);
      }
      const isResumed = await resumeIntegration(requireDatabaseUrl(), organisationId, system);
      console.log(isResumed ? 'resumed' : 'it was not paused');
    });
  program
    .command('freeze')
    .description(
      'after a backup was restored in place: sends nothing before the ledgers were asked for what is open',
    )
    .option('--reason <text>', 'shown to coordinators', 'the database was restored from a backup')
    .action(async ({ reason }: { reason: string }) => {
      const count = await freezeAll(requireDatabaseUrl(), reason);
      console.log(
        `Frozen: ${count === 1 ? '1 integration' : `${count} integrations`}. Dispatchers ask for what is open, and send again when all is answered.`,
      );
    });
  addErase(program);
  await program.parseAsync();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    if (error instanceof OrganisationFileError || error instanceof ConfigurationProblems) {
      process.stderr.write(error.problems.map((line) => `- ${line}\n`).join(''));
      process.exit(configurationExitCode);
    }
    const { code, message } = errorFields(error);
    const { detail, hint } = error as { detail?: string; hint?: string };
    process.stderr.write(
      [`${code ?? ''} ${message}`.trim(), detail, hint]
        .filter((line) => line !== undefined && line !== '')
        .map((line) => `- ${line}\n`)
        .join(''),
    );
    process.exit(code?.startsWith('AX') === true ? configurationExitCode : 1);
  });
}
