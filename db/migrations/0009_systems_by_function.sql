-- Which systems there are is told by accounting.known_systems, and held by the trigger that checks
-- settings: so another accounting system is a row there, not a migration. What a column can say of
-- itself stays a constraint.
alter table accounting.integrations
  drop constraint system_is_known,
  add constraint system_is_a_name check (system ~ '^[a-z][a-z0-9_]{0,39}$');
