begin;
select plan(2);

-- given
select tests.organisation_with_claims(1, 1);

-- when
select tests.flag('{1}', 'mail of kari@example.com, token Bearer abcdefghijklmnop123456');

-- then
select matches((tests.claim(1)).flagged_reason, '^mail of', 'the reason is kept');
select doesnt_match(
  (tests.claim(1)).flagged_reason, 'kari@example|abcdefghijklmnop', 'without the secret'
);

select * from finish();
rollback;
