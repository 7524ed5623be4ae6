begin;
select plan(5);

-- given a run that posts, of which one claim is posted, one waits in the journal, one is refused
select tests.organisation_with_claims(1, 4);
update accounting.integrations set settings = settings || '{"post_journal": true}';
select tests.request(tests.organisation_id(), 1, 2, 3);
select tests.attempt(
  tests.run_of(1),
  tests.item('accepted', '{1}', jsonb_build_object('external_ids', tests.ids(1, 'entry:7'))),
  tests.item('accepted', '{2}', jsonb_build_object('external_ids', tests.ids(2, 'line-8'))),
  tests.item('rejected', '{3}')
);
-- then
select is(tests.state_of(tests.run_of(1)), 'partially_exported', 'the run has ended');
select results_eq(
  'select a.kind, a.claim_id, a.reason from api.export_attention as a',
  $$values ('faulted', tests.claim_id(2), 'in the journal, not posted: post it by hand')$$,
  'a person is told of what waits in the journal'
);

-- when it is asked about again, and still waits
select tests.reconcile(tests.run_of(1));
select tests.answer_again(tests.run_of(1),
  tests.item('found', '{2}', jsonb_build_object('external_ids', tests.ids(2, 'line-8'))));
-- then
select is((select count(*) from api.export_attention), 1::bigint, 'that person is told still');
-- when a person has posted it
select tests.reconcile(tests.run_of(1));
select tests.answer_again(tests.run_of(1),
  tests.item('found', '{2}', jsonb_build_object('external_ids', tests.ids(2, 'entry:8'))));
-- then
select is_empty('select * from api.export_attention', 'nobody has to look any more');

-- when a person books another run's claim by hand
select tests.request(tests.organisation_id(), 4);
select tests.attempt(tests.run_of(4), tests.item('unknown', '{4}'));
select tests.answer(tests.run_of(4), tests.item('unclear', '{4}', '{"needs_person": true}'));
select tests.resolve(tests.run_of(4), 'booked_by_hand');
-- then
select is_empty('select * from api.export_attention', 'that is that person''s word');

select * from finish();
rollback;
