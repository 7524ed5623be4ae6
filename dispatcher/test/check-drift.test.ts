/** What changes in a remote's answers between two checks. */
import t from 'tap';

import { checkNow, setMappings, words } from './support/checks.ts';
import { startTwoOrganisations } from './support/two-organisations.ts';

const world = await startTwoOrganisations(t);
const { hlf, blindeforbundet, businessCentral, xledger } = world;
const { pool } = world.database;
for (const { id } of [hlf, blindeforbundet]) {
  await setMappings(world, id, { mileage: { account: '7100' } });
}

t.beforeEach(async () => {
  businessCentral.reset();
  xledger.reset();
  xledger.switches.burst = null;
  await pool.query('delete from accounting.integration_checks');
});

const ofShape = (told: readonly string[]) => told.filter((one) => one.includes('at the check of'));

await t.test('the same answers twice are no change', async (t) => {
  for (const { prefix } of [hlf, blindeforbundet]) {
    await checkNow(world, prefix);
    const report = await checkNow(world, prefix);
    t.equal(report.isGood, true);
    t.same(ofShape(words(report, 'note')), []);
  }
});

await t.test('a field more is a note, and told once', async (t) => {
  await checkNow(world, 'HLF');
  businessCentral.setDrift('accounts', { added: { reportingCode: 'secret-value' } });
  const report = await checkNow(world, 'HLF');
  t.equal(report.isGood, true);
  t.match(ofShape(words(report, 'note')), [/^accounts: `reportingCode` is new: string/]);
  t.same(ofShape(words(await checkNow(world, 'HLF'), 'note')), []);
  const { rows } = await pool.query<{ shapes: object }>(
    'select shapes from accounting.integration_checks order by check_no desc limit 1',
  );
  t.match(rows, [{ shapes: { accounts: { reportingCode: ['string'] } } }]);
  t.notMatch(JSON.stringify(rows), /secret-value|Mileage/, 'a shape holds no value');
});

await t.test('a field less that we depend on is a fault, until it is back', async (t) => {
  await checkNow(world, 'HLF');
  businessCentral.setDrift('accounts', { removed: ['blocked'] });
  for (const time of ['first', 'second']) {
    const report = await checkNow(world, 'HLF');
    t.equal(report.isGood, false);
    t.match(
      words(report, 'fault').join('\n'),
      /accounts: `blocked` is missing, and we depend on it; at the check of .* it was boolean/,
      `the ${time} time`,
    );
  }
  businessCentral.setDrift('accounts', null);
  const report = await checkNow(world, 'HLF');
  t.equal(report.isGood, true);
  t.same(ofShape(words(report, 'note')), []);
});

await t.test('a field less that we do not depend on is a note', async (t) => {
  await checkNow(world, 'HLF');
  businessCentral.setDrift('accounts', { removed: ['subCategory'], retyped: ['category'] });
  const report = await checkNow(world, 'HLF');
  t.equal(report.isGood, true);
  t.match(ofShape(words(report, 'note')), [/`subCategory` is gone/]);
});

await t.test('another type of a field that we depend on is a fault', async (t) => {
  await checkNow(world, 'HLF');
  businessCentral.setDrift('accounts', { retyped: ['directPosting'] });
  const report = await checkNow(world, 'HLF');
  t.match(words(report, 'fault').join('\n'), /`directPosting` is string, and we take boolean/);
});

await t.test("Xledger's schema is read: what it takes and gives", async (t) => {
  await checkNow(world, 'BF');
  xledger.switches.schemaDrift = 'added';
  const added = await checkNow(world, 'BF');
  t.equal(added.isGood, true);
  t.match(ofShape(words(added, 'note')), [/^GLImportItem: `postingLayer` is new: String/]);

  xledger.switches.schemaDrift = 'removed';
  const removed = await checkNow(world, 'BF');
  t.match(words(removed, 'fault'), [
    /^AddGLImportItemsInputNode: `extOrderNumber` is missing, and we depend on it/,
  ]);

  xledger.switches.schemaDrift = 'demanding';
  const demanding = await checkNow(world, 'BF');
  t.match(words(demanding, 'fault'), [/reportingCode must be sent, and we don't send it/]);
});

await t.test(
  'another type of what we read from Xledger stays a fault until it is accepted',
  async (t) => {
    await checkNow(world, 'BF');
    xledger.switches.schemaDrift = 'retyped';
    for (const isAccepted of [false, true]) {
      const report = await checkNow(world, 'BF', { isAccepted });
      t.match(words(report, 'fault'), [/^GLImportItem: `amount` is Float, and was Decimal/]);
    }
    t.equal((await checkNow(world, 'BF')).isGood, true, 'from then on it is how it is');
  },
);

await t.test('what we read where we can, and is gone, is a note', async (t) => {
  await checkNow(world, 'BF');
  xledger.switches.codeFields = false;
  const report = await checkNow(world, 'BF');
  t.equal(report.isGood, true);
  t.match(ofShape(words(report, 'note')).join('\n'), /GLImportItem: `account` is gone/);
});

await t.test('a check that could not sign in forgets nothing', async (t) => {
  await checkNow(world, 'HLF');
  const environment = { CREDENTIAL_HLF_BC: '{"client_id": "nobody", "client_secret": "nothing"}' };
  t.equal((await checkNow(world, 'HLF', { environment })).isGood, false);
  businessCentral.setDrift('accounts', { added: { reportingCode: 1 } });
  const report = await checkNow(world, 'HLF');
  t.match(ofShape(words(report, 'note')), [/`reportingCode` is new/]);
});

t.end();
