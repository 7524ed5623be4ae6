begin;
select plan(3);

-- given: the first check resumes
select tests.organisation(1);
update accounting.integrations set paused_at = now(), paused_reason = '401 twice';
-- when
do $$
begin
  for v_no in 1 .. 60 loop
    perform accounting.record_integration_check(
      accounting.integration_to_check('O1'),
      jsonb_build_object(
        'faultCount', 0, 'mayResume', true,
        'shapes', jsonb_build_object('accounts', jsonb_build_object('no', v_no))
      )
    );
  end loop;
end;
$$;
-- then
select is(
  (select array_agg(check_no order by check_no) from accounting.integration_checks),
  array[1] || array(select n from generate_series(11, 60) as n),
  'the newest fifty are there, and the one that resumed'
);
select is(
  accounting.integration_to_check('O1') #>> '{lastCheck,shapes,accounts,no}', '60',
  'the last one is compared with'
);
select is(
  (select count(*)::integer from accounting.integration_checks where resumed_at is not null), 1,
  'who resumed is kept'
);

select * from finish();
rollback;
