import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import type { ClientBase } from 'pg';

import { SqlFileError } from './sql-file-error.ts';

/** Kinds of database objects by the suffix of their file, in the order of the pass. */
export const objectKinds = ['function', 'view', 'trigger', 'policy', 'grant'] as const;
export type ObjectKind = (typeof objectKinds)[number];

/** How many files of each kind were applied. */
export type ObjectCounts = Readonly<Record<ObjectKind, number>>;

interface SqlFile {
  readonly path: string;
  readonly kind: ObjectKind;
  readonly text: string;
}

/** Held for the transaction; any constant will do that nobody else uses in this database. */
const passLock = 4_107_225_017;

/**
 * Applies everything re-runnable under `directory`, in one transaction: a reader sees the old state
 * or the new one, and a mistake leaves the old one. By kind, within a kind by path:
 *
 * 1. all views that the files make are dropped (in one statement, which sorts out by itself which
 *    of them reads which), so that a function may change its signature under a view;
 * 2. functions with `check_function_bodies` off, so that their order doesn't matter;
 * 3. views; one that reads another view needs a path that sorts after it;
 * 4. functions again with bodies checked. Views come before, for a `language sql` body that reads
 *    one is refused without it;
 * 5. triggers, policies, grants. Dropping took the views' grants and triggers along: both are here.
 *
 * `search_path` is empty: files qualify every name. No file commits.
 *
 * Where a function is dropped at the top of its file, it is dropped twice. That is nothing if its
 * parameters changed. If only its result did, and a view or policy stands on it, a numbered
 * migration drops it with `cascade`: all that goes with it is made again here.
 *
 * @param client connected, outside a transaction.
 * @throws SqlFileError with the file, and the line where Postgres names it.
 */
export async function applyFunctions(client: ClientBase, directory: string): Promise<ObjectCounts> {
  const files = await readFiles(directory);
  const ofKind = (kind: ObjectKind): SqlFile[] => files.filter((file) => file.kind === kind);
  const apply = async (kind: ObjectKind): Promise<void> => {
    for (const file of ofKind(kind)) await runFile(client, file);
  };

  await client.query('begin');
  try {
    await client.query("set local search_path = ''");
    await client.query('select pg_catalog.pg_advisory_xact_lock($1)', [passLock]);
    await dropViews(client, ofKind('view'));
    await client.query('set local check_function_bodies = off');
    await apply('function');
    await apply('view');
    await client.query('set local check_function_bodies = on');
    await apply('function');
    await apply('trigger');
    await apply('policy');
    await apply('grant');
    // Delivered on commit; harmless where no PostgREST listens.
    await client.query("notify pgrst, 'reload schema'");
    await client.query('commit');
  } catch (error) {
    // Whatever rollback says (the connection may be gone), the first error is the one to tell.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
  const count = (kind: ObjectKind): [ObjectKind, number] => [kind, ofKind(kind).length];
  return Object.fromEntries(objectKinds.map(count)) as unknown as ObjectCounts;
}

async function readFiles(directory: string): Promise<SqlFile[]> {
  const names = (await readdir(directory, { recursive: true })).filter((name) =>
    name.endsWith('.sql'),
  );
  // By code unit, not by locale: the same order on every machine.
  names.sort();
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(directory, name);
      const kind = objectKinds.find((candidate) => name.endsWith(`.${candidate}.sql`));
      if (kind === undefined) {
        throw new SqlFileError(
          file,
          `its name tells no kind: it should end in one of .${objectKinds.join('.sql, .')}.sql`,
        );
      }
      return { path: file, kind, text: await readFile(file, 'utf8') };
    }),
  );
}

async function runFile(client: ClientBase, file: SqlFile): Promise<void> {
  try {
    await client.query(file.text);
  } catch (error) {
    throw SqlFileError.from(file.path, file.text, error);
  }
}

async function dropViews(client: ClientBase, files: readonly SqlFile[]): Promise<void> {
  if (files.length === 0) return;
  const names = files.map((file) => {
    const name = /^\s*create\s+(?:or\s+replace\s+)?view\s+([a-z_]\w*\.[a-z_]\w*)/im.exec(file.text);
    if (name?.[1] === undefined) {
      throw new SqlFileError(file.path, 'no `create view schema.name` was found in it');
    }
    return name[1];
  });
  const sql = `drop view if exists ${names.join(', ')}`;
  try {
    await client.query(sql);
  } catch (error) {
    throw SqlFileError.from(`(views of ${names.length} files)`, sql, error);
  }
}
