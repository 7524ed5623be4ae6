-- Exponential backoff with equal jitter: half of it certain, half of it random.
create or replace function accounting.backoff_ms (
  p_base_delay_ms integer,
  p_max_delay_ms integer,
  p_count integer
)
  returns integer
  language sql
  volatile
  set search_path = pg_catalog, pg_temp
as $$
  select (d.delay / 2 + pg_catalog.random() * d.delay / 2)::integer
  from (
    select least(
      p_max_delay_ms::double precision,
      p_base_delay_ms * pg_catalog.power(2::double precision, least(greatest(p_count, 1), 31) - 1)
    )
  ) as d (delay);
$$;

comment on function accounting.backoff_ms(integer, integer, integer) is
  'Milliseconds to wait after the p_count-th failure: doubling from base to max, equal jitter.';
