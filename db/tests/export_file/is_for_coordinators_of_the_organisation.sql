begin;
select plan(6);

-- given a file, and a run without one in an organisation that writes none
select tests.file_organisation(2);
create temp table run as select tests.produced_run(1) as id;
create temp table queued as select tests.request(tests.organisation_id(), 2) as id;
select tests.organisation_with_claims(2, 1);
create temp table other as select tests.request(tests.organisation_id(2), 1) as id;

-- when, then
select is(
  tests.act(format('select api.export_file(%L)', r.id), 'coordinator', 2), 'AX016',
  'another organisation''s run is none'
)
from run as r;
select is(
  array(
    select tests.act(format('select api.export_file(%L)', r.id), a.role)
    from run as r, unnest('{app, auditor, driver, organisation_admin}'::text[]) as a (role)
  ),
  '{AX009, AX009, AX009, AX009}', 'no other role may'
);
select is(tests.download(q.id), 'AX018', 'not before it is written') from queued as q;
select is(
  tests.act(format('select api.export_file(%L)', o.id), 'coordinator', 2), 'AX018',
  'a run that is sent has none'
)
from other as o;
select is(tests.download('00000000-0000-4000-a000-000000000009'), 'AX016', 'an unknown run');
select throws_ok(
  format('select api.export_file(%L)', r.id), 'AX009', null, 'nor whoever has no person''s token'
)
from run as r;

select * from finish();
rollback;
