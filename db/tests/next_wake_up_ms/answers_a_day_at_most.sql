begin;
select plan(1);

-- given
select tests.organisation_with_claims(1, 1);
select tests.request(tests.organisation_id(), 1);
update accounting.export_requests set next_attempt_at = accounting.clock() + interval '60 days';

-- when, then
select is(accounting.next_wake_up_ms(), 86400000, 'a timer of a day, whatever the time');

select * from finish();
rollback;
