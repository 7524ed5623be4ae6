/** A clock that a test steps under a running program, by libfaketime. */
import fs from 'node:fs/promises';
import path from 'node:path';

import { findSystemPackages } from './system-packages.ts';

export interface FakeClock {
  /** What a program is started with, so that its wall clock is this one. Its monotonic one is not. */
  readonly environment: Readonly<Record<string, string>>;
  /** From now on the clock is so far ahead of the true time: `+1h`, `-2h`, `+0`. */
  step(offset: string): Promise<void>;
}

/**
 * @param directory holds the file that steps the clock; whoever runs the program can read it.
 * @throws MissingPackagesError
 */
export async function createFakeClock(directory: string): Promise<FakeClock> {
  const file = path.join(directory, 'clock');
  const step = async (offset: string): Promise<void> => {
    // In one go: a file that is read half-written would be another time.
    await fs.writeFile(`${file}.new`, `${offset}\n`, { mode: 0o644 });
    await fs.rename(`${file}.new`, file);
  };
  await step('+0');
  return {
    step,
    environment: {
      LD_PRELOAD: findSystemPackages().faketime,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      // The name changed between versions.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
  };
}
