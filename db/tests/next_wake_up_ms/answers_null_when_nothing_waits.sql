begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);

-- when, then
select is(accounting.next_wake_up_ms(), null, 'nothing waits');
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('accepted', '{1}'));
select is(accounting.next_wake_up_ms(), null, 'what has ended does not wait');

select * from finish();
rollback;
