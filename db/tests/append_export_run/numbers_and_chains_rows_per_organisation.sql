begin;
select plan(5);

-- given
select tests.organisation(1), tests.organisation(2);
-- when
select tests.append(tests.organisation_id(1), 'unknown', '{1}');
select tests.append(tests.organisation_id(2), 'accepted', '{1}');
select tests.append(tests.organisation_id(1), 'found', '{1}');
select tests.append(tests.organisation_id(1), 'voided', '{1}');
-- then
select results_eq(
  $$
    select seq, outcome from accounting.export_runs
    where organisation_id = tests.organisation_id(1) order by seq
  $$,
  $$ values (1::bigint, 'unknown'), (2, 'found'), (3, 'voided') $$,
  'rows are numbered without gaps, whatever other organisations do'
);
select is(
  (select previous_hash from accounting.export_runs
    where organisation_id = tests.organisation_id(1) and seq = 1),
  repeat('0', 64), 'the first row follows 64 zeros'
);
select is_empty(
  $$
    select r.seq
    from accounting.export_runs as r
    join accounting.export_runs as before
      on before.organisation_id = r.organisation_id and before.seq = r.seq - 1
    where r.previous_hash <> before.hash
  $$,
  'each other row holds the hash of the row before'
);
select results_eq(
  'select organisation_id, seq, hash from accounting.audit_heads order by 1',
  $$
    select distinct on (organisation_id) organisation_id, seq, hash
    from accounting.export_runs order by organisation_id, seq desc
  $$,
  'the heads stand at the last rows'
);
select is(
  (select count(*) from accounting.export_runs where seq = 1), 2::bigint,
  'each organisation has a chain of its own'
);

select * from finish();
rollback;
