/** Signs in and reads what our settings and mappings name (Xledger contract 3.2, 3.3 and 3.5). */
import type { CheckContext, CheckResult, CheckSubject } from '../adapter.ts';
import { CheckReport, namedIn, namingsOf } from '../check-report.ts';
import type { NamedBy, Naming } from '../check-report.ts';
import { checkTypes } from './check-types.ts';
import { DIMENSION_FIELDS } from './mapper.ts';
import { createMasterData, describeProblem } from './master-data.ts';
import type { MasterData } from './master-data.ts';
import { xledgerSettingsSchema } from './settings.ts';
import type { XledgerSettings } from './settings.ts';

interface Job {
  readonly data: MasterData;
  readonly report: CheckReport;
  readonly namings: readonly Naming[];
  readonly settings: XledgerSettings;
}

/** See `Adapter.check`. Every request counts against the month's quota, so it asks few. */
export async function check(subject: CheckSubject, context: CheckContext): Promise<CheckResult> {
  const report = new CheckReport();
  const settings = xledgerSettingsSchema.safeParse(subject.settings);
  if (!settings.success) {
    const names = settings.error.issues.map(({ path, code }) => path.join('.') || code);
    report.fault('settings', `missing or not valid: ${names.join(', ')}`);
    return report.result();
  }
  if (!('token' in context.credential)) {
    report.fault('credential', 'it takes {"token"} for Xledger');
    return report.result();
  }
  const { token } = context.credential;
  const data = createMasterData({ endpoint: subject.endpoint, context }, token, report);
  const namings = namingsOf(subject);
  const job: Job = { data, report, namings, settings: settings.data };
  context.progress('sign-in and entities');
  if (!(await checkEntities(job))) return report.result();
  context.progress('accounts');
  await checkAccounts(job);
  context.progress('projects, tax rules and objects');
  await checkProjects(job);
  await checkReferences(job);
  context.progress('the schema');
  await checkTypes(data, report, namings, job.settings);
  report.note('requests', `${String(data.requestCount())} of the month's quota were used`);
  return report.result();
}

/** Whether there is anything else to ask. */
async function checkEntities({ data, report, settings }: Job): Promise<boolean> {
  const entities = await data.list('entities', 'dbId code description');
  if ('problem' in entities) {
    if (entities.problem.isUnauthorised || entities.problem.httpStatus === null) {
      report.fault('sign-in', describeProblem(entities.problem));
      return false;
    }
    report.fault('entities', describeProblem(entities.problem));
    return true;
  }
  report.good('sign-in', 'the token is taken');
  const codes = entities.rows.map(({ code }) => code);
  const { owner_code: owner } = settings;
  if (owner === undefined) {
    report.note('entity', `owner_code is not set: vouchers go to the token's own entity`);
  } else if (codes.includes(owner)) report.good('entity', `${owner} is there`);
  else
    report.fault('entity', `owner_code ${owner} is none that we see. We see: ${codes.join(', ')}`);
  return true;
}

async function checkAccounts({ data, report, namings }: Job): Promise<void> {
  const named = namedIn(namings, ({ account }) => [account]);
  const codes = [...named.keys()];
  const all = await data.list('accounts', 'dbId code description', { codes, status: 'ALL' });
  const open = await data.list('accounts', 'dbId code description', { codes, status: 'OPEN' });
  for (const reading of [all, open]) {
    if ('problem' in reading) return report.fault('accounts', describeProblem(reading.problem));
  }
  if ('problem' in all || 'problem' in open) return;
  report.compare(
    'accounts',
    named,
    (code) => all.rows.find((row) => row.code === code),
    // A: an account that is not listed as open can't be posted to.
    ({ code }) => (open.rows.some((row) => row.code === code) ? null : 'is closed'),
  );
}

async function checkProjects({ data, report, namings }: Job): Promise<void> {
  const named = namedIn(namings, ({ dimensions }) => [dimensions['project']]);
  if (named.size === 0) return;
  const projects = await data.list('projects', 'dbId code description allowPosting');
  if ('problem' in projects) return report.fault('project', describeProblem(projects.problem));
  report.compare(
    'project',
    named,
    (code) => projects.rows.find((row) => row.code === code),
    ({ allowPosting }) => (allowPosting === false ? "can't be posted to" : null),
  );
}

/** What can only be asked for by way of an item that is refused on purpose (contract 3.2). */
async function checkReferences({ data, report, namings, settings }: Job): Promise<void> {
  const { transaction_source } = settings;
  const fields: [string, NamedBy][] = [
    ['transactionSource', new Map([[transaction_source, ['transaction_source']]])],
    ['taxRule', namedIn(namings, ({ tax_code }) => [tax_code])],
    ...DIMENSION_FIELDS.filter((field) => field !== 'project').map((field): [string, NamedBy] => [
      field,
      namedIn(namings, ({ dimensions }) => [dimensions[field]]),
    ]),
  ];
  for (const [field, named] of fields) {
    if (named.size === 0) continue;
    const given = await data.alternatives(field);
    if (typeof given === 'string') report.note(field, `can't be checked: ${given}`);
    else report.compare(field, named, (code) => (given.includes(code) ? code : undefined));
  }
}
