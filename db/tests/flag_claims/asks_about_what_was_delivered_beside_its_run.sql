begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.exported_run(1) as id;

-- when
select tests.flag('{1}');

-- then
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'it stays exported');
select is((tests.run(r.id)).ask_at, accounting.clock(), 'its run is asked about') from run as r;
select tests.answer_again(r.id, tests.item('found', '{1}')) from run as r;
select is((tests.claim(1)).flagged_at, null, 'found clears the flag');
select is(tests.state_of(r.id), 'exported', 'the run stays as it is') from run as r;
select is_empty('select * from api.export_attention', 'nobody has to look');

select * from finish();
rollback;
