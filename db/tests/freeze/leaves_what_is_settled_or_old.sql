begin;
select plan(4);

-- given an exported run of ten days ago, a withdrawn claim, and a run that waits for a person
select tests.organisation_with_claims(1, 2);
create temp table old as select tests.exported_run(1) as id;
select tests.move_clock('10 days');
select tests.put_claim(tests.organisation_id(), 3);
select tests.put_claim(tests.organisation_id(), 3, '{"state": "withdrawn"}');
create temp table review as select tests.run_in_review(2) as id;

-- when
select accounting.freeze('restored');

-- then
select is((tests.run(o.id)).ask_at, null, 'what ended long ago is not asked about') from old as o;
select is((tests.claim(3)).flagged_at, null, 'nor what was withdrawn');
select is(tests.state_of(r.id), 'needs_review', 'what waits for a person still does')
from review as r;
select is(tests.resolve(r.id, 'booked_by_hand'), 'exported', 'who can settle it') from review as r;

select * from finish();
rollback;
