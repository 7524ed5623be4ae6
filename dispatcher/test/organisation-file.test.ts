import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import t from 'tap';

import { OrganisationFileError, parseOrganisationFile } from '../organisation-file.ts';
import { createTestDatabase } from './support/database.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const valid = {
  organisation: {
    id: '6f1d6e0c-5a0e-4c1e-9d55-1f0f6a3d1a01',
    name: 'HLF',
    organisation_number: '123456785',
    reference_prefix: 'HLF',
  },
  integrations: [
    {
      system: 'xledger',
      endpoint: 'https://demo.xledger.net/graphql',
      credential_ref: 'hlf-xledger',
      settings: { liability_account: '2910' } as Record<string, unknown>,
      max_attempts: 6,
    },
  ],
  mappings: { mileage: { account: '7100', dimensions: { project: '100' } } },
};

function problemsOf(file: unknown, environment: NodeJS.ProcessEnv = {}): readonly string[] {
  try {
    parseOrganisationFile(typeof file === 'string' ? file : JSON.stringify(file), environment);
    return [];
  } catch (error) {
    if (!(error instanceof OrganisationFileError)) throw error;
    return error.problems;
  }
}

await t.test('YAML and JSON say the same', (t) => {
  const yaml = `
organisation:
  id: 6f1d6e0c-5a0e-4c1e-9d55-1f0f6a3d1a01
  name: HLF
  organisation_number: 123456785   # a number in YAML, a text for us
  reference_prefix: HLF
integrations:
  - system: xledger
    endpoint: https://demo.xledger.net/graphql
    credential_ref: hlf-xledger
    settings: { liability_account: "2910" }
    max_attempts: 6
mappings:
  mileage: { account: 7100, dimensions: { project: 100 } }
`;
  t.same(parseOrganisationFile(yaml, {}), valid);
  t.same(parseOrganisationFile(JSON.stringify(valid), {}), valid);
  t.end();
});

await t.test('texts, dimensions and what is different for a kind of claim are read', (t) => {
  const yaml = `
organisation: ${JSON.stringify(valid.organisation)}
integrations:
  - system: xledger
    endpoint: https://demo.xledger.net/graphql
    credential_ref: hlf-xledger
    settings:
      liability_account: "2910"
      job_level_sub_id: 1
      line_text: "{type} {date}"         # no variable: those are \${NAME}
      line_dimensions: { project: 100 }  # numbers in YAML, texts for us
      kinds: { driver_honorarium: { label: Honorar, liability_account: 2911 } }
mappings:
  mileage:
    account: 7100
    label: Kilometergodtgjørelse
    by_kind: { driver_honorarium: { account: 5330, tax_code: null } }
`;
  const file = parseOrganisationFile(yaml, {});
  t.same(file.integrations[0]?.settings, {
    liability_account: '2910',
    job_level_sub_id: 1,
    line_text: '{type} {date}',
    line_dimensions: { project: '100' },
    kinds: { driver_honorarium: { label: 'Honorar', liability_account: '2911' } },
  });
  t.same(file.mappings['mileage'], {
    account: '7100',
    label: 'Kilometergodtgjørelse',
    by_kind: { driver_honorarium: { account: '5330', tax_code: null } },
  });
  const wrong = structuredClone(valid) as { mappings: Record<string, object> };
  wrong.mappings = {
    toll: { account: '7140', label: '', by_kind: { loan: { account: '1' } } },
    meals: { account: '7160', by_kind: { travel_expense: { konto: '7150' } } },
  };
  const told = problemsOf(wrong).join('\n');
  for (const place of ['toll.label: ', 'toll.by_kind', 'meals.by_kind.travel_expense: ']) {
    t.ok(told.includes(`mappings.${place}`), place);
  }
  t.end();
});

await t.test('flags are read, each with its reason', (t) => {
  const flags = { driver_honorarium: { is_enabled: true, reason: 'board 12/2026' } };
  t.same(parseOrganisationFile(JSON.stringify({ ...valid, flags }), {}).flags, flags);
  for (const wrong of [
    { telepathy: { is_enabled: true, reason: 'x' } },
    { driver_honorarium: true },
    { driver_honorarium: { is_enabled: true } },
    { driver_honorarium: { is_enabled: 'yes', reason: 'x' } },
    { driver_honorarium: { is_enabled: true, reason: ' ' } },
  ]) {
    t.match(problemsOf({ ...valid, flags: wrong }).join(), /^flags/, JSON.stringify(wrong));
  }
  t.end();
});

await t.test('what stands for a variable is filled in, anywhere in a text', (t) => {
  const file = JSON.stringify(valid).replace('demo.xledger.net', '${XLEDGER_HOST}:${PORT_1}');
  const { integrations } = parseOrganisationFile(file, { XLEDGER_HOST: 'a.example', PORT_1: '1' });
  t.equal(integrations[0]?.endpoint, 'https://a.example:1/graphql');
  t.same(problemsOf(file, { PORT_1: '' }).slice(0, 2), [
    '${XLEDGER_HOST}: that variable is not set',
    '${PORT_1}: that variable is not set',
  ]);
  t.end();
});

