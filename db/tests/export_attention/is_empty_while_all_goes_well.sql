begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 4);
select tests.request(tests.organisation_id(), 1);
select tests.attempt(tests.run_of(1), tests.item('accepted', '{1}'));
select tests.request(tests.organisation_id(), 2);
select tests.attempt(tests.run_of(2), tests.item('rejected', '{2}'));
select tests.request(tests.organisation_id(), 3);
select tests.attempt(tests.run_of(3), tests.item('unknown', '{3}'));
select tests.request(tests.organisation_id(), 4);

-- when, then
select is_empty('select * from api.export_attention', 'what has just begun needs nobody');
select tests.move_clock('59 minutes');
select is_empty('select * from api.export_attention', 'nor does it within an hour');

select * from finish();
rollback;
