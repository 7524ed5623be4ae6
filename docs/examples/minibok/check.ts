/** Signs in, by the one question that Minibok answers. It has no list of accounts to hold ours against. */
import type {
  CheckContext,
  CheckResult,
  CheckSubject,
} from '../../../dispatcher/adapters/adapter.ts';
import { CheckReport } from '../../../dispatcher/adapters/check-report.ts';
import { createApi } from './api.ts';
import { readSettings } from './settings.ts';

/** See `Adapter.check`. */
export async function check(subject: CheckSubject, context: CheckContext): Promise<CheckResult> {
  const report = new CheckReport();
  const settings = readSettings(subject.settings);
  if (typeof settings === 'string') report.fault('settings', settings);
  if (!('token' in context.credential)) {
    report.fault('credential', 'it takes {"token"} for Minibok');
    return report.result();
  }
  context.progress('sign-in');
  const found = await createApi(subject.endpoint, context.credential.token, context).find(['NONE']);
  if (Array.isArray(found)) report.good('sign-in', 'the token is taken');
  else report.fault('sign-in', found.message);
  report.note('accounts', 'Minibok has no list of accounts: ours are not checked');
  return report.result();
}