await t.test('a file has no address and no secret, and everything else has both', (t) => {
  const settings = { format: 'csv', liability_account: '2910' };
  const withIntegration = (integration: unknown) => ({ ...valid, integrations: [integration] });
  t.same(problemsOf(withIntegration({ system: 'file', settings })), []);
  t.same(
    problemsOf(
      withIntegration({
        system: 'file',
        settings,
        endpoint: 'https://a.example',
        credential_ref: 'x',
      }),
    ),
    [
      'integrations.0.endpoint: a file has none: nobody is called',
      'integrations.0.credential_ref: a file has none: nobody is called',
    ],
  );
  t.same(problemsOf(withIntegration({ system: 'xledger', settings })), [
    'integrations.0.endpoint: is missing',
    'integrations.0.credential_ref: is missing',
  ]);
  t.end();
});

await t.test('all that is wrong is told at once, each with its place', (t) => {
  const [integration] = valid.integrations;
  const problems = problemsOf({
    organisation: { ...valid.organisation, id: '1', colour: 'red' },
    integrations: [
      {
        ...integration,
        system: 'sap',
        endpoint: 'ftp://a.example',
        credential_ref: '{"token": "secret"}',
        lease_ms: '3000',
        max_attempts: 0,
        is_enabled: 'yes',
        retries: 3,
        settings: { liability_account: ['2910'] },
      },
    ],
    mappings: { 'Mileage!': { account: '${ACCOUNT}' }, toll: { konto: '7140' } },
    extra: true,
  });
  const told = problems.join('\n');
  for (const place of [
    '${ACCOUNT}: that variable is not set',
    'organisation.id: ',
    'organisation: Unrecognized key: "colour"',
    'integrations.0.system: ',
    'integrations.0.endpoint: ',
    'integrations.0.credential_ref: takes a to z',
    'integrations.0.lease_ms: ',
    'integrations.0.max_attempts: ',
    'integrations.0.is_enabled: ',
    'integrations.0: Unrecognized key: "retries"',
    'integrations.0.settings.liability_account: ',
    'mappings.Mileage!: ',
    'mappings.toll.account: ',
    'mappings.toll: Unrecognized key: "konto"',
    'file: Unrecognized key: "extra"',
  ]) {
    t.ok(told.includes(place), place);
  }
  t.notMatch(told, /"token"/, 'a secret that stands where its name belongs is not told');
  t.end();
});

await t.test('a file that is no such file is refused', (t) => {
  for (const file of ['', '[]', 'just words', '42', '{"organisation": ', 'a: [', '\u0000']) {
    t.not(problemsOf(file).length, 0, JSON.stringify(file));
  }
  t.end();
});

await t.test("the sandbox's organisations are valid", async (t) => {
  const environment = {
    BUSINESS_CENTRAL_ENDPOINT: 'http://127.0.0.1:1/v2.0',
    BUSINESS_CENTRAL_TOKEN_URL: 'http://127.0.0.1:1/token',
    XLEDGER_ENDPOINT: 'http://127.0.0.1:1/graphql',
  };
  for (const name of ['hlf', 'blindeforbundet', 'blindeforbundet-file']) {
    const file = path.join(root, 'sandbox/organisations', `${name}.yaml`);
    t.same(problemsOf(await readFile(file, 'utf8'), environment), [], name);
  }
});

