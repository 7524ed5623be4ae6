begin;
select plan(3);

-- given
select tests.organisation_with_claims(1, 1);
-- when, then: checked at commit, so here when asked for
select throws_ok(
  $$
    update accounting.claims set total = 7;
    set constraints all immediate;
  $$,
  'AX012', null, 'a total that is not the sum of the lines'
);
select throws_ok(
  $$
    delete from accounting.claim_lines;
    set constraints all immediate;
  $$,
  'AX012', null, 'lines that are gone'
);
select lives_ok(
  $$
    update accounting.claims set total = 7;
    update accounting.claim_lines set amount = 7;
    set constraints all immediate;
  $$,
  'both together may change'
);

select * from finish();
rollback;
