begin;
select plan(4);

-- given
select tests.organisation(1);
-- when, then
create temporary table refused as
  select tests.error_of($$
    update accounting.integrations set system = 'minibok', settings = '{}'
    where organisation_id = tests.organisation_id(1)
  $$) as error;
select is(error ->> 'code', 'AX010', 'a system that no row tells of is refused when it is written')
from refused;
select matches(
  error ->> 'detail', 'minibok.*business_central', 'and the answer names those that there are'
)
from refused;
select throws_ok(
  $$ update accounting.integrations set system = 'Mini bok'
     where organisation_id = tests.organisation_id(1) $$,
  'AX010', null, 'what is no name is refused as well'
);
select is(
  accounting.most_lines_of_a_claim('minibok'), null, 'nothing is said of what it takes at once'
);

select * from finish();
rollback;
