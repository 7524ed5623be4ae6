/** What has to be right before a dispatcher begins: all that is wrong is named at once. */
import { CREDENTIAL_MEMBER } from './adapters/index.ts';
import { findCredential } from './credentials.ts';
import { errorFields } from './log.ts';
import { NewerDatabaseError, pendingMigrations } from './migrate.ts';
import { sqlState, type Queue } from './queue.ts';

/** The server is starting or full: nothing has to be changed, a later start may succeed. */
export class DatabaseNotReadyError extends Error {
  override readonly name = 'DatabaseNotReadyError';
}

/**
 * Asks the database whether it is migrated, and looks for every credential that its integrations
 * need.
 *
 * @returns all that has to be put right.
 * @throws DatabaseNotReadyError
 */
export async function problemsBeforeStart(
  queue: Queue,
  environment: NodeJS.ProcessEnv,
): Promise<string[]> {
  const problems: string[] = [];
  try {
    const missing = await queue.withClient((client) => pendingMigrations(client));
    if (missing.length > 0) {
      return [
        `The database is not migrated: ${missing.length} migrations are missing. Run: npm run migrate`,
      ];
    }
    if (!(await queue.commitsDurably())) {
      problems.push(
        'DATABASE_URL: synchronous_commit is off for this login, so a crash could forget a start whose request was sent. Set it to on.',
      );
    }
    for (const { credentialRef, systems } of await queue.listCredentialRefs()) {
      const credential = await findCredential(credentialRef, {
        environment,
        vault: (ref) => queue.readVaultSecret(ref),
      });
      if (typeof credential === 'string') {
        problems.push(`${credential} (the secret of ${systems.join(', ')})`);
      } else if (!systems.every((system) => (CREDENTIAL_MEMBER[system] ?? '') in credential)) {
        problems.push(
          `${credentialRef}: the secret is of the wrong kind for ${systems.join(', ')}`,
        );
      }
    }
  } catch (error) {
    problems.push(databaseProblem(error));
  }
  return problems;
}

function databaseProblem(error: unknown): string {
  if (error instanceof NewerDatabaseError) return error.message;
  const { message } = errorFields(error);
  switch (sqlState(error)) {
    case '57P03':
    case '53300':
      throw new DatabaseNotReadyError(
        `The database takes no connection yet, it is starting or full; try again. (${message})`,
      );
    case '42501':
      return `DATABASE_URL: this login may not call the dispatcher's functions: grant it export_dispatcher (${message})`;
    case '3F000':
    case '42883':
    case '42P01':
      return 'The database is not migrated. Run: npm run migrate';
    default:
      return `DATABASE_URL: the database can't be reached: ${message}`;
  }
}
