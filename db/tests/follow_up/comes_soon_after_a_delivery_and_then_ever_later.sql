begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
create temp table run as select tests.exported_run(1) as id;
create temp table asked (minutes numeric) on commit drop;

-- when nothing is told for days
do $$
declare
  v_delivered_at timestamptz := accounting.clock();
begin
  for i in 1..9 loop
    perform tests.follow_up('{1}');
    insert into asked values (extract(epoch from accounting.clock() - v_delivered_at) / 60);
  end loop;
end;
$$;

-- then: the second waits for the hour that lies between two of one integration
select is(
  array(select a.minutes::integer from asked as a order by a.minutes),
  array[15, 75, 150, 300, 600, 1200, 1920, 2640, 3360],
  'after a quarter of an hour, then with doubling distance, then twice a day'
);
select is((tests.reservation(r.id, 1)).followed_at, accounting.clock(), 'the last time is noted')
from run as r;

select * from finish();
rollback;
