-- What looks like a secret wherever it stands. Not uuids, nor the sha256 of a row.
-- The same patterns stand in dispatcher/secret-patterns.ts: change both.
create or replace function accounting.mask_secret_forms (p_text text)
  returns text
  language plpgsql
  immutable
  parallel safe
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_text text := p_text;
begin
  -- Long runs of base64 or hex. Not uuids, nor 64, 96 or 128 hexadecimal digits: hashes of rows
  -- are wanted. Not names and paths: a random run mixes cases and digits. Not Exchange's ids, nor entity tags.
  v_text := pg_catalog.regexp_replace(
    v_text,
    'eyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)*'
    || '|' || '(?<![A-Za-z0-9])(?:(?:sk|pk|rk|gh[opusr]|sb|sbp|npm|hf|shp[a-z]{2}|do[opr]_v'
    '1|whsec|github_pat|dckr_pat|figd|lin_api|glsa|glc|nfp|ntn|r8|phc|phx|rdme|sg'
    'p|fo1|sntry[su]|dp\.pt|dp\.st|hv[sbr]\.)[_.-]?[A-Za-z0-9_-]{12,}|(?:gl[a-z]{'
    '2,5}|xox[a-z]|xapp|xkeysib|xsmtpsib|pypi|PMAK|NRAK|CFPAT|tskey|key|pat|GOCSP'
    'X|sq0[a-z]{3})-[A-Za-z0-9_-]{10,}|A(?:KIA|SIA|ROA|IDA|GPA|NPA)[A-Z0-9]{12,}|'
    'LTAI[A-Za-z0-9]{12,}|AIza[A-Za-z0-9_-]{12,}|ya29\.[A-Za-z0-9_.-]{4,}|1//0[A-'
    'Za-z0-9_-]{12,}|SG\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)?|(?:ATATT|ATBB|EAA'
    'C|EAAA|dapi|AGE-SECRET-KEY-)[A-Za-z0-9_=-]{16,}|[a-z]{2,12}_(?:live|test|pro'
    'd|pat|secret|token|key)_[A-Za-z0-9]{10,}|[0-9]{8,10}:AA[A-Za-z0-9_-]{30,})'
    || '|' || '(?<![A-Za-z0-9_.~-])(?=[A-Za-z0-9_.-]*~)(?=[A-Za-z_.~-]*[0-9])[A-Za-z0-9_.~-'
    ']{24,}'
    || '|' || '\$(?:2[aby]|apr1|1|5|6|y|argon2(?:id|i|d))\$[A-Za-z0-9./$=,+]{12,}|SCRAM-SHA'
    '-256\$[^ \t\r\n"''()<>]+'
    || '|' || '(?<![A-Za-z0-9+/_-]|W/\\*")'
    '(?!AAMkA)(?![A-Za-z0-9_-]*[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-'
    '[0-9A-Fa-f]{4}-)(?=[A-Za-z0-9_-]*[A-Z])(?=[A-Za-z0-9_-]*[a-z])(?=[A-Za-z_-]*'
    '[0-9]+[A-Za-z_-]+[0-9])[A-Za-z0-9_-]{32,}={0,2}'
    || '|' || '(?<![A-Za-z0-9+/_-]|W/\\*")'
    '(?!AAMkA|/)(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z]'
    ')(?=[A-Za-z+/]*[0-9])[A-Za-z0-9+/]{32,}={0,2}'
    || '|' || '(?<![A-Za-z0-9+/_-]|W/\\*")'
    '(?!AAMkA|0?x?(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA'
    '-F]{128})(?![A-Za-z0-9]))(?=[A-Za-z]*[0-9]+[A-Za-z]+[0-9])[A-Za-z0-9]{32,}={'
    '0,6}',
    '[masked]', 'g'
  );
  return v_text;
end;
$$;

comment on function accounting.mask_secret_forms(text) is
  'What looks like a secret wherever it stands. Not uuids, nor the sha256 of a row.';
