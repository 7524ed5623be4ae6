begin;
select plan(6);

select is(length(accounting.sanitise_error(repeat('æ ', 250))), 500, 'what fits is left');
select is(length(accounting.sanitise_error(repeat('æø', 300))), 500, 'what doesn''t is cut');
select matches(
  accounting.sanitise_error(repeat('word ', 200)), '…$', 'an ellipsis tells that it was'
);
select is(
  accounting.sanitise_error(repeat('x ', 240) || 'password=' || repeat('ab ', 50) || 'Bearer abc'),
  accounting.sanitise_error(
    accounting.sanitise_error(repeat('x ', 240) || 'password=' || repeat('ab ', 50) || 'Bearer abc')
  ),
  'a cut text stays as it is'
);
select ok(
  accounting.sanitise_error(repeat(' ', 490) || 'token=abcdefghijkl') not like '%abc%',
  'masking comes before the cut, so that no half of a secret is left'
);
select cmp_ok(
  length(accounting.sanitise_error(repeat('a@b.cc secret: "', 70000))), '<=', 500,
  'a megabyte is cut as well, and no mask in two'
);

select * from finish();
rollback;
