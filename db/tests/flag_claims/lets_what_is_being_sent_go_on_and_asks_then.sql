begin;
select plan(6);

-- given two claims that are being sent
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;
create temp table lease as
select tests.start(tests.organisation_id(), r.id) as id from run as r;

-- when they are flagged, and one is accepted, one refused
select tests.flag('{1, 2}');
select is(tests.state_of(r.id), 'sending', 'the send goes on') from run as r;
select accounting.record_results(jsonb_build_array(tests.report(r.id, l.id, jsonb_build_array(
  tests.item('accepted', '{1}'), tests.item('rejected', '{2}')
))))
from run as r, lease as l;

-- then
select is(tests.state_of(r.id), 'partially_exported', 'it ends as it would') from run as r;
select is((tests.run(r.id)).ask_at, accounting.clock(), 'and is asked about') from run as r;
select tests.answer_again(r.id, tests.item('found', '{1}'), tests.item('absent', '{2}'))
from run as r;
select is((tests.claim(1)).flagged_at, null, 'what was delivered is found');
select isnt((tests.question(2)).claim_id, null, 'what was released is asked for by itself');
select tests.answer_without_run('absent', '{2}') from generate_series(1, 3);
select is(
  tests.verdict(tests.organisation_id(), 2), 'exportable', 'and is free, once it is absent'
);

select * from finish();
rollback;
