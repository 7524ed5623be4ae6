/**
 * Preloaded into a command: has it die by SIGKILL before or after one call that puts a file into a
 * folder. CRASH_AT: `before link`, `after link`, `before sync` of the file.
 */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const point = process.env['CRASH_AT'] ?? '';
const crash = (): never => {
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: nothing more is done.
  for (;;);
};

const { link, open } = fs;

fs.link = async (existing, wanted) => {
  if (point === 'before link') crash();
  await link(existing, wanted);
  if (point === 'after link') crash();
};

fs.open = async (...args) => {
  const handle = await open(...args);
  if (point === 'before sync' && args[1] === 'wx') handle.sync = crash;
  return handle;
};

syncBuiltinESMExports();

// Past the limit of `ulimit -f` a write fails then, as on a full disk, instead of ending the process.
process.on('SIGXFSZ', () => undefined);
