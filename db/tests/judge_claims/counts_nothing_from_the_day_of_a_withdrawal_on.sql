begin;
select plan(4);

-- given
select tests.organisation(1);
select tests.switch_honoraria(tests.organisation_id());
select tests.set_rule(tests.organisation_id(), 'once');
select tests.honorarium(tests.organisation_id(), 1, '{1}');
select tests.honorarium(tests.organisation_id(), 2, '{2}');
select tests.honorarium(tests.organisation_id(), 3, '{3}');
select tests.declare(tests.organisation_id());
select tests.acknowledge(tests.organisation_id());
create function pg_temp.verdicts () returns text language sql as $$
  select string_agg(case j.verdict when 'exportable' then 'yes' else 'no' end, ', ')
  from accounting.judge_claims(tests.organisation_id(), tests.claim_ids(1, 2, 3)) as j;
$$;
-- when, then
select tests.move_clock('2 days');
select accounting.withdraw_acknowledgement(tests.organisation_id(), 'person-1');
select is(pg_temp.verdicts(), 'yes, no, no', 'the day of the withdrawal doesn''t count any more');
select tests.move_clock('1 day');
select tests.acknowledge(tests.organisation_id());
select is(pg_temp.verdicts(), 'yes, no, yes', 'a new acknowledgement counts from its own day on');
select tests.acknowledge(tests.organisation_id());
select is(
  (select string_agg(a.act, ', ' order by a.act_no)
    from accounting.declaration_acknowledgements as a),
  'acknowledged, withdrawn, acknowledged', 'each act has left its own row'
);
select is(tests.verdict(tests.organisation_id(), 3), 'exportable', 'and the last one holds');

select * from finish();
rollback;
