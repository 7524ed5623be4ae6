/** How an organisation's claims are booked is data and one mapper per system: no core file knows it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import t from 'tap';
import { parse } from 'yaml';
import { z } from 'zod';

import { fromMinorUnits } from '../adapters/amount.ts';
import { createBusinessCentralAdapter } from '../adapters/business-central/adapter.ts';
import { mapVouchers } from '../adapters/business-central/mapper.ts';
import { readSettings } from '../adapters/business-central/settings.ts';
import { createXledgerAdapter } from '../adapters/xledger/adapter.ts';
import { LIABILITY_PLACEHOLDERS, LINE_PLACEHOLDERS } from '../adapters/texts.ts';
import type { AttemptResult } from '../adapters/adapter.ts';
import { createHttpClient } from '../http.ts';
import { Queue, type Lease } from '../queue.ts';
import { DEFAULT_CLIENT } from '../adapters/business-central/sandbox/options.ts';
import type { Journal } from '../adapters/business-central/sandbox/state.ts';
import {
  startTwoOrganisations,
  XLEDGER_TOKEN,
  type ClaimInput,
  type Organisation,
} from './support/two-organisations.ts';

// As apply_mappings fills in what a file leaves out.
const codeOrNull = z.string().nullable().default(null);
const dimensions = z.record(z.string(), z.string()).default({});

const dispatcher = fileURLToPath(new URL('..', import.meta.url));

/** The project's own files that a file imports. */
async function importsOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  return [...text.matchAll(/from '(\.[^']+\.ts)'/g)].map(([, name = '']) =>
    path.resolve(path.dirname(file), name),
  );
}

/** The folder of the accounting system that a file belongs to, or null. */
function systemOf(file: string): string | null {
  return /^adapters\/([^/]+)\//.exec(path.relative(dispatcher, file))?.[1] ?? null;
}

await t.test('of the dispatcher, the list of adapters alone knows a system', async (t) => {
  const seen = new Set([path.join(dispatcher, 'main.ts')]);
  const wrong: string[] = [];
  for (const file of seen) {
    for (const imported of await importsOf(file)) {
      seen.add(imported);
      const system = systemOf(imported);
      if (system === null || system === systemOf(file)) continue;
      if (file === path.join(dispatcher, 'adapters/index.ts')) continue;
      wrong.push(
        `${path.relative(dispatcher, file)} imports ${path.relative(dispatcher, imported)}`,
      );
    }
  }
  t.same(wrong, []);
  const systems = new Set([...seen].map(systemOf).filter((system) => system !== null));
  t.ok(systems.size >= 2 && seen.size > 40, 'all that the dispatcher consists of was looked at');
});

const world = await startTwoOrganisations(t, { max_concurrency: 20 });
const { database, hlf, blindeforbundet } = world;
const queue = new Queue(database.url, { poolSize: 2, onError: () => undefined });
t.teardown(() => queue.close());

/** All that are held: leasing takes every run that is due. */
const leases: Lease[] = [];

/** Sends a run as the dispatcher does; gives what the adapter reported. */
async function send(organisation: Organisation, runId: string): Promise<AttemptResult[]> {
  leases.push(...(await queue.leaseRuns('a-test', 20)));
  const lease = leases.find((one) => one.runId === runId);
  if (lease === undefined) throw new Error('the run was not leased');
  const start = await queue.startAttempt(lease);
  if (!start.isStarted) throw new Error(start.state);
  const isHlf = organisation === hlf;
  const adapter = isHlf ? createBusinessCentralAdapter() : createXledgerAdapter();
  const http = createHttpClient({
    deadlineAt: performance.now() + 60_000,
    mayWrite: () => true,
    allowPrivateAddresses: true,
  });
  const reported: AttemptResult[] = [];
  try {
    const credential = isHlf ? DEFAULT_CLIENT : { token: XLEDGER_TOKEN };
    await adapter.submit(start.batch, { http, credential }, (results) => {
      reported.push(...results);
      return Promise.resolve();
    });
  } finally {
    http.close();
  }
  return reported;
}

/** What the organisation's ledger holds of a claim: account, text and dimensions of each line. */
function booked(organisation: Organisation, { reference }: ClaimInput): unknown[] {
  if (organisation === blindeforbundet) {
    return world.xledger
      .ledger()
      .items.filter(({ extIdentifier }) => extIdentifier === reference)
      .map(({ codes, text }) => [codes['account'], text, codes['project'] ?? null]);
  }
  const journals: readonly Journal[] = world.businessCentral.ledger()[0]?.journals ?? [];
  return journals
    .flatMap(({ lines }) => lines)
    .filter(({ documentNumber }) => documentNumber === reference)
    .map(({ accountNumber, description, dimensions }) => [
      accountNumber,
      description,
      dimensions.find(({ code }) => code === 'AVDELING')?.value ?? null,
    ]);
}

