/** Nobody is called, so settings and mappings are held against the file alone. */
import type { CheckResult, CheckSubject, FrozenInput } from '../adapter.ts';
import { CheckReport } from '../check-report.ts';
import { FILE_MAPPER_VERSIONS } from './mapper.ts';
import { produceFile } from './produce.ts';
import { fileSettingsSchema, type FileSettings } from './settings.ts';

/** See `Adapter.check`. */
export function check(subject: CheckSubject): Promise<CheckResult> {
  const report = new CheckReport();
  const settings = fileSettingsSchema.safeParse(subject.settings);
  if (settings.success) {
    report.good('settings', `files are written as ${settings.data.format}`);
    checkMappings(subject, settings.data, report);
  } else {
    const names = settings.error.issues.map(({ path, code }) => path.join('.') || code);
    report.fault('settings', `missing or not valid: ${names.join(', ')}`);
  }
  report.note(
    'ledger',
    'nobody is called: a person imports the file, and whether the ledger has our accounts shows there',
  );
  return Promise.resolve(report.result());
}

/** Each expense type in a made-up claim, through the code that makes files. */
function checkMappings(subject: CheckSubject, settings: FileSettings, report: CheckReport): void {
  const types = Object.keys(subject.mappings);
  const problems = types.flatMap((type) =>
    ['travel_expense', 'driver_honorarium'].flatMap((kind) => {
      const input = madeUp(subject, settings.currency, type, kind);
      const { refused } = produceFile(input, '0'.repeat(64), [CLAIM_ID]);
      return [...refused.values()].map((reason) => `${type}: ${reason}`);
    }),
  );
  for (const problem of new Set(problems)) report.fault('mappings', problem);
  if (types.length > 0 && problems.length === 0) {
    report.good('mappings', `all ${String(types.length)} expense types fit into the file`);
  }
}

const CLAIM_ID = '00000000-0000-4000-8000-000000000000';

function madeUp(
  { settings, mappings }: CheckSubject,
  currency: string,
  type: string,
  kind: string,
): FrozenInput {
  const date = '2026-01-01';
  return {
    version: 1,
    system: 'file',
    mapper_version: FILE_MAPPER_VERSIONS.at(-1) ?? '',
    organisation: { id: CLAIM_ID, name: 'check', prefix: 'X' },
    settings,
    posting_date: date,
    mappings,
    claims: [
      {
        claim_id: CLAIM_ID,
        reference: 'X-1',
        kind,
        claimant_id: 'check',
        claimant_name: 'check',
        currency,
        total: '1.00',
        lines: [{ line_no: 1, type, date, amount: '1.00', quantity: null, text: null }],
      },
    ],
  };
}
