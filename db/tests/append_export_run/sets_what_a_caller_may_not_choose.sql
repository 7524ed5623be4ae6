begin;
select plan(5);

-- given
select tests.organisation(1);
-- when: a caller that brings its own number, id, time and hashes
create temporary table given as
  select jsonb_build_object(
    'seq', 77, 'id', '00000000-0000-4000-a000-00000000dead', 'recorded_at', '1999-01-01',
    'previous_hash', repeat('a', 64), 'hash', repeat('b', 64)
  ) as overrides;
create temporary table answer as
  select r.* from given, tests.append(tests.organisation_id(1), 'accepted', '{1}', overrides) as r;
-- then
select is((select seq from answer), 1::bigint, 'the number is the next');
select isnt((select id from answer), '00000000-0000-4000-a000-00000000dead', 'the id is new');
select is((select recorded_at from answer), accounting.clock(), 'the time is the database''s');
select is((select previous_hash from answer), repeat('0', 64), 'the chain is the database''s');
select isnt((select hash from answer), repeat('b', 64), 'so is the hash');

select * from finish();
rollback;
