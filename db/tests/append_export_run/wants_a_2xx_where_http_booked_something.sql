begin;
select plan(6);

-- given
select tests.organisation(1);
create function pg_temp.append (p_outcome text, p_http_status integer)
  returns text
  language sql
as $$
  select coalesce(tests.error_of(format(
    'select tests.append(tests.organisation_id(1), %L, ''{1}'', %L)',
    p_outcome, jsonb_build_object('http_status', p_http_status)
  )) ->> 'code', 'stored');
$$;
-- when, then
select is(
  pg_temp.append('accepted', 199) || pg_temp.append('accepted', 500), '2351423514',
  'accepted takes no other status'
);
select is(
  pg_temp.append('found', 300) || pg_temp.append('found', 404), '2351423514', 'nor does found'
);
select is(
  pg_temp.append('accepted', 200) || pg_temp.append('found', 299), 'storedstored', 'a 2xx is right'
);
select is(
  pg_temp.append('accepted', null), 'stored', 'so is none, where nothing was sent over HTTP'
);
select is(
  pg_temp.append('not_applied', 200), 'stored',
  'a 2xx books nothing by itself: Xledger answers 200 to rate limits'
);
select is(
  pg_temp.append('booked_by_hand', 500), 'stored', 'a person''s word needs no status'
);

select * from finish();
rollback;
