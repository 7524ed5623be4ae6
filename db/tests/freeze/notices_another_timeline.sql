begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);
select tests.move_to_server('1', '00000001');
select accounting.lease_runs('dispatcher-1', 1);

-- when a standby takes over
select tests.move_to_server('1', '00000002');
select accounting.lease_runs('dispatcher-1', 1);

-- then
select matches(
  (select i.frozen_reason from accounting.integrations as i), '^the database failed over',
  'it may have missed the last commits'
);
select tests.answer_without_run('absent', '{1}') from generate_series(1, 3);
select accounting.lease_runs('dispatcher-1', 1);
select is(
  (select i.frozen_at from accounting.integrations as i), null, 'it is noticed once, not again'
);

select * from finish();
rollback;
