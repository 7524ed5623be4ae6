/** Where secrets come from: the environment, a directory as containers mount it, a vault. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import t from 'tap';

import { findCredential } from '../credentials.ts';

const first = { client_id: 'an-id', client_secret: 'the-first-secret' };
const second = { client_id: 'an-id', client_secret: 'the-second-secret' };

interface Test {
  teardown(handler: () => unknown): unknown;
}

function folderFor(t: Test): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'credentials-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

const inFolder = (folder: string, ref = 'hlf-bc') =>
  findCredential(ref, { environment: { CREDENTIALS_DIR: folder } });

await t.test('a file of the name, with a line feed at its end', async (t) => {
  const folder = folderFor(t);
  writeFileSync(path.join(folder, 'hlf-bc'), `\uFEFF${JSON.stringify(first)}\r\n`);
  t.same(await inFolder(folder), first);
  writeFileSync(path.join(folder, 'hlf-bc'), JSON.stringify(second));
  t.same(await inFolder(folder), second, 'read anew each time');
});

await t.test('a directory of the name, with a file for each field', async (t) => {
  const folder = folderFor(t);
  mkdirSync(path.join(folder, 'bf-xl'));
  writeFileSync(path.join(folder, 'bf-xl', 'token'), 'a token \n');
  writeFileSync(path.join(folder, 'bf-xl', '.hidden'), 'x');
  t.same(await inFolder(folder, 'bf-xl'), { token: 'a token ' }, 'only the line feed goes');
});

await t.test('links as Kubernetes makes them, swapped when the secret is rotated', async (t) => {
  const folder = folderFor(t);
  const secret = path.join(folder, 'hlf-bc');
  mkdirSync(secret);
  const write = (version: string, value: typeof first): void => {
    mkdirSync(path.join(secret, version));
    for (const [name, text] of Object.entries(value)) {
      writeFileSync(path.join(secret, version, name), text);
    }
    symlinkSync(version, path.join(secret, '..data_tmp'));
    renameSync(path.join(secret, '..data_tmp'), path.join(secret, '..data'));
  };
  write('..2026_03_01', first);
  for (const name of Object.keys(first)) symlinkSync(`..data/${name}`, path.join(secret, name));
  t.same(await inFolder(folder), first);
  write('..2026_03_02', second);
  t.same(await inFolder(folder), second);

  const flat = folderFor(t);
  mkdirSync(path.join(flat, '..2026'));
  writeFileSync(path.join(flat, '..2026', 'hlf-bc'), JSON.stringify(first));
  symlinkSync('..2026', path.join(flat, '..data'));
  symlinkSync('..data/hlf-bc', path.join(flat, 'hlf-bc'));
  t.same(await inFolder(flat), first);
});

await t.test('what is unusable is told without its value or its place', async (t) => {
  const folder = folderFor(t);
  const file = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text);
    return path.join(folder, name);
  };
  file('not-json', 'hemmelig-verdi');
  file('other-form', '{"tokens":"hemmelig-verdi"}');
  file('empty', '');
  file('long', JSON.stringify({ token: 'x'.repeat(70_000) }));
  chmodSync(file('writable', JSON.stringify(first)), 0o666);
  const elsewhere = folderFor(t);
  writeFileSync(path.join(elsewhere, 'outside'), JSON.stringify(first));
  symlinkSync(path.join(elsewhere, 'outside'), path.join(folder, 'outside'));
  mkdirSync(path.join(folder, 'nothing-in-it'));
  for (const [ref, words] of [
    ['not-json', /is not JSON$/],
    ['other-form', /must be/],
    ['empty', /is not JSON$/],
    ['long', /is longer than/],
    ['writable', /may be written by anybody/],
    ['outside', /leads out of it/],
    ['nothing-in-it', /must be/],
    ['missing', /^CREDENTIAL_MISSING is not set, and CREDENTIALS_DIR has no file missing$/],
    ['../outside', /is no name/],
    ['..data', /is no name/],
    ['a/b', /is no name/],
  ] as const) {
    const said = await inFolder(folder, ref);
    t.type(said, 'string', ref);
    t.match(said, words, ref);
    t.notMatch(said, /hemmelig|the-first/);
    t.notMatch(said, new RegExp(os.tmpdir()));
  }
  t.match(await inFolder(path.join(folder, 'gone')), /CREDENTIALS_DIR can't be read/);
  t.match(await inFolder(path.join(folder, 'not-json')), /CREDENTIALS_DIR is no directory/);
});

await t.test('the environment goes before the directory, and that before the vault', async (t) => {
  const folder = folderFor(t);
  writeFileSync(path.join(folder, 'hlf-bc'), JSON.stringify(second));
  const asked: string[] = [];
  const vault = (ref: string) => {
    asked.push(ref);
    return Promise.resolve(ref === 'bf-xl' ? '{"token":"of the vault"}' : null);
  };
  const environment = { CREDENTIALS_DIR: folder, CREDENTIAL_HLF_BC: JSON.stringify(first) };
  const find = (ref: string, given: NodeJS.ProcessEnv) =>
    findCredential(ref, { environment: given, vault });
  t.same(await find('hlf-bc', environment), first);
  t.same(await find('hlf-bc', { ...environment, CREDENTIAL_HLF_BC: '' }), second);
  t.same(asked, []);
  t.same(await find('bf-xl', environment), { token: 'of the vault' });
  t.match(await find('other', environment), /^CREDENTIAL_OTHER is not set/);
  t.same(asked, ['bf-xl', 'other']);
  t.match(
    await find('hlf-bc', { ...environment, CREDENTIAL_HLF_BC: 'x' }),
    /^CREDENTIAL_HLF_BC is not JSON$/,
    'the first that has something decides',
  );
});

t.end();
