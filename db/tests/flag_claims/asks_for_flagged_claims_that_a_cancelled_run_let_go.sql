begin;
select plan(3);

-- given a queued run with a flagged claim
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.request(tests.organisation_id(), 1) as id;
select tests.flag('{1}');

-- when nobody is left who would ask
select is(tests.cancel(r.id), 'cancelled', 'the run is withdrawn') from run as r;

-- then
select is(
  (tests.question(1)).next_question_at, accounting.clock(), 'the claim is asked for by itself'
);
select tests.answer_without_run('absent', '{1}') from generate_series(1, 3);
select is(
  tests.verdict(tests.organisation_id(), 1), 'exportable', 'and is free, once it is absent'
);

select * from finish();
rollback;
