begin;
select plan(3);

-- given: three runs of the same claim; the first was withdrawn, the second sent and refused
select tests.organisation_with_claims(1, 1, 'xledger');
create temporary table runs (no integer, id uuid);
insert into runs select 1, tests.request(tests.organisation_id(1), 1);
update accounting.export_requests set state = 'cancelled', ended_at = now(), next_attempt_at = null;
update accounting.claim_reservations set released_at = now();
insert into runs select 2, tests.request(tests.organisation_id(1), 1);
select tests.record(
  tests.organisation_id(1), id, tests.start(tests.organisation_id(1), id), 'rejected', '{1}'
) from runs where no = 2;
insert into runs select 3, tests.request(tests.organisation_id(1), 1);
-- when
create temporary table keys as
  select runs.no, e.batch_key
  from runs
  join accounting.export_requests as e on e.run_id = runs.id;
-- then
select is(
  (select batch_key from keys where no = 2), (select batch_key from keys where no = 1),
  'a run that never started left nothing behind: its key is used again'
);
select isnt(
  (select batch_key from keys where no = 3), (select batch_key from keys where no = 2),
  'one that started is a generation: the next has a key of its own'
);
select is(
  (select batch_key from keys where no = 3),
  accounting.sha256_key(tests.organisation_id(1), tests.claim_ids(1), 1),
  'the key is computed from organisation, claims and generation, and from nothing else'
);

select * from finish();
rollback;
