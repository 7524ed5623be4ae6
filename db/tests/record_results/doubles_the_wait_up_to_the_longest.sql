begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1, 'business_central', '{"max_attempts": 10}');
select tests.request(tests.organisation_id(), 1);

-- when
create temp table waits (attempt_no integer, seconds numeric);
do $$
begin
  for v_no in 1..6 loop
    perform tests.attempt(tests.run_of(1), tests.item('not_applied', '{1}'));
    insert into waits
    select v_no,
      extract(epoch from (tests.run(tests.run_of(1))).next_attempt_at - accounting.clock());
  end loop;
end;
$$;

-- then
select is((tests.run(tests.run_of(1))).attempt_no, 6, 'it was tried six times');
select is_empty(
  $$ select *
     from waits as w
     join (values (1, 1), (2, 2), (3, 4), (4, 8), (5, 8), (6, 8)) as whole (attempt_no, seconds)
       using (attempt_no)
     where w.seconds not between whole.seconds / 2.0 and whole.seconds $$,
  'each wait is between half and the whole of a delay that doubles up to max_delay_ms'
);
select cmp_ok(
  (select count(distinct w.seconds) from waits as w), '>', 3::bigint, 'they are not all the same'
);

select * from finish();
rollback;
