/** What `npm run check-integration` says where nothing can be checked, and how it ends. */
import t from 'tap';

import { runCommand } from './support/run-command.ts';
import { startTwoOrganisations } from './support/two-organisations.ts';

const world = await startTwoOrganisations(t);
const { xledger } = world;

await t.test(
  'a wrong secret is a plain sentence and exit code 1, and says nothing of the secret',
  async (t) => {
    for (const [prefix, variable, secret] of [
      [
        'HLF',
        'CREDENTIAL_HLF_BC',
        { client_id: '00000000-0000-4000-8000-00000000c11e', client_secret: 'wrong-secret-9' },
      ],
      ['BF', 'CREDENTIAL_BF_XL', { token: 'wrong-secret-9' }],
    ] as const) {
      const ended = await runCommand(
        'dispatcher/check-integration.ts',
        ['--organisation', prefix],
        {
          ...world.environment,
          DATABASE_URL: world.database.superuserUrl,
          [variable]: JSON.stringify(secret),
        },
      );
      t.equal(ended.code, 1);
      t.match(ended.stdout, /WRONG {2}sign-in: .*(refused|not taken)/);
      t.match(ended.stdout, /1 thing is wrong/);
      t.equal(ended.stderr, '', 'no stack trace');
      t.notMatch(ended.stdout, /wrong-secret/);
    }
  },
);

await t.test('a private address is refused unless it is allowed', async (t) => {
  const before = xledger.requests.length;
  const ended = await runCommand(
    'dispatcher/check-integration.ts',
    ['--organisation', 'BF', '--json'],
    {
      ...world.environment,
      DATABASE_URL: world.database.superuserUrl,
      ALLOW_PRIVATE_ENDPOINTS: 'false',
    },
  );
  t.equal(ended.code, 1);
  t.match(JSON.parse(ended.stdout), { isGood: false });
  t.equal(xledger.requests.length, before, 'before a packet left');
});

await t.test('no such organisation, no such option and no database are exit code 2', async (t) => {
  const environment = { ...world.environment, DATABASE_URL: world.database.superuserUrl };
  for (const [args, changed, message] of [
    [['--organisation', 'nobody'], {}, /AX014/],
    [['--organisation', 'HLF', '--system', 'xledger'], {}, /AX007/],
    [[], {}, /--organisation/],
    [['--organisation', 'HLF'], { DATABASE_URL: '' }, /DATABASE_URL/],
  ] as const) {
    const ended = await runCommand('dispatcher/check-integration.ts', args, {
      ...environment,
      ...changed,
    });
    t.equal(ended.code, 2);
    t.match(ended.stderr, message);
  }
});

t.end();
