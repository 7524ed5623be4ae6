/** What the check of Business Central tells apart. */
import t, { type Test } from 'tap';

import {
  startBusinessCentralSandbox,
  type BusinessCentralSandbox,
  type BusinessCentralSandboxOptions,
} from '../adapters/business-central/sandbox/business-central-sandbox.ts';
import {
  DEFAULT_CLIENT,
  DEFAULT_COMPANY_ID,
} from '../adapters/business-central/sandbox/options.ts';
import { createBusinessCentralAdapter } from '../adapters/business-central/adapter.ts';
import type { CheckSubject, FrozenMapping } from '../adapters/adapter.ts';
import { checkWith, told } from './support/adapter-check.ts';

async function sandboxFor(
  t: Test,
  options: BusinessCentralSandboxOptions = {},
): Promise<BusinessCentralSandbox> {
  const sandbox = await startBusinessCentralSandbox(options);
  t.teardown(() => sandbox.close());
  return sandbox;
}

function check(
  sandbox: BusinessCentralSandbox,
  accounts: readonly string[],
  change: {
    readonly settings?: object;
    readonly endpoint?: string;
    readonly by_kind?: NonNullable<FrozenMapping['by_kind']>;
  } = {},
) {
  const subject: CheckSubject = {
    endpoint: change.endpoint ?? sandbox.apiBase(),
    settings: {
      company_id: DEFAULT_COMPANY_ID,
      token_url: sandbox.tokenUrl(),
      liability_account: '2910',
      ...change.settings,
    },
    mappings: Object.fromEntries(
      accounts.map((account) => {
        const { by_kind = {} } = change;
        return [`type_${account}`, { account, tax_code: null, dimensions: {}, by_kind }];
      }),
    ),
  };
  return checkWith(createBusinessCentralAdapter(), subject, DEFAULT_CLIENT);
}

await t.test(
  'accounts that are there and take no posting are told, each with its reason',
  async (t) => {
    const sandbox = await sandboxFor(t, {
      companies: [
        {
          accounts: [
            { number: '2910', directPosting: false },
            { number: '7100', blocked: true },
            { number: '7000', accountType: 'Heading' },
            { number: '7999', accountType: 'End-Total' },
            '7140',
          ],
        },
      ],
    });
    t.same(told(await check(sandbox, ['7000', '7100', '7999', '7140']), 'fault'), [
      'accounts: 2910 takes no direct posting (Direct Posting is off): named by liability_account',
      "accounts: 7000 can't be posted to, its type is Heading: named by type_7000",
      'accounts: 7100 is blocked: named by type_7100',
      "accounts: 7999 can't be posted to, its type is End-Total: named by type_7999",
    ]);
  },
);

await t.test('what a kind of claim and the settings name is compared, too', async (t) => {
  const sandbox = await sandboxFor(t);
  const by_kind = {
    driver_honorarium: { account: '7991', tax_code: 'T91', dimensions: { AVDELING: '991' } },
  };
  const settings = {
    kinds: { driver_honorarium: { liability_account: '2991' } },
    line_dimensions: { AVDELING: '992' },
    liability_dimensions: { REGION: '1' },
  };
  t.same(told(await check(sandbox, ['7100'], { settings, by_kind }), 'fault'), [
    'accounts: 2991 is not in the ledger: named by kinds.driver_honorarium.liability_account',
    'accounts: 7991 is not in the ledger: named by type_7100 for driver_honorarium',
    'dimensions: REGION is not in the ledger: named by liability_dimensions',
    'values of AVDELING: 992 is not in the ledger: named by line_dimensions',
    'values of AVDELING: 991 is not in the ledger: named by type_7100 for driver_honorarium',
    'tax codes: T91 is not in the ledger: named by type_7100 for driver_honorarium',
  ]);
});

await t.test('another company than those we see ends the check, and names them', async (t) => {
  const sandbox = await sandboxFor(t);
  const settings = { company_id: 'a0a0a0a0-0000-4000-8000-00000000dead' };
  const result = await check(sandbox, ['7100'], { settings });
  t.match(told(result, 'fault'), [/company: company_id is none that we see. We see: HLF \(a0a0/]);
  t.match(told(result, 'good'), ['sign-in: the application is signed in']);
});

await t.test('a template is known by a journal in it, and else can not be told', async (t) => {
  const sandbox = await sandboxFor(t);
  const settings = { journal_template: 'REISE' };
  const result = await check(sandbox, ['7100'], { settings });
  t.same(told(result, 'fault'), []);
  t.match(told(result, 'note'), [/journals: no journal of the template REISE is there yet/]);
});

await t.test('all pages of the accounts are read', async (t) => {
  const accounts = Array.from({ length: 25 }, (_, index) => String(7100 + index));
  const sandbox = await sandboxFor(t, {
    pageSize: 4,
    companies: [{ accounts: [...accounts, '2910'] }],
  });
  t.same(told(await check(sandbox, ['7124']), 'fault'), []);
  t.ok(sandbox.requests.filter(({ path }) => path.includes('/accounts')).length > 6);
});

await t.test('a resource that we may not read is told, and the others are read', async (t) => {
  const sandbox = await sandboxFor(t);
  sandbox.faults.add({ kind: 'status', status: 403, path: '/accounts' });
  const result = await check(sandbox, ['7100']);
  t.match(told(result, 'fault'), [/^accounts: .*lacks a permission set/]);
  t.match(told(result, 'good').join('\n'), /ledger entries: /);
});

await t.test('a wrong address and broken settings are told, not thrown', async (t) => {
  const sandbox = await sandboxFor(t);
  const gone = await check(sandbox, [], { endpoint: `${sandbox.url}/nowhere` });
  t.match(told(gone, 'fault'), [/sign-in: .*404|sign-in: .*No such address/]);
  const broken = await check(sandbox, [], { settings: { company_id: 'x' } });
  t.match(told(broken, 'fault'), [/settings: .*company_id/]);
});

t.end();