for (const organisation of [hlf, blindeforbundet]) {
  const { system, prefix } = organisation;
  const dimension = organisation === hlf ? 'AVDELING' : 'project';

  await t.test(
    `${system}: changed data is booked by the next run, without a restart`,
    async (t) => {
      const [before, after] = await world.putClaims(organisation, 2, { text: 'to the\ndoctor' });
      if (before === undefined || after === undefined) throw new Error('two claims were put');
      const first = await world.request(organisation, [before]);
      // when: texts, dimensions, a label, and another account for this kind of claim
      await database.pool.query(
        'update accounting.integrations set settings = settings || $2 where organisation_id = $1',
        [
          organisation.id,
          {
            line_text: '{type} {quantity}: {text}, {kind} {organisation}',
            liability_text: '{kind} {reference} ({claimant_name})',
            line_dimensions: { [dimension]: '200' },
            liability_dimensions: { [dimension]: '100' },
            kinds: { travel_expense: { label: 'Reise', liability_account: '2400' } },
          },
        ],
      );
      await database.pool.query(
        `update accounting.account_mappings
         set label = 'Kilometergodtgjørelse',
           by_kind = '{"travel_expense": {"account": "7130"}}'
         where organisation_id = $1 and expense_type = 'mileage'`,
        [organisation.id],
      );
      const second = await world.request(organisation, [after]);
      const results = [...(await send(organisation, first)), ...(await send(organisation, second))];
      // then
      t.same(
        results.map(({ outcome, errorMessage }) => [outcome, errorMessage]),
        [
          ['accepted', null],
          ['accepted', null],
        ],
      );
      t.same(
        booked(organisation, before),
        [
          ['7100', `mileage 2026-03-02 ${before.reference}`, '100'],
          ['7140', `toll 2026-03-02 ${before.reference}`, null],
          ['2910', `Kari Eksempel ${before.reference}`, null],
        ],
        'a run that was made before is booked as things were then',
      );
      t.same(booked(organisation, after), [
        ['7130', `Kilometergodtgjørelse 10: to the doctor, Reise ${prefix}`, '100'],
        ['7140', `toll : to the doctor, Reise ${prefix}`, '200'],
        ['2400', `Reise ${after.reference} (Kari Eksempel)`, '100'],
      ]);
    },
  );
}

await t.test(
  'the database takes the placeholders that the mappers fill in, and no other',
  async (t) => {
    const { rows } = await database.pool.query<{ key: string; problem: string }>(
      `select k.key, p.problem
       from unnest('{line_text,liability_text}'::text[]) as k (key)
       cross join lateral accounting.mapping_settings_problems(
         'xledger', jsonb_build_object(k.key, '{nothing}')
       ) as p (problem)
       order by k.key desc`,
    );
    const listed = rows.map(({ problem }) =>
      [...(problem.split(': ')[1] ?? '').matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name),
    );
    t.same(listed, [[...LINE_PLACEHOLDERS], [...LIABILITY_PLACEHOLDERS]]);
  },
);

await t.test('the worked example in the documents is booked as it says', async (t) => {
  const page = await readFile(path.join(dispatcher, '../docs/organisation-file.md'), 'utf8');
  const [, yaml = ''] = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(([, block]) => block);
  const example = parse(yaml) as {
    integrations: [{ settings: Record<string, unknown> }];
    mappings: Record<string, unknown>;
  };
  const settings = {
    ...example.integrations[0].settings,
    company_id: 'a0a0a0a0-0000-4000-8000-000000000001',
    token_url: 'https://login.example/token',
  };
  const { rows } = await database.pool.query(
    `select accounting.settings_problems('business_central', $1) as problem
       union all select accounting.mapping_problems('business_central', $2)`,
    [settings, example.mappings],
  );
  t.same(rows, [{ problem: null }], 'it is valid');
  const read = readSettings(settings);
  if (typeof read === 'string') throw new Error(read);
  const line = { date: '2026-03-02', text: null };
  const { vouchers } = mapVouchers(
    {
      version: 1,
      system: 'business_central',
      mapper_version: 'business_central/2',
      organisation: { id: hlf.id, name: 'HLF', prefix: 'HLF' },
      settings,
      posting_date: '2026-03-03',
      mappings: z
        .record(
          z.string(),
          z.looseObject({ account: z.string(), tax_code: codeOrNull, dimensions }),
        )
        .parse(example.mappings),
      claims: [
        {
          claim_id: '00000000-0000-4000-8000-000000000001',
          reference: 'HLF-1',
          kind: 'travel_expense',
          claimant_id: 'person-1',
          claimant_name: 'Kari Eksempel',
          currency: 'NOK',
          total: '103.00',
          lines: [
            { ...line, line_no: 1, type: 'mileage', amount: '53.00', quantity: '10.000' },
            { ...line, line_no: 2, type: 'toll', amount: '50.00', quantity: null },
          ],
        },
      ],
    },
    read,
  );
  const lines = vouchers.flatMap((voucher) => voucher.lines);
  const table = [...page.matchAll(/^\| (\d{4}) \| (.*) \| (\S+) (\S+) \| (\S+) \|$/gm)];
  t.equal(table.length, 3);
  t.same(
    lines.map(({ accountNumber, description, dimensions: codes, amountMinor }) => [
      accountNumber,
      description,
      ...Object.entries(codes).flat(),
      fromMinorUnits(amountMinor),
    ]),
    table.map(([, ...cells]) => cells),
  );
});

t.end();
