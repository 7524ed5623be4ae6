begin;
select plan(2);

select is_empty(
  $$
    select accounting.mapping_problems('business_central', '{
      "mileage": {"account": "7100", "tax_code": null, "label": "Kilometergodtgjørelse",
        "dimensions": {"AVDELING": "Øst og vest", "PROSJEKT": "100"},
        "by_kind": {
          "driver_honorarium": {"account": "5330", "tax_code": null, "label": "Honorar, km",
            "dimensions": {}},
          "travel_expense": {}
        }},
      "toll": {"account": "7140.10", "tax_code": "1", "by_kind": {}}
    }')
  $$,
  'of Business Central, in Norwegian'
);
select is_empty(
  $$
    select accounting.mapping_problems('xledger', '{
      "mileage": {"account": "7100", "dimensions": {"project": "100", "subledger": "P1", "xgl": "1",
        "glObject1": "1", "glObject2": "2", "glObject3": "3", "glObject4": "4", "glObject5": "5"}}
    }')
  $$,
  'of Xledger, all its dimensions'
);

select * from finish();
rollback;
