begin;
select plan(5);

-- given
select tests.organisation_with_claims(1, 2);
create temp table queued as select tests.request(tests.organisation_id(), 1) as id;
create temp table skipped as select tests.request(tests.organisation_id(), 99) as id;
create temp table cancelled as select tests.request(tests.organisation_id(), 2) as id;
select tests.cancel(c.id) from cancelled as c;

-- when, then
select is(tests.reconcile(q.id), 'AX018', 'queued') from queued as q;
select is(tests.reconcile(s.id), 'AX018', 'skipped') from skipped as s;
select is(tests.reconcile(c.id), 'AX018', 'cancelled before it was sent') from cancelled as c;
select is(tests.state_of(q.id), 'queued', 'it stays queued') from queued as q;
select is_empty(
  'select * from accounting.export_requests where ask_at is not null', 'nothing is asked'
);

select * from finish();
rollback;
