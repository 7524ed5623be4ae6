import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { Page } from 'playwright-core';

const folder = fileURLToPath(new URL('../../../screenshots', import.meta.url));

/** Leaves a picture in panel/screenshots: of the whole page, or of what a dialog lies upon. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const hasDialog = (await page.locator('dialog[open]').count()) > 0;
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: !hasDialog });
}
