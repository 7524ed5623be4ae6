begin;
select plan(4);

-- given: the night in which Oslo puts its clocks ahead, and the one in which it puts them back
set local timezone = 'Europe/Oslo';
-- when, then
select is(
  accounting.later('2026-03-29 00:30:00+00', 86400000), '2026-03-30 00:30:00+00'::timestamptz,
  'a day is 24 hours, though this one has 23'
);
select is(
  accounting.later('2026-10-25 00:30:00+00', 86400000), '2026-10-26 00:30:00+00'::timestamptz,
  'a day is 24 hours, though this one has 25'
);
select is(
  accounting.later('2026-03-29 00:59:59.999+00', 1), '2026-03-29 01:00:00+00'::timestamptz,
  'a millisecond leads over the gap'
);
select is(
  (
    select accounting.later(at, 1) - at
    from (values ('2026-10-25 02:59:59.999+02'::timestamptz)) as v (at)
  ),
  interval '1 millisecond', 'and into the hour that comes twice'
);

select * from finish();
rollback;
