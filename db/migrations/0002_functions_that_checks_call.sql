-- Functions that constraints and column defaults call. They live here and not in db/functions,
-- because a table can't be made before them; they never change once landed.

create function accounting.clock ()
  returns timestamptz
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select pg_catalog.clock_timestamp();
$$;

comment on function accounting.clock() is
  'The only source of time. The wall clock, not the transaction''s start: a lease is checked after '
  'a lock was waited for. Tests replace it.';

-- Nine digits; weights 3 2 7 6 5 4 3 2, the check digit is 11 minus the sum modulo 11.
create function accounting.is_organisation_number (p_number text)
  returns boolean
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select p_number ~ '^[0-9]{9}$'
    and pg_catalog.substr(p_number, 9, 1) = (
      select
        case 11 - sum(pg_catalog.substr(p_number, d.place, 1)::int * d.weight) % 11
          when 11 then '0'
          when 10 then 'x'
          else (11 - sum(pg_catalog.substr(p_number, d.place, 1)::int * d.weight) % 11)::text
        end
      from (values (1, 3), (2, 2), (3, 7), (4, 6), (5, 5), (6, 4), (7, 3), (8, 2))
        as d (place, weight)
    );
$$;

comment on function accounting.is_organisation_number(text) is
  'Whether a Norwegian organisation number''s check digit (modulus 11) is right.';

create function accounting.is_uuid (p_text text)
  returns boolean
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select p_text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';
$$;

comment on function accounting.is_uuid(text) is 'Whether a text is a uuid in lower case.';

create function accounting.are_canonical_claim_ids (p_claim_ids jsonb)
  returns boolean
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select case
    when pg_catalog.jsonb_typeof(p_claim_ids) <> 'array' then false
    else not exists (
      select
      from pg_catalog.jsonb_array_elements(p_claim_ids) as e (item)
      where pg_catalog.jsonb_typeof(e.item) <> 'string'
        or not accounting.is_uuid(e.item #>> '{}')
    )
  end;
$$;

comment on function accounting.are_canonical_claim_ids(jsonb) is
  'Whether this is an array of lower-case uuids. The guard looks claims up by their text.';

-- The code of the Business Central journal that a batch key leads to: the key modulo 26^10, as ten
-- letters. Letters only, since Business Central counts a code that holds digits up when it posts.
create function accounting.journal_code (p_batch_key text)
  returns text
  language plpgsql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_rest bigint := 0;
  v_code text := '';
  v_digit text;
begin
  foreach v_digit in array pg_catalog.regexp_split_to_array(pg_catalog.lower(p_batch_key), '') loop
    v_rest := (v_rest * 16 + pg_catalog.strpos('0123456789abcdef', v_digit) - 1) % 141167095653376;
  end loop;
  for i in 1..10 loop
    v_code := pg_catalog.chr(65 + (v_rest % 26)::integer) || v_code;
    v_rest := v_rest / 26;
  end loop;
  return v_code;
end;
$$;

comment on function accounting.journal_code(text) is
  'Ten letters from a batch key; the adapter for Business Central computes the same.';

-- Where the voucher numbers of an Xledger batch begin: its claims take the numbers after it, at most
-- 1000 of them.
create function accounting.voucher_number_base (p_batch_key text)
  returns bigint
  language sql
  immutable
  set search_path = pg_catalog, pg_temp
as $$
  select ('x' || pg_catalog.substr(p_batch_key, 1, 8))::bit(32)::bigint % (2147483647 - 1000);
$$;

comment on function accounting.voucher_number_base(text) is
  'The number before the first voucher of a batch in Xledger; the mapper computes the same.';
