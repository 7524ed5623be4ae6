begin;
select plan(7);

-- given an organisation that sent to one system and moved to another
select tests.organisation_with_claims(1, 2);
select tests.exported_run(2);
select tests.organisation(1, 'xledger');
select tests.flag('{1}');
select is(
  (select array_agg(q.system order by q.system) from accounting.claim_questions as q),
  '{business_central, xledger}', 'both are asked'
);

-- when one has nothing
select tests.move_clock('60 s');
select accounting.lease_runs('dispatcher-1', 100);
create temp table leased as
select q.system, q.organisation_id, q.lease_id from accounting.claim_questions as q;
select accounting.start_question(l.organisation_id, null, l.lease_id) from leased as l;
create function pg_temp.tell (p_system text, p_outcome text)
  returns boolean
  language sql
as $$
  select o.is_late
  from leased as l
  cross join lateral accounting.record_results(jsonb_build_array(tests.report_without_run(
    l.organisation_id, l.lease_id,
    tests.item(p_outcome, '{1}', jsonb_build_object(
      'http_status', 200, 'external_ids', tests.ids(1, p_system)
    ))
  ))) as o
  where l.system = p_system;
$$;
select is(pg_temp.tell('xledger', 'absent'), false, 'one answers in time');
select tests.answer_without_run('absent', '{1}', '{}', 'xledger');
-- then
select is(
  (select array_agg(q.system) from accounting.claim_questions as q), '{business_central}',
  'it isn''t asked any more'
);
select is(tests.verdict(tests.organisation_id(), 1), 'flagged', 'but the other one may have it');

-- when the other one has it, and the first one finds it as well, later
select pg_temp.tell('business_central', 'found');
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'it has');
select is(pg_temp.tell('xledger', 'found'), true, 'what comes later is taken');
select is(
  (select array_agg(x.external_ids -> tests.claim_id(1)::text order by x.seq)
   from accounting.export_runs as x where x.outcome = 'found'),
  array['["business_central"]', '["xledger"]']::jsonb[], 'and both are in the trail'
);

select * from finish();
rollback;
