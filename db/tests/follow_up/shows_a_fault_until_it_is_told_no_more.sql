begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 2, 'xledger');
create temp table run as select tests.exported_run(1, 2) as id;
create function pg_temp.shown ()
  returns text[]
  language sql
as $$
  select array_agg(a.kind || ' ' || a.claim_id || ' ' || a.reason order by a.claim_id)
  from api.export_attention as a;
$$;

-- when, then
select tests.follow_up('{1, 2}', '{}', '{"1": "the period is closed", "2": "no such account"}');
select is(
  pg_temp.shown(),
  array[
    'faulted ' || tests.claim_id(1) || ' the period is closed',
    'faulted ' || tests.claim_id(2) || ' no such account'
  ],
  'each is for a person to see'
);
select is((tests.reservation(r.id, 1)).outcome, 'accepted', 'it stays delivered, and reserved')
from run as r;
select is(
  (select a.action from api.export_attention as a order by a.claim_id limit 1),
  'Mend it in the accounting system: this goes once it is booked there, sooner with '
    'reconcile_export. Or remove it there, void_export, and export it again.',
  'it says what to do'
);
select tests.follow_up('{1, 2}', '{}', '{"2": "no such project"}');
select is(
  pg_temp.shown(), array['faulted ' || tests.claim_id(2) || ' no such project'],
  'one that is gone is gone here, another word replaces the first'
);
select tests.follow_up('{1, 2}', '{}', '{}', '{"faults": null}');
select is(
  pg_temp.shown(), array['faulted ' || tests.claim_id(2) || ' no such project'],
  'where the faults couldn''t be read, they stay'
);
select tests.follow_up('{1, 2}', '{2}', '{"2": "no such project"}');
select is(pg_temp.shown(), null, 'booked is mended');

select * from finish();
rollback;
