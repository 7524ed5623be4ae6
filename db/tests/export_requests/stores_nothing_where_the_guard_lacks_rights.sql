begin;
select plan(5);

-- given: a function of the guard that may no longer do what it is there for
select tests.organisation_with_claims(1, 1);
create role guard_without_rights;
grant usage on schema accounting to guard_without_rights;
create function pg_temp.ask ()
  returns void
  language sql
as 'insert into api.export_requests (claim_ids) values (tests.claim_ids(1))';
-- when
alter function api.tg_export_requests__request_export() owner to guard_without_rights;
select tests.sign_in(tests.organisation_id(1), 'app');
-- then
select throws_ok('select pg_temp.ask()', '42501', null, 'the trigger may not call it: refused');
-- when
reset role;
alter function api.tg_export_requests__request_export() owner to current_user;
alter function accounting.judge_claims(uuid, uuid[]) security definer;
alter function accounting.judge_claims(uuid, uuid[]) owner to guard_without_rights;
select tests.sign_in(tests.organisation_id(1), 'app');
-- then
select throws_ok('select pg_temp.ask()', '42501', null, 'the guard may not look: refused');
reset role;
select is_empty('select * from accounting.export_requests', 'no run is stored');
select is_empty('select * from accounting.claim_reservations', 'and nothing reserved');
-- when
alter function accounting.judge_claims(uuid, uuid[]) owner to current_user;
select tests.sign_in(tests.organisation_id(1), 'app');
-- then
select lives_ok('select pg_temp.ask()', 'with its rights back, the same request is taken');

select * from finish();
rollback;
