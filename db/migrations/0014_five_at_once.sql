-- Business Central serves five requests of one user at once; more wait in its queue, and are given up
-- after eight minutes (docs/contracts/business-central.md, 2.6). A run has one request at a time.
update accounting.integrations
set max_concurrency = 5
where system = 'business_central'
  and max_concurrency > 5;

alter table accounting.integrations
  add constraint business_central_takes_five_at_once
    check (system <> 'business_central' or max_concurrency <= 5);