t.setTimeout(600_000); // Each command is a process of its own, beside other tests.
await t.test('the command', { timeout: 600_000 }, async (t) => {
  const database = await createTestDatabase(t);
  const folder = t.testdir({ 'valid.json': JSON.stringify(valid) });
  const run = async (args: readonly string[], environment: Record<string, string> = {}) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'dispatcher/organisation.ts', ...args],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: process.env['PATH'],
          DATABASE_URL: database.superuserUrl,
          ...environment,
        },
      },
    );
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'close') as Promise<[number | null]>,
    ]);
    return { code, stdout, stderr };
  };
  const put = async (change: (file: typeof valid) => void): Promise<string> => {
    const file = structuredClone(valid);
    change(file);
    const at = path.join(folder, 'changed.json');
    await writeFile(at, JSON.stringify(file));
    return at;
  };
  const apply = (file: string) => run(['apply', file]);
  const validFile = path.join(folder, 'valid.json');
  const kept = async () =>
    (
      await database.pool.query<Record<string, unknown>>(
        `select to_jsonb(o) - 'updated_at' as organisation, to_jsonb(i) - 'updated_at' as integration
           from accounting.organisations as o
           join accounting.integrations as i on i.organisation_id = o.id`,
      )
    ).rows;

  await t.test('applied twice, the second time nothing changes', async (t) => {
    const first = await apply(validFile);
    t.match(first, { code: 0, stderr: '' });
    t.match(first.stdout, /created/);
    const before = await kept();
    const second = await apply(validFile);
    t.match(second, { code: 0, stderr: '' });
    const results = second.stdout.trim().split('\n');
    t.ok(results.length >= 3);
    t.same(
      results.filter((line) => !line.endsWith(': unchanged')),
      [],
    );
    t.same(await kept(), before);
  });

  await t.test('what the file changes is updated, and nothing else', async (t) => {
    const file = await put(({ integrations: [integration] }) => {
      if (integration !== undefined) integration.max_attempts = 7;
    });
    const { code, stdout } = await apply(file);
    t.equal(code, 0);
    t.match(stdout, /integration.*: updated/);
    t.match(stdout, /organisation.*: unchanged/);
  });

  await t.test('settings that the database refuses exit with 78, and change nothing', async (t) => {
    const before = await kept();
    const settings = await apply(
      await put((file) => {
        file.organisation.name = 'Another name';
        for (const one of file.integrations) one.settings = { job_level_sub_id: 'one' };
      }),
    );
    t.match(settings, { code: 78, stdout: '', stderr: /^- AX010 / });
    t.match(settings.stderr, /job_level_sub_id does not look right; liability_account is missing/);
    const number = await apply(
      await put((file) => {
        file.organisation.organisation_number = '123456789';
      }),
    );
    t.match(number, { code: 78, stdout: '', stderr: /^- AX010 / });
    t.match(number.stderr, /organisation number passes modulus 11/);
    t.same(await kept(), before);
  });

  await t.test('a file with problems exits with 78 and names them', async (t) => {
    const { code, stderr } = await apply(
      await put((file) => {
        file.organisation.id = '1';
        file.organisation.reference_prefix = '-';
      }),
    );
    t.equal(code, 78);
    t.match(stderr, /^- organisation\.id: .*\n- organisation\.reference_prefix: /);
    t.match(await apply(path.join(folder, 'none.yaml')), { code: 78, stderr: /There is no file/ });
  });

  await t.test('without a database it says what is missing', async (t) => {
    const nothing = await run(['apply', validFile], { DATABASE_URL: '' });
    t.match(nothing, { code: 78, stderr: /DATABASE_URL is not set/ });
    const wrong = new URL(database.superuserUrl);
    wrong.password = 'not-the-password';
    const refused = await run(['apply', validFile], { DATABASE_URL: wrong.href });
    t.match(refused, { code: 1, stderr: /password authentication failed/ });
    t.notMatch(refused.stderr, /not-the-password/);
  });

  await t.test('a paused integration is resumed, once', async (t) => {
    await database.pool.query(
      `update accounting.integrations set paused_at = now(), paused_reason = 'refused us'`,
    );
    const args = ['resume', valid.organisation.id, 'xledger'];
    t.match(await run(args), { code: 0, stdout: 'resumed\n' });
    t.match(await run(args), { code: 0, stdout: 'it was not paused\n' });
    const { rows } = await database.pool.query('select paused_at from accounting.integrations');
    t.same(rows, [{ paused_at: null }]);
  });

  await t.test(
    'every integration is frozen, with a reason, until the ledgers were asked',
    async (t) => {
      const frozen = () =>
        database.pool
          .query<{ reason: string | null }>(
            'select frozen_reason as reason from accounting.integrations where frozen_at is not null',
          )
          .then(({ rows }) => rows.map(({ reason }) => reason));
      t.match(await run(['freeze', '--reason', ' ']), { code: 78, stderr: /^- AX017/ });
      t.same(await frozen(), []);
      t.match(await run(['freeze']), { code: 0, stdout: /^Frozen: 1 integration\./ });
      t.same(await frozen(), ['the database was restored from a backup']);
      // Nothing is open, so nothing is left to ask.
      await database.pool.query('select accounting.end_freeze()');
      t.same(await frozen(), []);
    },
  );

  await t.test('what is not there is not resumed, and told with exit code 78', async (t) => {
    const { id } = valid.organisation;
    const refused = async (organisationId: string, system: string) => {
      const { code, stdout, stderr } = await run(['resume', organisationId, system]);
      t.equal(code, 78);
      t.equal(stdout, '');
      return stderr;
    };
    t.match(await refused('HLF', 'xledger'), /^- The organisation-id must be a UUID/);
    t.match(
      await refused('00000000-0000-4000-8000-000000000099', 'xledger'),
      /^- AX014 there is no such organisation/,
    );
    for (const system of ['business_central', 'sap']) {
      t.match(await refused(id, system), /^- AX007 the organisation has no such integration/);
    }
  });
});

t.end();
