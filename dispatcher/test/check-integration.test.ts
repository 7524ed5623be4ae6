/** An integration is held against the accounting system that is played, over real HTTP. */
import t from 'tap';

import { checkNow, setMappings, words } from './support/checks.ts';
import { startTwoOrganisations } from './support/two-organisations.ts';

const world = await startTwoOrganisations(t);
const { hlf, blindeforbundet, businessCentral, xledger } = world;
const GOOD = {
  [hlf.id]: {
    mileage: { account: '7100', tax_code: 'INGEN', dimensions: { AVDELING: '100' } },
    toll: { account: '7140' },
  },
  [blindeforbundet.id]: {
    mileage: { account: '7100', tax_code: '1', dimensions: { project: '100', glObject1: '10' } },
    toll: { account: '7140' },
  },
};

t.beforeEach(async () => {
  businessCentral.reset();
  xledger.reset();
  xledger.switches.burst = null;
  await world.database.pool.query('delete from accounting.integration_checks');
  await setMappings(world, hlf.id, GOOD[hlf.id] ?? {});
  await setMappings(world, blindeforbundet.id, GOOD[blindeforbundet.id] ?? {});
});

await t.test('what our mappings name and the ledger has is good, in both systems', async (t) => {
  for (const organisation of [hlf, blindeforbundet]) {
    const report = await checkNow(world, organisation.prefix);
    t.same(words(report, 'fault'), []);
    t.equal(report.isGood, true);
    const good = words(report, 'good').join('\n');
    t.match(good, /sign-in: /);
    t.match(good, /accounts: all 3 that we name are there/, 'the liability account among them');
  }
  t.notOk(
    businessCentral.requests.some(
      ({ method, path }) => method !== 'GET' && !path.includes('token'),
    ),
    'Business Central was only read',
  );
  t.same(xledger.ledger().items, [], 'and Xledger has no item by it');
});

await t.test(
  'a mapping that names what is missing in Business Central is told, each by its type',
  async (t) => {
    await setMappings(world, hlf.id, {
      ferry: { account: '7145', tax_code: 'NONE', dimensions: { AVDELING: '999' } },
      plane: { account: '7145', dimensions: { REGION: '1' } },
    });
    const report = await checkNow(world, 'HLF');
    t.equal(report.isGood, false);
    t.same(words(report, 'fault'), [
      'accounts: 7145 is not in the ledger: named by ferry, plane',
      'dimensions: REGION is not in the ledger: named by plane',
      'values of AVDELING: 999 is not in the ledger: named by ferry',
      'tax codes: NONE is not in the ledger: named by ferry',
    ]);
  },
);

await t.test(
  'a mapping that names what is missing in Xledger is told, each by its type',
  async (t) => {
    await setMappings(world, blindeforbundet.id, {
      ferry: { account: '7145', tax_code: '99', dimensions: { project: '900', glObject1: '90' } },
    });
    const report = await checkNow(world, 'BF');
    t.same(words(report, 'fault'), [
      'accounts: 7145 is not in the ledger: named by ferry',
      'project: 900 is not in the ledger: named by ferry',
      'taxRule: 99 is not in the ledger: named by ferry',
      'glObject1: 90 is not in the ledger: named by ferry',
    ]);
    t.same(xledger.ledger().items, []);
  },
);

await t.test('a secret that the remote says back is masked', async (t) => {
  const token = 'very-secret-token-4711';
  xledger.faults.add({
    kind: 'status',
    status: 403,
    body: { errors: [{ message: `no access for ${token}` }] },
    times: 20,
  });
  const report = await checkNow(world, 'BF', {
    environment: { CREDENTIAL_BF_XL: JSON.stringify({ token }) },
  });
  t.equal(report.isGood, false);
  t.match(JSON.stringify(report), /no access for \[masked\]/);
  t.notMatch(JSON.stringify(report), token);
});

await t.test(
  'an answer over the byte cap is said to be one, and which variable allows more',
  async (t) => {
    const report = await checkNow(world, 'HLF', { maxBodyBytes: 1_500 });
    t.equal(report.isGood, false);
    t.match(words(report, 'fault').join('\n'), /accounts: .*\n(.*\n)*.*raise MAX_BODY_BYTES/);
  },
);

await t.test('nothing that answers is told as such, and ends within the time limit', async (t) => {
  businessCentral.faults.add({ kind: 'delay', delay_ms: 60_000, times: 10 });
  const report = await checkNow(world, 'HLF', { timeLimitMs: 300 });
  t.match(words(report, 'fault'), [/sign-in: .*timed out/]);
});

t.end();
