begin;
select plan(6);

-- given
select tests.organisation_with_claims(1, 1, 'xledger');
select tests.organisation_with_claims(2, 1, 'xledger');
create temp table run as select tests.exported_run(1) as id;
create temp table since as select accounting.clock() + interval '15 min' as at;

-- when, then
select tests.follow_up('{}', '{}', '{}', '{"claim_ids": [], "problem": "HTTP 503"}');
select tests.follow_up('{}', '{}', '{}', '{"claim_ids": [], "problem": "HTTP 503"}');
select is_empty('select * from api.export_attention', 'not for what may pass');
select tests.follow_up('{}', '{}', '{}', '{"claim_ids": [], "problem": "refused: token=abc-123"}');
select is(
  (select array[a.kind, a.run_id::text, a.since::text, a.reason] from api.export_attention as a),
  array[
    'faulted', null, s.at::text,
    'xledger doesn''t tell what it booked or found faulty: refused: token=[masked]'
  ],
  'the third time, sanitised'
)
from since as s;
select is((tests.reservation(r.id, 1)).followed_at, null, 'the claim was not asked for') from run as r;
select is((select i.paused_at from accounting.integrations as i
  where i.organisation_id = tests.organisation_id()), null, 'sending goes on');
select is(
  tests.act('select 1, count(*) from api.export_attention', 'coordinator', 2), '1',
  'another organisation may ask'
);
select tests.follow_up('{1}');
select is_empty('select * from api.export_attention', 'an answer clears it');

select * from finish();
rollback;
