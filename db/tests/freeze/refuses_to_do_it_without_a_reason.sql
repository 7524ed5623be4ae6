begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);

-- when, then
select throws_ok('select accounting.freeze(null)', 'AX017', null, 'a reason is wanted');
select is((select i.frozen_at from accounting.integrations as i), null, 'nothing is frozen');

select * from finish();
rollback;
