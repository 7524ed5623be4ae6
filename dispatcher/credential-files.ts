/**
 * Secrets as containers, Kubernetes and systemd mount them: `CREDENTIALS_DIR/<credential_ref>`, a
 * file with a JSON object, or a directory with a file per field. Read anew each time.
 *
 * Files that others may read are taken: that is how Docker and Kubernetes mount them, in a
 * container of one user. Files that others may write are not.
 */
import {
  closeSync,
  fstatSync,
  openSync,
  readSync,
  readdirSync,
  realpathSync,
  statSync,
} from 'node:fs';
import path from 'node:path';

/** Longer than any secret; what is longer is no secret. */
const maxBytes = 64 * 1024;
const fields = ['client_id', 'client_secret', 'token'];

/** Says which file can't be used and why; never what it holds. */
class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}

/**
 * @returns what the file holds, null if there is none of that name, or a sentence that says what is
 *   wrong and quotes neither a value nor the directory.
 */
export function readCredentialFile(
  directory: string,
  credentialRef: string,
): { readonly value: unknown } | string | null {
  const where = `the file ${credentialRef} in CREDENTIALS_DIR`;
  // The database holds it to this too; here it becomes a part of a path.
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(credentialRef)) return 'the credential_ref is no name';
  let root: string;
  try {
    root = realpathSync(directory);
    if (!statSync(root).isDirectory()) return 'CREDENTIALS_DIR is no directory';
  } catch {
    return "CREDENTIALS_DIR can't be read";
  }
  try {
    const target = inside(root, path.join(root, credentialRef));
    if (target === null) return null;
    if (statSync(target).isDirectory()) return { value: readFields(root, target) };
    const text = readText(target);
    try {
      return { value: JSON.parse(text) };
    } catch {
      return `${where} is not JSON`;
    }
  } catch (error) {
    if (error instanceof UnusableFile) return `${where} ${error.message}`;
    return `${where} can't be read`;
  }
}

/** Follows links, as Kubernetes makes them, but not out of the directory; null: there is nothing. */
function inside(root: string, file: string): string | null {
  let target: string;
  try {
    target = realpathSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  if (target.startsWith(root + path.sep)) return target;
  throw new UnusableFile('leads out of it');
}

/** Of one version: Kubernetes swaps the link `..data` when it has written all files of a new one. */
function readFields(root: string, folder: string): Record<string, string> {
  const version = inside(root, path.join(folder, '..data')) ?? folder;
  const names = readdirSync(version).filter((name) => fields.includes(name));
  return Object.fromEntries(
    names.flatMap((name) => {
      const file = inside(root, path.join(version, name));
      return file === null ? [] : [[name, readText(file).replace(/\r?\n$/, '')]];
    }),
  );
}

/** Without a byte order mark. */
function readText(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) throw new UnusableFile('is no file');
    if ((stat.mode & 0o002) !== 0) throw new UnusableFile('may be written by anybody');
    const bytes = Buffer.alloc(maxBytes + 1);
    let size = 0;
    for (let read = 1; read > 0 && size < bytes.length; size += read) {
      read = readSync(descriptor, bytes, size, bytes.length - size, null);
    }
    if (size > maxBytes) throw new UnusableFile(`is longer than ${String(maxBytes)} bytes`);
    return bytes.toString('utf8', 0, size).replace(/^\uFEFF/, '');
  } finally {
    closeSync(descriptor);
  }
}
