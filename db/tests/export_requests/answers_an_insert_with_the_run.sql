begin;
select plan(4);

-- given
select tests.organisation_with_claims(1, 2);
select tests.sign_in(tests.organisation_id(1), 'coordinator');
-- when
create temporary table answer on commit drop as select * from api.export_requests limit 0;
do $$
declare
  v_row api.export_requests;
begin
  insert into api.export_requests (claim_ids) values (tests.claim_ids(1, 2))
  returning * into v_row;
  insert into answer values (v_row.*);
end;
$$;
-- then
select ok((select run_id is not null from answer), 'the run has an id');
select is(
  (select row(organisation_id, state, claim_ids, requested_by)::text from answer),
  row(tests.organisation_id(1), 'queued', tests.claim_ids(1, 2), 'coordinator-1')::text,
  'the organisation and the person are the token''s'
);
select is((select requested_at from answer), now(), 'with the time');
select results_eq(
  'select * from api.export_requests', 'select * from answer', 'a select shows the same run'
);

select * from finish();
rollback;
