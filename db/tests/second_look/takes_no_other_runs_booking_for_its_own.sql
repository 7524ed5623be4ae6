begin;
select plan(5);

-- given a claim that one run gave up and another one delivered
select tests.organisation_with_claims(1, 1);
create temp table first as select tests.request(tests.organisation_id(), 1) as id;
select tests.attempt(f.id, tests.item('not_applied', '{1}'))
from first as f cross join generate_series(1, 3);
create temp table second as select tests.exported_run(1) as id;

-- when the first one is asked about: by its reference, the ledger has the claim
select is(tests.reconcile(f.id), 'failed', 'it may be asked about') from first as f;
select is(
  (
    select s.is_started
    from first as f
    cross join lateral (select tests.lease(f.id)) as l (id)
    cross join lateral accounting.start_question(tests.organisation_id(), f.id, l.id) as s
  ),
  false, 'but nothing of it is left to ask for'
);

-- then
select is((tests.run(f.id)).ask_at, null, 'that ends it') from first as f;
select is_empty('select * from api.export_attention', 'nobody has to look');
select is(tests.void(s.id, '{1}'), '1', 'and what was delivered can still be voided')
from second as s;

select * from finish();
rollback;
