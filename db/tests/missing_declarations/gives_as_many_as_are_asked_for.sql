begin;
select plan(6);

-- given: 1200 open honoraria, of drivers 1 to 600, and every driver but the last 50 has acknowledged
select tests.organisation(1);
select tests.declare(tests.organisation_id());
select tests.honorarium(tests.organisation_id(), n, '{0}', 'p-' || lpad(((n + 1) / 2)::text, 3, '0'))
from generate_series(1, 1200) as n;
insert into accounting.declaration_acknowledgements (
  organisation_id, driver_id, act_no, act, template_id, language, version, way_of_acknowledging,
  content_sha256, channel
)
select t.organisation_id, 'p-' || lpad(n::text, 3, '0'), 1, 'acknowledged', t.id, t.language, t.version,
  t.way_of_acknowledging, repeat('a', 64), 'web'
from accounting.declaration_templates as t, generate_series(1, 550) as n;
-- when, then: they are past the first thousand that are looked at
select is(
  (select count(*)::integer from accounting.missing_declarations(tests.organisation_id(), null)), 100,
  'all of them'
);
select results_eq(
  $$ select m.driver_id from accounting.missing_declarations(tests.organisation_id(), 3) as m $$,
  $$ values ('p-551'), ('p-551'), ('p-552') $$, 'the first drivers'
);
update accounting.claims set flagged_at = now(), flagged_reason = 'doubt' where id = tests.claim_id(1101);
select is(
  (select count(*)::integer from accounting.missing_declarations(tests.organisation_id(), null)), 99,
  'one that is flagged waits for something else'
);
select tests.sign_in(tests.organisation_id(), 'coordinator');
select is((select count(*)::integer from api.missing_declarations()), 99, 'up to 200 by itself');
select is((select count(*)::integer from api.missing_declarations(7)), 7, 'or as many as one asks for');
select is((select count(*)::integer from api.missing_declarations(-1)), 0, 'and never an error');

select * from finish();
rollback;
