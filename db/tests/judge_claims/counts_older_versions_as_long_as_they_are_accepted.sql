begin;
select plan(6);

-- given: version 2 comes into force in 10 days
select tests.organisation(1);
select tests.switch_honoraria(tests.organisation_id());
select tests.honorarium(tests.organisation_id(), 1, '{9}');
select tests.honorarium(tests.organisation_id(), 2, '{20}');
select tests.honorarium(tests.organisation_id(), 3, '{21}');
create temp table first as select tests.declare(tests.organisation_id()) as id;
select tests.acknowledge(tests.organisation_id());
select tests.declare(tests.organisation_id(), 10);
create function pg_temp.verdicts () returns text language sql as $$
  select string_agg(case j.verdict when 'exportable' then 'yes' else 'no' end, ', ')
  from accounting.judge_claims(tests.organisation_id(), tests.claim_ids(1, 2, 3)) as j;
$$;
create function pg_temp.accept_until (p_day date) returns void language sql as $$
  select accounting.accept_version_until(
    tests.organisation_id(), f.id, 1, p_day, 'the words are nearly the same', 'admin-1'
  ) from first as f;
$$;
-- when, then
select pg_temp.accept_until(tests.day(20));
select is(pg_temp.verdicts(), 'yes, yes, no', 'up to the day that the organisation says');
select pg_temp.accept_until(tests.day(-1));
select is(pg_temp.verdicts(), 'yes, no, no', 'while it is in force it counts all the same');
select tests.set_rule(tests.organisation_id(), 'once');
select is(
  pg_temp.verdicts(), 'yes, no, no',
  'what the organisation says of a version goes before the rule'
);
select pg_temp.accept_until(null);
select is(pg_temp.verdicts(), 'yes, yes, yes', 'until it leaves it to the rule again');
select tests.set_rule(tests.organisation_id(), 'each_version');
select is(pg_temp.verdicts(), 'yes, no, no', 'whatever that is');
select is(
  (select count(*)::integer from accounting.declaration_acceptances), 3,
  'what was said before stays on record'
);

select * from finish();
rollback;
