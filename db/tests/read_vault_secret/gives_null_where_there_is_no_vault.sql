begin;
select plan(2);

-- given
select tests.organisation_with_claims(1);
-- when, then
select is(
  accounting.read_vault_secret(i.credential_ref), null, 'no vault is no secret, and no error'
)
from accounting.integrations as i
where i.organisation_id = tests.organisation_id(1)
limit 1;
select is(accounting.read_vault_secret(null), null, 'nor is null');

select * from finish();
rollback;
