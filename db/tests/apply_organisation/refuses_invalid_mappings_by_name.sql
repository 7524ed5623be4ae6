begin;
select plan(4);

-- given
select tests.organisation(1, 'xledger');
create temporary table file as
  select jsonb_build_object(
    'organisation', to_jsonb(o), 'integrations', jsonb_build_array(to_jsonb(i)),
    'mappings', '{"mileage": {"account": "7101"}, "toll": {"dimensions": {"AVDELING": "1"}}}'::jsonb
  ) as content
  from accounting.organisations as o, accounting.integrations as i;
-- when, then
select is(
  (
    select tests.error_of(format('select accounting.apply_organisation(%L)', content)) ->> 'detail'
    from file
  ),
  'mappings.toll.account is missing; mappings.toll.dimensions.AVDELING is not one of Xledger''s: '
  'project, subledger, xgl, glObject1 to glObject5',
  'the answer names all that is wrong'
);
select is(
  (select account from accounting.account_mappings where expense_type = 'mileage'), '7100',
  'and what was right in the file isn''t stored either'
);
-- when: the mapper that knows no labels is asked for
select is(
  (
    select tests.error_of(format('select accounting.apply_organisation(%L)',
      content || '{"mappings": {"toll": {"account": "1", "label": "Bom"}}}'
        #- '{integrations,0}' || jsonb_build_object('integrations', jsonb_build_array(
          content #> '{integrations,0}'
            || '{"settings": {"liability_account": "2910", "mapper": "xledger/1"}}'
        ))
    )) ->> 'detail'
    from file
  ),
  'mappings.toll: label and by_kind need the mapper xledger/2',
  'a mapper that would pass over what the file says is no choice'
);
-- when, then: the same of a row in SQL
select throws_ok(
  $$ update accounting.account_mappings set dimensions = '{"AVDELING": "1"}' $$, 'AX010', null,
  'a row that is written in SQL is checked alike'
);

select * from finish();
rollback;
