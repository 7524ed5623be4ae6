begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.run_in_review(1) as id;

-- when the evidence names a person and carries a secret
select tests.resolve(
  r.id, 'booked_by_hand', tests.ids(1, '1001', '1002'),
  '  mailed by kari@example.com, Authorization: Bearer abcdefghijklmnop123456  '
)
from run as r;
create temp table decision as
select x.* from accounting.export_runs as x where x.kind = 'decision';

-- then
select is((select d.actor from decision as d), 'coordinator-1', 'the person is named');
select is(
  (select d.recorded_at from decision as d), accounting.clock(), 'the time is that of the act'
);
select is(
  (select d.external_ids from decision as d), tests.ids(1, '1001', '1002'), 'the ids are kept'
);
select matches(
  (select d.error_message from decision as d), '^mailed by', 'the evidence is kept'
);
select doesnt_match(
  (select d.error_message from decision as d), 'kari@example|abcdefghijklmnop',
  'without the person''s data and the secret'
);
select is(tests.verdict_on_trail(), format('valid, %s rows', (
  select count(*) from accounting.export_runs
)), 'and the trail verifies');

select * from finish();
rollback;
