/** The connection of the commands that whoever owns the schemas gives: `organisation`, `anchor`. */
import pg from 'pg';

import { ConfigurationProblems } from './config.ts';

/**
 * DATABASE_URL, which these commands can't do without.
 *
 * @throws ConfigurationProblems if it isn't set.
 */
export function requireDatabaseUrl(environment: NodeJS.ProcessEnv = process.env): string {
  const url = environment.DATABASE_URL;
  if (url === undefined || url === '') {
    throw new ConfigurationProblems([
      'DATABASE_URL is not set: postgresql://user:password@host:5432/database',
    ]);
  }
  return url;
}

/**
 * Connects, works, and disconnects whatever happens.
 *
 * @param url a login that owns the schemas, as for `migrate`.
 * @param command named in `pg_stat_activity`.
 * @throws what connecting or `work` throws.
 */
export async function withOwnerDatabase<T>(
  url: string,
  command: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: `accounting-export ${command}`,
  });
  // A connection that breaks rejects the query under way, which is where it is told.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
