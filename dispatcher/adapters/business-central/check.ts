/** Signs in and reads what our settings and mappings name (Business Central contract 2.2). */
import { z } from 'zod';
import type { CheckContext, CheckResult, CheckSubject } from '../adapter.ts';
import { needsOf } from '../answer-shape.ts';
import { CheckReport, namedIn, namingsOf } from '../check-report.ts';
import type { Naming } from '../check-report.ts';
import { createApi } from './api.ts';
import type { Api } from './api.ts';
import { describeProblem } from './describe-problem.ts';
import { ProblemError } from './problem-error.ts';
import { entryRow, journalRow, literal, sameCode } from './records.ts';
import { readSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import type { TokenCache } from './token.ts';

const companyRow = z.object({ id: z.guid(), name: z.string() });
const accountRow = z.object({
  number: z.string(),
  blocked: z.boolean(),
  accountType: z.string(),
  directPosting: z.boolean(),
});
const dimensionRow = z.object({ id: z.guid(), code: z.string() });
/** Whether a value is blocked or a heading, API v2.0 doesn't tell. */
const codeRow = z.object({ code: z.string() });

/** What one part of the check works with. */
interface Job {
  readonly api: Api;
  readonly report: CheckReport;
  readonly namings: readonly Naming[];
  readonly settings: Settings;
  readonly progress: CheckContext['progress'];
}

/** See `Adapter.check`. */
export async function check(
  subject: CheckSubject,
  context: CheckContext,
  tokens: TokenCache,
): Promise<CheckResult> {
  const report = new CheckReport();
  const settings = readSettings(subject.settings);
  if (typeof settings === 'string') {
    report.fault('settings', settings);
    return report.result();
  }
  const { http, credential } = context;
  if (!('client_id' in credential)) {
    report.fault('credential', 'it takes {"client_id", "client_secret"} for Business Central');
    return report.result();
  }
  const api = createApi({ http, tokens, credential, endpoint: subject.endpoint, settings });
  const progress = (text: string) => context.progress(text);
  const job: Job = { api, report, namings: namingsOf(subject), settings, progress };
  if (!(await checkCompany(job))) return report.result();
  const parts = [
    ['accounts', checkAccounts],
    ['dimensions', checkDimensions],
    ['tax codes', checkTaxCodes],
    ['journals', checkJournals],
    ['ledger entries', checkEntries],
  ] as const;
  for (const [about, part] of parts) {
    job.progress(about);
    await guarded(job, about, () => part(job));
  }
  return report.result();
}

/** Whether there is anything else to ask. */
async function checkCompany({ api, report, settings, progress }: Job): Promise<boolean> {
  progress('sign-in and companies');
  try {
    const companies = read(report, 'companies', companyRow, await api.listCompanies(z.unknown()));
    report.good('sign-in', 'the application is signed in');
    if (companies === null) return false;
    const ours = companies.find(({ id }) => id.toLowerCase() === settings.company_id);
    if (ours === undefined) {
      const others = companies.map(({ id, name }) => `${name} (${id})`).join(', ') || 'none';
      report.fault('company', `company_id is none that we see. We see: ${others}`);
      return false;
    }
    report.good('company', `${ours.name} is there`);
    return true;
  } catch (error) {
    tell(report, 'sign-in', error);
    return false;
  }
}

async function checkAccounts({ api, report, namings }: Job): Promise<void> {
  const named = namedIn(namings, ({ account }) => [account]);
  const rows = read(report, 'accounts', accountRow, await api.list('accounts', {}, z.unknown()));
  if (rows === null) return;
  report.compare(
    'accounts',
    named,
    (number) => rows.find((row) => sameCode(row.number, number)),
    (row) => {
      if (row.blocked) return 'is blocked';
      if (row.accountType !== 'Posting') {
        return `can't be posted to, its type is ${decoded(row.accountType)}`;
      }
      return row.directPosting ? null : 'takes no direct posting (Direct Posting is off)';
    },
  );
}

async function checkDimensions({ api, report, namings, progress }: Job): Promise<void> {
  const named = namedIn(namings, ({ dimensions }) => Object.keys(dimensions));
  const rows = read(
    report,
    'dimensions',
    dimensionRow,
    await api.list('dimensions', {}, z.unknown()),
  );
  if (rows === null) return;
  const find = (code: string) => rows.find((row) => sameCode(row.code, code));
  report.compare('dimensions', named, find);
  for (const code of named.keys()) {
    const dimension = find(code);
    if (dimension === undefined) continue;
    progress(`values of ${code}`);
    const path = `dimensions(${dimension.id})/dimensionValues`;
    const given = await api.list(path, {}, z.unknown());
    const values = read(report, 'dimension values', codeRow, given);
    if (values === null) return;
    report.compare(
      `values of ${code}`,
      namedIn(namings, ({ dimensions }) => [dimensions[code]]),
      (value) => values.find((row) => sameCode(row.code, value)),
    );
  }
}

/** Where VAT is used, `taxGroups` gives the VAT product posting groups (contract 2.2). */
async function checkTaxCodes({ api, report, namings }: Job): Promise<void> {
  const named = namedIn(namings, ({ tax_code }) => [tax_code]);
  if (named.size === 0) return;
  const rows = read(report, 'tax codes', codeRow, await api.list('taxGroups', {}, z.unknown()));
  if (rows === null) return;
  report.compare('tax codes', named, (code) => rows.find((row) => sameCode(row.code, code)));
}

/** API v2.0 has no list of templates: one is known by a journal in it. */
async function checkJournals({ api, report, settings }: Job): Promise<void> {
  const template = settings.journal_template;
  const filter =
    template === undefined ? {} : { $filter: `templateDisplayName eq ${literal(template)}` };
  const given = await api.list('journals', { ...filter, $top: '1' }, z.unknown());
  if (read(report, 'journals', journalRow, given) === null) return;
  const which = template === undefined ? 'the default template' : `the template ${template}`;
  if (given.length > 0) report.good('journals', `${which} is there`);
  else {
    report.note(
      'journals',
      `no journal of ${which} is there yet, so whether the template is can't be told`,
    );
  }
}

async function checkEntries({ api, report }: Job): Promise<void> {
  const query = { $top: '1', $expand: 'dimensionSetLines' };
  const given = await api.list('generalLedgerEntries', query, z.unknown());
  if (read(report, 'ledger entries', entryRow, given) === null) return;
  report.good('ledger entries', 'the ledger can be read, which asking for a claim takes');
}

/** The rows as we take them, and their shape kept; null, and a fault, if they have another. */
function read<T>(
  report: CheckReport,
  resource: string,
  row: z.ZodType<T>,
  given: readonly unknown[],
): T[] | null {
  report.saw(resource, given, needsOf(row));
  const parsed = z.array(row).safeParse(given);
  if (parsed.success) return parsed.data;
  report.fault(resource, 'the answer has another shape than the one we know');
  return null;
}

/** `End_x002D_Total`, as enums may be written (contract 2.3), to `End-Total`. */
function decoded(text: string): string {
  return text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

async function guarded(job: Job, about: string, part: () => Promise<void>): Promise<void> {
  try {
    await part();
  } catch (error) {
    tell(job.report, about, error);
  }
}

function tell(report: CheckReport, about: string, error: unknown): void {
  if (!(error instanceof ProblemError)) throw error;
  report.fault(about, describeProblem(error.problem));
}
