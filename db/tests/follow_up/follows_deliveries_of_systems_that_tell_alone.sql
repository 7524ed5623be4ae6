begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 3, 'xledger');
select tests.organisation_with_claims(2, 1, 'business_central');
create temp table run as select tests.exported_run(1) as id;
create function pg_temp.is_followed (p_run_id uuid, p_claim_no integer)
  returns boolean
  language sql
as $$
  select (tests.reservation(p_run_id, p_claim_no)).follow_at is not null;
$$;

-- when, then
select ok(pg_temp.is_followed(r.id, 1), 'what is accepted is followed up') from run as r;
create temp table found as select tests.request(tests.organisation_id(), 2) as id;
select tests.attempt(f.id, tests.item('unknown', '{2}')) from found as f;
select tests.answer(f.id, tests.item('found', '{2}', '{"http_status": 200}')) from found as f;
select ok(pg_temp.is_followed(f.id, 2), 'and what is found') from found as f;
create temp table by_hand as select tests.run_in_review(3) as id;
select tests.resolve(b.id, 'booked_by_hand') from by_hand as b;
select ok(not pg_temp.is_followed(b.id, 3), 'not what a person booked') from by_hand as b;
create temp table other as select tests.request(tests.organisation_id(2), 1) as id;
select tests.attempt(o.id, tests.item('accepted', '{1}', '{"http_status": 200}')) from other as o;
select ok(not pg_temp.is_followed(o.id, 1), 'nor what a silent system took') from other as o;
select tests.move_clock_to((tests.run(r.id)).quarantine_until + interval '1 hour') from run as r;
select tests.void(r.id, '{1}') from run as r;
select ok(not pg_temp.is_followed(r.id, 1), 'nor what was voided') from run as r;

select * from finish();
rollback;
