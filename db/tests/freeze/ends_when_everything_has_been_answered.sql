begin;
select plan(8);

-- given a queued run, a claim that no run holds, and a run that was exported a day ago
select tests.organisation_with_claims(1, 3);
select tests.move_to_server('1');
create temp table exported as select tests.exported_run(3) as id;
select tests.move_clock('1 day');
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.move_to_server('2');
select accounting.lease_runs('dispatcher-1', 100);
create function pg_temp.let_go ()
  returns void
  language sql
as $$
  select accounting.hand_back(e.organisation_id, e.run_id, e.lease_id)
  from accounting.export_requests as e where e.lease_id is not null;
  select accounting.hand_back(q.organisation_id, null, q.lease_id)
  from accounting.claim_questions as q where q.lease_id is not null;
$$;
create function pg_temp.is_frozen ()
  returns boolean
  language sql
as $$
  select pg_temp.let_go();
  select accounting.end_freeze();
  select i.frozen_at is not null from accounting.integrations as i;
$$;
select pg_temp.let_go();
select is((tests.run(e.id)).ask_at, accounting.clock(), 'what ended lately is asked about too')
from exported as e;

-- when, then
select tests.answer_again(e.id, tests.item('found', '{3}')) from exported as e;
select is(pg_temp.is_frozen(), true, 'one answer is not all');
select tests.answer(r.id, tests.item('found', '{1}')) from run as r;
select is(tests.state_of(r.id), 'exported', 'what the lost history had sent is not sent again')
from run as r;
select is(pg_temp.is_frozen(), true, 'the claim without a run is still to come');
select tests.answer_without_run('absent', '{2}');
select tests.answer_without_run('absent', '{2}');
select is(pg_temp.is_frozen(), true, 'one absence after the quarantine is not enough');
select tests.answer_without_run('absent', '{2}');
select is(pg_temp.is_frozen(), false, 'two are');
select is(
  tests.attempt(tests.request(tests.organisation_id(), 2), tests.item('accepted', '{2}')),
  'exported', 'sending goes on'
);
select is_empty('select * from api.export_attention', 'and nobody has to look');

select * from finish();
rollback;
