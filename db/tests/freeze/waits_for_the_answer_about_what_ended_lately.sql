begin;
select plan(2);

-- given nothing but an exported run
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.exported_run(1) as id;
select accounting.freeze('restored');

-- when, then
select accounting.end_freeze();
select isnt((select i.frozen_at from accounting.integrations as i), null, 'it is asked about first');
select tests.answer_again(r.id, tests.item('found', '{1}')) from run as r;
select accounting.end_freeze();
select is((select i.frozen_at from accounting.integrations as i), null, 'then the freeze ends');

select * from finish();
rollback;
