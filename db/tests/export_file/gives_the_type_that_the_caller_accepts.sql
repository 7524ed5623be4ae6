begin;
select plan(7);

-- given
select tests.file_organisation(1);
create temp table run as select tests.produced_run(1) as id;

-- when, then
select is(tests.download(r.id, 'text/csv'), 'a,b', 'CSV') from run as r;
select is(
  current_setting('response.headers', true)::jsonb ->> 0,
  '{"Content-Type": "text/csv; charset=utf-8"}', 'and says so'
);
select is(tests.download(r.id, 'application/json'), '{"a": "b"}', 'JSON') from run as r;
select is(
  current_setting('response.headers', true)::jsonb #>> '{1,Content-Disposition}',
  format('attachment; filename="%s.json"', split_part(f.name, '.', 1)), 'under the file''s name'
)
from accounting.export_files as f;
select is(tests.download(r.id), 'a,b', 'its own type, if any will do') from run as r;
select is(tests.download(r.id, 'text/html'), 'AX027', 'and nothing else') from run as r;
select results_eq(
  $$
    select accounting.accepted_media_type(a.accept, '{text/csv, application/json}')
    from (values
      (1, null), (2, 'application/*, text/csv;q=0.5'), (3, 'text/csv;q=0, */*'), (4, 'image/png'),
      (5, 'TEXT/CSV ; q=0.1, application/json;q=0.2'), (6, 'application/json, text/csv')
    ) as a (place, accept)
    order by a.place
  $$,
  $$ values ('text/csv'), ('application/json'), ('application/json'), (null),
    ('application/json'), ('text/csv') $$,
  'weights count, then the most specific, then the file''s own type'
);

select * from finish();
rollback;
