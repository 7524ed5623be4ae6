/**
 * Puts a file into a folder whole or not at all, and never over another one: written and flushed under
 * a name of its own first, then linked to the name that was wanted, which fails if there is one.
 */
import { randomBytes } from 'node:crypto';
import { link, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** A file of that name is there, and holds something else. */
export class OtherFileError extends Error {
  override readonly name = 'OtherFileError';
}

/** What a crash left behind is nobody's any more after this. */
const abandonedAfterMs = 3_600_000;

/**
 * Writes the file, unless it is there already with the same bytes.
 *
 * Killed at any point, the folder has the whole file under its name or none; what is left then is a
 * hidden `.NAME.….part`, which a later call removes once it is an hour old.
 *
 * @param name without a folder.
 * @returns `written`, or `unchanged` if the same file was there.
 * @throws OtherFileError; what the file system throws, and then no file of that name came about.
 */
export async function writeFileOnce(
  folder: string,
  name: string,
  content: Uint8Array,
): Promise<'written' | 'unchanged'> {
  const target = path.join(folder, name);
  await removeAbandoned(folder, name);
  const partial = path.join(folder, `.${name}.${randomBytes(6).toString('hex')}.part`);
  let outcome: 'written' | 'unchanged' = 'written';
  try {
    // Readable by its owner alone: it holds personal data.
    const handle = await open(partial, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    try {
      await link(partial, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (!(await readFile(target)).equals(content)) {
        throw new OtherFileError(`${target} is there already, with other content`);
      }
      outcome = 'unchanged';
    }
  } finally {
    await rm(partial, { force: true });
  }
  await flushFolder(folder);
  return outcome;
}

/** Without this the name itself may be lost when the machine goes down. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeAbandoned(folder: string, name: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(`.${name}.`) || !entry.endsWith('.part')) continue;
    const file = path.join(folder, entry);
    const found = await stat(file).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > abandonedAfterMs) {
      await rm(file, { force: true });
    }
  }
}
