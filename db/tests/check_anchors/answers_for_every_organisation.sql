begin;
select plan(4);

-- given
select tests.organisation_with_trail(1, 3);
select tests.organisation_with_trail(2, 2);
select tests.organisation(3);
create temporary table kept as
  select to_jsonb(h) as head from accounting.audit_heads_now() as h
  union all
  select jsonb_build_object('organisation_id', tests.organisation_id(4), 'seq', 7, 'hash',
    repeat('a', 64), 'taken_at', now());
create function pg_temp.checked (p_organisation_no integer default null)
  returns setof text
  language sql
as $$
  select right(c.organisation_id::text, 1) || ' ' || c.is_valid || ' ' || c.rows_checked || ' '
    || c.anchors_checked
  from accounting.check_anchors(
    (select jsonb_agg(k.head) from kept as k),
    case when p_organisation_no is not null then tests.organisation_id(p_organisation_no) end
  ) as c;
$$;
-- when, then
select results_eq(
  'select right(organisation_id::text, 1), seq from accounting.audit_heads_now()',
  $$ values ('1', 3::bigint), ('2', 2::bigint) $$, 'the heads of those that have a trail'
);
select results_eq(
  'select pg_temp.checked()',
  array['1 true 3 1', '2 true 2 1', '3 true 0 0', '4 false 0 1'],
  'all that are here, and those of which a head was kept'
);
select results_eq('select pg_temp.checked(2)', array['2 true 2 1'], 'or one of them');
select throws_ok(
  'select accounting.audit_heads_now(tests.organisation_id(4))', 'AX014', null,
  'an organisation that is not here has no head'
);

select * from finish();
rollback;
