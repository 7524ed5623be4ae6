/** Nobody is called, so only the settings can be held against something. */
import type { CheckResult, CheckSubject } from '../adapter.ts';
import { CheckReport } from '../check-report.ts';
import { fileSettingsSchema } from './settings.ts';

/** See `Adapter.check`. */
export function check(subject: CheckSubject): Promise<CheckResult> {
  const report = new CheckReport();
  const settings = fileSettingsSchema.safeParse(subject.settings);
  if (settings.success) {
    report.good('settings', `files are written as ${settings.data.format}`);
  } else {
    const names = settings.error.issues.map(({ path, code }) => path.join('.') || code);
    report.fault('settings', `missing or not valid: ${names.join(', ')}`);
  }
  report.note(
    'ledger',
    'a file is imported by a person: whether the ledger has our accounts shows there',
  );
  return Promise.resolve(report.result());
}
