/** What people do with the panel in many scenarios. */
import type { Page } from 'playwright-core';

import type { Visit } from './visit.ts';

/** Waits for the list of runs. */
export async function openList({ page, words }: Visit): Promise<void> {
  await page.getByRole('table', { name: words.list.heading }).waitFor();
}

/** Opens a run from the list, by its id, and waits until it stands. */
export async function openRun({ page, words }: Visit, runId: string): Promise<void> {
  await page.getByRole('button', { name: words.list.refresh }).click();
  await page.locator(`export-history [data-run="${runId}"]`).click();
  await page.getByText(runId, { exact: true }).waitFor();
  await page.getByRole('button', { name: words.run.back }).waitFor();
}

/** Asks each second, so that a test needn't wait for three. */
export async function pollFast(page: Page): Promise<void> {
  await page.locator('export-history').evaluate((panel) => panel.setAttribute('poll-seconds', '1'));
}

/** The hour and minute that it is in Oslo, wherever the browser is. */
export function clock(at: Date): string {
  return new Intl.DateTimeFormat('nb-NO', {
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'Europe/Oslo',
  }).format(at);
}

/** The day that it is in Oslo, in words. */
export function day(at: Date, language: 'nb' | 'en'): string {
  return new Intl.DateTimeFormat(language === 'nb' ? 'nb-NO' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'Europe/Oslo',
  }).format(at);
}
