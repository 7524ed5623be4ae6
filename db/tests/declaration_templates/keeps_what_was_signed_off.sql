begin;
select plan(6);

-- given
select tests.organisation(1);
select tests.declare(tests.organisation_id());
select accounting.put_declaration_template(tests.organisation_id(), 'nb', 'a', 'both', 'author-1');
-- when, then
select throws_ok($$ update accounting.declaration_templates set body = 'b'
  where version = 1 $$, 'AX033', null,
  'the text of a version in force is not edited');
select throws_ok($$ update accounting.declaration_templates set valid_from = valid_from + 1
  where version = 1 $$,
  'AX033', null, 'nor its day');
select throws_ok($$ update accounting.declaration_templates set state = 'draft',
  signed_off_at = null,
    signed_off_by = null, sign_off_reference = null, published_at = null, published_by = null,
    valid_from = null where version = 1 $$, 'AX033', null, 'nor does it become a draft again');
select throws_ok($$ update accounting.declaration_templates set version = 7
  where version = 2 $$, 'AX033', null,
  'a draft keeps its number');
select throws_ok($$ update accounting.declaration_templates set body = 'b', state = 'signed_off',
    signed_off_at = now(), signed_off_by = 'me', sign_off_reference = 'x'
    where version = 2 $$, 'AX033', null,
  'signing off changes no text');
select throws_ok('delete from accounting.declaration_templates where false', 'AX021', null,
  'and none is deleted');

select * from finish();
rollback;
