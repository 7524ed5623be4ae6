/** The browser of the system: playwright-core brings none. */
import { existsSync } from 'node:fs';

import { chromium, type Browser } from 'playwright-core';

/** The message says what to install. */
export class MissingBrowserError extends Error {
  override readonly name = 'MissingBrowserError';
}

const variable = 'CHROMIUM';

/**
 * Finds Chromium where Debian installs it, or where the variable `CHROMIUM` says.
 *
 * @throws MissingBrowserError
 */
export function findChromium(): string {
  const given = process.env[variable];
  const at = given || '/usr/bin/chromium';
  if (existsSync(at)) return at;
  throw new MissingBrowserError(
    given
      ? `${variable} names ${at}, which isn't there.`
      : `These tests need a browser. Install it: apt-get install chromium, or name another ` +
          `Chromium: ${variable}=/path/to/it`,
  );
}

export function launchChromium(): Promise<Browser> {
  // Chromium refuses to run as root inside its sandbox, and CI is root.
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: findChromium(),
    args: isRoot ? ['--no-sandbox'] : [],
  });
}
