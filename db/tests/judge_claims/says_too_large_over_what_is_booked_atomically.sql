begin;
select plan(4);

-- given: a claim of p_lines lines of one krone each
create function pg_temp.put(p_organisation_no integer, p_no integer, p_lines integer)
  returns uuid
  language sql
as $$
  select tests.put_claim(
    tests.organisation_id(p_organisation_no), p_no,
    jsonb_build_object('total', p_lines::text, 'lines', (
      select jsonb_agg('{"type": "toll", "date": "2026-03-02", "amount": "1"}'::jsonb)
      from generate_series(1, p_lines)
    ))
  );
$$;
select tests.organisation(1, 'business_central'), tests.organisation(2, 'xledger');
select pg_temp.put(1, 1, 99), pg_temp.put(1, 2, 100);
select pg_temp.put(2, 1, 499), pg_temp.put(2, 2, 500);
-- when, then
select is(
  tests.verdict(tests.organisation_id(1), 1), 'exportable',
  'Business Central: 99 lines and the liability line fit a batch of 100'
);
select is(
  tests.verdict(tests.organisation_id(1), 2), 'too_large', 'a hundredth does not'
);
select is(
  tests.verdict(tests.organisation_id(2), 1), 'exportable',
  'Xledger: 499 lines and the liability line fit a mutation of 500'
);
select is(
  tests.verdict(tests.organisation_id(2), 2), 'too_large', 'a five hundredth does not'
);

select * from finish();
rollback;
