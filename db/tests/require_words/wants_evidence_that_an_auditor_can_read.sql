begin;
select plan(14);

-- given
select tests.organisation_with_claims(1, 2);
create temp table run as select tests.run_in_review(1) as id;
create temp table sent as select tests.exported_run(2) as id;
create temp table words (what text, word text);
insert into words values
  ('none', null), ('nothing', ''), ('blanks', E' \t\n '), ('501 characters', repeat('x', 501));

-- when, then
select is(
  tests.resolve(r.id, 'booked_by_hand', null, w.word), 'AX017', 'resolve_export refuses ' || w.what
)
from run as r, words as w;
select is(tests.void(s.id, '{2}', w.word), 'AX017', 'void_export refuses ' || w.what)
from sent as s, words as w;
select is(tests.flag('{2}', w.word), 'AX017', 'flag_claims refuses ' || w.what) from words as w;
select is_empty(
  $$ select * from accounting.export_runs where kind = 'decision' $$, 'the trail has no decision'
);
select is((tests.claim(2)).flagged_at, null, 'and nothing is flagged');

select * from finish();
rollback;
