begin;
select plan(4);

-- given a run that delivered one claim and waits to send the other
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.request(tests.organisation_id(), 1, 2) as id;
select tests.attempt(r.id, tests.item('accepted', '{1}'), tests.item('not_applied', '{2}'))
from run as r;

-- when
select is(tests.void(r.id, '{1}'), '1', 'the delivered one is voided') from run as r;

-- then
select is(tests.counts(r.id), '0 0 1 1', 'the other one is still open') from run as r;
select is(
  tests.attempt(r.id, tests.item('accepted', '{2}')), 'partially_exported', 'it goes on alone'
)
from run as r;
select is(tests.verdict(tests.organisation_id(), 1), 'exportable', 'the voided one stays free');

select * from finish();
rollback;
