begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1);
select tests.flag('{1}');

-- when
select tests.answer_without_run(
  'found', '{1}', jsonb_build_object('external_ids', tests.ids(1, '9'))
);

-- then
select isnt((tests.claim(1)).exported_at, null, 'it is exported');
select is((tests.claim(1)).exported_run_id, null, 'by no run that we know');
select is((tests.claim(1)).flagged_at, null, 'and no longer flagged');
select is(tests.verdict(tests.organisation_id(), 1), 'already_exported', 'the guard knows it');
select is_empty('select * from api.export_attention', 'nobody has to look');
select is(
  tests.state_of(tests.request(tests.organisation_id(), 1)), 'skipped', 'no run takes it'
);

select * from finish();
rollback;
