/** `verify_audit_trail` as an auditor calls it, over HTTP. */
import t from 'tap';

import { createTestDatabase } from './support/database.ts';
import { createTestApi } from './support/postgrest.ts';

const hlf = '00000000-0000-4000-8000-000000000001';

await t.test('an auditor is told whether the trail is whole, and where it is not', async (t) => {
  const database = await createTestDatabase(t);
  const { pool } = database;
  await pool.query(
    `insert into accounting.organisations (id, name, organisation_number, reference_prefix)
       values ($1, 'HLF', '123456785', 'HLF')`,
    [hlf],
  );
  await pool.query(
    `select accounting.append_export_run(jsonb_populate_record(null::accounting.export_runs,
       jsonb_build_object('organisation_id', $1::uuid, 'kind', 'reconciliation',
         'outcome', 'absent', 'actor', 'a-test',
         'claim_ids', jsonb_build_array(gen_random_uuid()))))
       from generate_series(1, 3)`,
    [hlf],
  );
  const api = await createTestApi(t, database);
  const verify = async (appRole: string) =>
    api.post(
      '/rpc/verify_audit_trail',
      {},
      {
        token: await api.token({
          role: 'authenticated',
          organisationId: hlf,
          appRole,
          subject: `${appRole}-1`,
        }),
      },
    );

  const whole = await verify('auditor');
  t.equal(whole.status, 200);
  t.same(whole.body, [{ is_valid: true, rows_checked: 3, first_bad_seq: null, reason: null }]);
  t.match(await verify('app'), { status: 403, body: { code: 'AX009' } });

  await pool.query(
    `alter table accounting.export_runs disable trigger all;
     update accounting.export_runs set outcome = 'found' where seq = 2`,
  );
  const changed = await verify('coordinator');
  t.equal(changed.status, 200);
  t.same(changed.body, [
    {
      is_valid: false,
      rows_checked: 2,
      first_bad_seq: 2,
      reason: 'row 2 was changed: its hash does not fit its content',
    },
  ]);
});

t.end();
