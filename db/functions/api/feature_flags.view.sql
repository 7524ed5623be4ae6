-- What the organisation has switched on. Who switched it and why is for who answers for it.
create view api.feature_flags
  with (security_invoker = true)
as
select f.organisation_id, f.name, f.is_enabled
from accounting.feature_flags as f;

comment on view api.feature_flags is
  'What the organisation has switched on: driver_honorarium, whether honoraria may be exported.';
