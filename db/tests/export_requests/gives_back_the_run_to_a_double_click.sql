begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 2);
select tests.sign_in(tests.organisation_id(1), 'app');
create temporary table answers (run_id uuid) on commit drop;
-- when: once, again in another order, and once more
do $$
declare
  v_claim_ids uuid[];
  v_run_id uuid;
begin
  foreach v_claim_ids slice 1 in array array[
    tests.claim_ids(1, 2), tests.claim_ids(2, 1), tests.claim_ids(1, 2)
  ] loop
    insert into api.export_requests (claim_ids) values (v_claim_ids) returning run_id into v_run_id;
    insert into answers values (v_run_id);
  end loop;
end;
$$;
-- then
select is((select count(*) from answers), 3::bigint, 'each insert is answered');
select is((select count(distinct run_id) from answers), 1::bigint, 'with the same run');

select * from finish();
rollback;
