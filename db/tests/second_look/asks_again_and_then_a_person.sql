begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1);
create temp table run as select tests.exported_run(1) as id;
select tests.reconcile(r.id) from run as r;

-- when questions fail
select tests.answer_again(r.id, tests.item('unclear', '{1}', '{"http_status": 503}')) from run as r;
select cmp_ok((tests.run(r.id)).ask_at, '>', accounting.clock(), 'it is asked again later')
from run as r;
select tests.answer_again(r.id, tests.item('unclear', '{1}', '{"http_status": 503}'))
from run as r cross join generate_series(1, 18);
select is(tests.attention(r.id), '{}', 'nineteen are not enough') from run as r;
select tests.answer_again(r.id, tests.item('unclear', '{1}', '{"http_status": 503}')) from run as r;

-- then
select is(tests.attention(r.id), '{needs_review}', 'after twenty a person has to look')
from run as r;
select is((tests.run(r.id)).ask_at, null, 'it isn''t asked any more') from run as r;
select is(tests.state_of(r.id), 'exported', 'the state stays') from run as r;

-- and, asked for by a person, it begins anew
select tests.reconcile(r.id) from run as r;
select is((tests.run(r.id)).question_count, 0, 'a person may have it asked anew') from run as r;

select * from finish();
rollback;
