begin;
select plan(6);

-- given a claim that no run holds
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');

-- when questions fail
create temp table wait (no integer, took interval);
create function pg_temp.fail (p_no integer)
  returns void
  language plpgsql
as $$
begin
  perform tests.answer_without_run(
    'unclear', '{1}', '{"error_message": "503", "http_status": 503}'
  );
  insert into wait
  select p_no, (tests.question(1)).next_question_at - accounting.clock();
end;
$$;
select pg_temp.fail(n) from generate_series(1, 19) as n;

-- then
select cmp_ok(
  (select w.took from wait as w where w.no = 1), '<=', interval '1 s', 'the first wait is short'
);
select cmp_ok(
  (select w.took from wait as w where w.no = 3), '>=', interval '2 s', 'they grow'
);
select cmp_ok(
  (select max(w.took) from wait as w), '<=', interval '8 s', 'up to the longest delay'
);
select is((tests.question(1)).problem, null, 'nineteen are not enough');
select pg_temp.fail(20);
select is((tests.question(1)).next_question_at, null, 'after twenty it isn''t asked any more');
select matches(
  (select a.action from api.export_attention as a where a.claim_id = tests.claim_id(1)),
  '^Look it up in the ledger', 'and a person has to look'
);

select * from finish();
rollback;
