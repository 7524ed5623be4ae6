begin;
select plan(1);

-- when
select tests.move_clock('61 s');

-- then
select is(accounting.clock(), now() + interval '61 s', 'the clock is what a test says');

select * from finish();
rollback;
