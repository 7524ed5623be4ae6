import t from 'tap';

import { ConfigurationProblems, readConfig, usableDatabaseUrl } from '../config.ts';

const DATABASE_URL = 'postgresql://export:s3cret-Pass@db.example:5432/accounting';

function problemsOf(environment: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationProblems)) throw error;
    return error.problems;
  }
}

void t.test('DATABASE_URL alone is enough', (t) => {
  const config = readConfig({ DATABASE_URL });
  t.match(config, {
    databaseUrl: DATABASE_URL,
    name: /^[\w.-]+-\d+$/,
    concurrency: 32,
    pollIntervalMs: 5_000,
    shutdownTimeoutMs: 25_000,
    allowPrivateEndpoints: false,
    logLevel: 'info',
  });
  t.ok(Object.isFrozen(config));
  t.end();
});

void t.test('every setting is taken, and an empty one counts as left out', (t) => {
  const given = {
    DATABASE_URL,
    DISPATCHER_NAME: 'export-1',
    CONCURRENCY: '3',
    POLL_INTERVAL_MS: '100',
    SHUTDOWN_TIMEOUT_MS: '0',
    DATABASE_GIVE_UP_MS: '1000',
    MAX_BODY_BYTES: '10000',
    ALLOW_PRIVATE_ENDPOINTS: 'true',
    LOG_LEVEL: 'silent',
  };
  t.strictSame(readConfig(given), {
    databaseUrl: DATABASE_URL,
    name: 'export-1',
    concurrency: 3,
    pollIntervalMs: 100,
    shutdownTimeoutMs: 0,
    databaseGiveUpMs: 1_000,
    maxBodyBytes: 10_000,
    allowPrivateEndpoints: true,
    logLevel: 'silent',
  });
  const empty = Object.fromEntries(Object.keys(given).map((name) => [name, '']));
  t.strictSame(readConfig({ ...empty, DATABASE_URL }), readConfig({ DATABASE_URL }));
  t.end();
});

void t.test('a DATABASE_URL of another form is refused, and not quoted', (t) => {
  const wrong = [
    undefined,
    '',
    'db.example',
    'host=db.example password=s3cret-Pass',
    'mysql://export:s3cret-Pass@db.example/accounting',
    'https://export:s3cret-Pass@db.example/accounting',
    'postgresql//export:s3cret-Pass@db.example/accounting',
    'postgresql://export:s3cret-Pass@db.example:port/accounting',
    ' postgresql://export:s3cret-Pass@db.example/accounting',
  ];
  for (const text of wrong) {
    const problems = problemsOf(text === undefined ? {} : { DATABASE_URL: text });
    t.match(problems, [/^DATABASE_URL /], String(text));
    t.equal(problems.length, 1);
    t.notMatch(problems.join(), /s3cret-Pass/);
  }
  for (const scheme of ['postgres', 'postgresql']) {
    t.same(problemsOf({ DATABASE_URL: `${scheme}://db.example/accounting` }), []);
  }
  t.end();
});

void t.test('numbers are whole and within their bounds', (t) => {
  const wrong = {
    CONCURRENCY: ['0', '101', '-1', '1.5', '1e3', 'many', ' 8'],
    POLL_INTERVAL_MS: ['99', '600001'],
    SHUTDOWN_TIMEOUT_MS: ['600001', '99999999999999999999'],
    DATABASE_GIVE_UP_MS: ['999', '86400001'],
    MAX_BODY_BYTES: ['9999', '100000001'],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      t.match(
        problemsOf({ DATABASE_URL, [name]: value }),
        [new RegExp(`^${name} takes `)],
        `${name}=${value}`,
      );
    }
  }
  t.end();
});

void t.test('all problems are told at once, none with its value', (t) => {
  const problems = problemsOf({
    DATABASE_URL: 'nonsense-1',
    DISPATCHER_NAME: 'nonsense 2',
    CONCURRENCY: 'nonsense-3',
    ALLOW_PRIVATE_ENDPOINTS: 'nonsense-4',
    LOG_LEVEL: 'nonsense-5',
  });
  t.same(problems.map((line) => line.split(' ')[0]).sort(), [
    'ALLOW_PRIVATE_ENDPOINTS',
    'CONCURRENCY',
    'DATABASE_URL',
    'DISPATCHER_NAME',
    'LOG_LEVEL',
  ]);
  t.notMatch(problems.join('\n'), /nonsense/);
  t.end();
});

void t.test('a DATABASE_URL is of use whatever is wrong beside it', (t) => {
  t.equal(usableDatabaseUrl({ DATABASE_URL, CONCURRENCY: 'many' }), DATABASE_URL);
  for (const text of [undefined, '', 'mysql://db.example/accounting']) {
    t.equal(usableDatabaseUrl(text === undefined ? {} : { DATABASE_URL: text }), null);
  }
  t.end();
});
