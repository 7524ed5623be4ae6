begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.sign_in_driver(tests.organisation_id());
select is_empty(
  'select * from api.current_declaration()',
  'without a version in force there is no row'
);
reset role;
select tests.declare(tests.organisation_id(), 0, 'nb', 'both',
  'I, {{driver_name}}, of {{organisation_name}} ({{organisation_number}}): {{version}}, {{valid_from}}');
select tests.declare(tests.organisation_id(), 1, 'nb', 'tick_box', 'the next one');
-- when
select tests.sign_in_driver(tests.organisation_id(),
  'person-1', '{"name": "Kari <b>{{version}}</b>\u202e\n & co"}');
create temp table shown as select * from api.current_declaration();
-- then
select results_eq(
  'select version, language, way_of_acknowledging, valid_from, is_acknowledged, acknowledged_at
    from shown',
  $$ values (1, 'nb', 'both', tests.day(), false, null::timestamptz) $$, 'the one of today'
);
select matches(
  (select content from shown),
  '^I, Kari <b>\{\{version\}\}</b> & co, of Organisation 1 \([0-9]{9}\): 1, 20[0-9-]+$',
  'filled in once, the name as it is'
);
select matches(
  (select content_html from shown),
  '^<p>I, Kari &lt;b&gt;\{\{version\}\}&lt;/b&gt; &amp; co, of [^<]*</p>$',
  'and as HTML, escaped'
);
select is(
  (select content_sha256 from shown),
  (select encode(sha256(convert_to(content, 'UTF8')), 'hex') from shown),
  'with the hash of the text'
);
select is(
  (select c.content_sha256 from api.current_declaration() as c), (select content_sha256 from shown),
  'which is the same each time'
);

select * from finish();
rollback;
