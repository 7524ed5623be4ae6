/**
 * What looks like a secret, as patterns. accounting.sanitise_error has the same ones: change both.
 * They are written in what Postgres and JavaScript read alike: no `\w`, `\s`, `\b` or `.`, which
 * differ in their letters, and nothing lazy, which Postgres takes for the whole pattern. Where both
 * would find several lengths, neither may stop early: Postgres takes the longest.
 *
 * What is masked stays masked: a value that begins with `[masked]` is left alone, so that the same
 * text is given back the second time.
 */
import {
  S,
  headerValue,
  innocent,
  names,
  noError,
  quote,
  quoted,
  rest,
  separator,
  sign,
  value,
} from './secret-pattern-parts.ts';

const raw = String.raw;

/** A pattern, its flags, and what takes the place of what it finds. */
export type SecretPattern = readonly [pattern: string, flags: string, replacement: string];

/** Private keys, whole or cut, and user:password in addresses. */
export const blocksAndAddresses: readonly SecretPattern[] = [
  [
    [
      raw`-----BEGIN[A-Z0-9 ]* PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----END))*(?:-----END[A-Z0-9 ]*-----)?`,
      raw`(?<![A-Za-z0-9+/=\\])(?:[A-Za-z0-9+/=]|\\[nr]|${S})+-----END[A-Z0-9 ]* PRIVATE KEY(?: BLOCK)?-----`,
    ].join('|'),
    'g',
    '[masked]',
  ],
  // user:password@, up to the last @: a password may hold any sign, a port is none. Then
  // percent-encoded, without a scheme, and Oracle's
  [
    [
      raw`(:(?:\\*/){2})(?:[^/ \t\r\n?#"'<>@:]*:(?![0-9]+(?:[/?#\\]|$))[^ \t\r\n"'<>]*|[^/ \t\r\n?#"'<>]*)@`,
      raw`(%(?:25)*3a%(?:25)*2f%(?:25)*2f)[^ \t\r\n&?"'<>]*(?:%(?:25)*40)`,
      raw`((?<![a-z0-9_.+/:@-])[a-z][a-z0-9_.+-]*:)(?!\[masked\])[^ \t\r\n:@/,;"'<>\\]{3,}@(?=[a-z0-9(\[])`,
      raw`(jdbc:oracle:[a-z0-9]+:)(?!\[masked\])[^ \t\r\n@]+@`,
    ].join('|'),
    'gi',
    '$1$2$3$4[masked]@',
  ],
  // cut before the @; addresses that are a secret themselves
  [
    [
      raw`(:(?:\\*/){2}[^ \t\r\n:/@?#\[]*:)(?![0-9]*(?:[^0-9a-z]|$)|\[masked\])[^ \t\r\n/@?#"'<>…]+(?=["'.…]*$)`,
      raw`(hooks\.slack\.com/(?:services|workflows|triggers)/|/api/webhooks/|\.webhook\.office\.com/webhookb2/|api\.telegram\.org/bot)(?!\[masked\])[^ \t\r\n"'<>]+`,
    ].join('|'),
    'gi',
    '$1$2[masked]',
  ],
];

/** Headers: of any scheme, with and without quotation marks. */
export const headers: readonly SecretPattern[] = [
  [
    raw`((?:authori[sz]ation|cookie[2s]?)(?:${separator}|${quote},${S}*(?=["'\\])(?!\\*["']value)))${innocent}(?:${quoted}|${headerValue})`,
    'gi',
    '$1[masked]',
  ],
  // a scheme without its header
  [
    [
      raw`((?<![a-z0-9_])bearer${S}+${quote}?)(?!\[masked\]|<|…|(?:tokens?|auth|authentication|authorization|authorization_uri|scheme|realm|error|challenge|headers?|credentials?|is|was|and|or|not|must|required|format|type|in|for|access|prefix|only|jwt|er|og|ikke)(?![a-z0-9_.-])|[a-z_]+="?)(?=[^ \t\r\n"']{3})${sign}+`,
      raw`((?<![a-z0-9_])(?:basic|digest|apikey|api-key|negotiate|ntlm|dpop|ssws|sharedkey|sharedkeylite|aws)${S}+${quote}?)(?![a-z_]+=)(?=[a-z._~+/=:-]*[0-9])[a-z0-9._~+/=:-]{8,}`,
    ].join('|'),
    'gi',
    '$1$2[masked]',
  ],
  [
    raw`((?<![A-Za-z0-9_])(?:Basic|basic|BASIC)${S}+)(?=[A-Za-z0-9+/]*[a-z][A-Z][A-Za-z0-9+/]*[a-z][A-Z])[A-Za-z0-9+/=_-]{8,}`,
    'g',
    '$1[masked]',
  ],
];

/** Values that a name tells to be secret. */
export const namedValues: readonly SecretPattern[] = [
  // connection strings: blanks belong to the value, up to the semicolon
  [
    raw`((?:password|pwd|passord|passphrase|accountkey|sharedaccesskey|secret)[ \t]*=[ \t]*)(?![ \t])${innocent}(?:[^;&"'\r\n{}\[\]]|;(?![ ]*[a-z][a-z0-9 ]*=|[ ]*$))+(?=;(?:[ ]*[a-z][a-z0-9 ]*=|[ ]*$))`,
    'gi',
    '$1[masked]',
  ],
  // a line of its own, as in YAML: blanks belong to the value
  [
    raw`((?<![^\n])[ \t>+-]*(?:export |set )?[a-z0-9_.$-]*${noError}${names}${rest}[ \t]*(?::[ \t]|=)[ \t]*)(?![ \t]|[|>]|${quote})${innocent}[^\n&;"'{}\[\]<>\\]+(?=\n|$)`,
    'gi',
    '$1[masked]',
  ],
  // {"name": "api_key", "value": "…"}, <add key="ApiKey" value="…"/>; a part of a form
  [
    [
      raw`(${quote}[a-z0-9_.$-]*(?:${names}|authorization|cookie)${rest}${quote}(?:${S}*[,;])?${S}*${quote}?value${separator})${innocent}${value}`,
      raw`(name=\\*"[^"\\]*${names}[^"\\]*\\*"[^\r\n\\]*(?:\r?\n|(?:\\r)?\\n){2})${innocent}(?:[^\r\n\\]|\\(?![rn]))+`,
    ].join('|'),
    'gi',
    '$1$2[masked]',
  ],
  // name=value, "name": "value", name => value, (name)=(value); what only a query calls so
  [
    raw`(${noError}${names}${rest}${separator}(?:[|>][+-]?${S}+|string\([0-9]+\)${S}+)?|[?&](?:key|code|hmac|mac|nonce|state|ticket)=)${innocent}${value}`,
    'gi',
    '$1[masked]',
  ],
  // elements, also escaped
  [
    [
      raw`(<[a-z0-9_.:-]*${names}${rest}:?(?:${S}[^<>]*)?(?<!/)>${S}*(?:<[a-z][^<>/]*>)?)${innocent}(?:<!\[CDATA\[(?:[^\]]|\](?!\]>))*(?:\]\]>)?|[^< \t\r\n"'\\][^<]*(?=</)|[^< \t\r\n"'\\][^< \t\r\n]*$)`,
      raw`((?:&(?:amp;)*lt;|\\+u003c|%(?:25)*3c)[a-z0-9_.:-]*${names}${rest}(?:&(?:amp;)*gt;|\\+u003e|%(?:25)*3e))${innocent}(?:[^&<\\% \t\r\n]|&(?!(?:amp;)*lt;)|%(?!(?:25)*3c)|\\(?!\\*u003c))+`,
    ].join('|'),
    'gi',
    '$1$2[masked]',
  ],
];

/** What commands are given, and files that programs sign in with. */
export const commands: readonly SecretPattern[] = [
  [
    [
      raw`((?<![a-z0-9_-])--?[a-z0-9-]*${names}[a-z0-9_-]*${S}+(?!-|(?:to|or|and|option|flag|argument|if|when|for|with|in|on)(?![a-z0-9_-]))`,
      raw`(?<![a-z0-9_-])(?:-u|--(?:proxy-)?user)(?:${S}+|=)?${quote}?[^ \t\r\n"':=\\]+:`,
      raw`(?<![a-z0-9_-])(?:mysql[a-z]*|mariadb[a-z-]*|sshpass|sqlcmd|docker|podman|redis-cli|mongo[a-z]*|az|htpasswd|plink|pscp|ldapsearch)${S}(?:[^\n-]|-(?![paw](?:${S}|[^a-z \t\r\n]|[a-z]*[0-9])))*-[paw]${S}*(?!-)`,
      raw`(?:login|user)${S}+[^ \t\r\n]+${S}+password${S}+)${innocent}${value}`,
    ].join('|'),
    'gi',
    '$1[masked]',
  ],
];

/** In a sentence: what follows the word and has letters and digits, or stands in quotation marks. */
export const sentences: readonly SecretPattern[] = [
  [
    raw`(${names}(?:s|et|en)?(?:${S}+(?:is|was|er|var|value|verdi|provided|supplied|given|sent|used|oppgitt))*:?${S}+${quote}?)${innocent}(?=[^ \t\r\n"']{6})(?=[^0-9 \t\r\n"']*[0-9])(?=[^a-z \t\r\n"']*[a-z])${sign}+(?<![:.!?])`,
    'gi',
    '$1[masked]',
  ],
  [
    raw`((?:passw(?:or)?d|passord|passphrase|secret|hemmelighet|identified${S}+by)${S}+(?:(?:is|was|er|var|value|by)${S}+)?)${innocent}(?:"[^" \t\r\n]+"|'[^' \t\r\n]+'|“[^”]+”|«[^»]+»)`,
    'gi',
    '$1[masked]',
  ],
];

/** What a secret looks like, wherever it stands. */
export const secretForms: readonly SecretPattern[] = [
  [
    [
      raw`eyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*)*`,
      raw`(?<![A-Za-z0-9])(?:(?:sk|pk|rk|gh[opusr]|sb|sbp|npm|hf|shp[a-z]{2}|do[opr]_v1|whsec|github_pat|dckr_pat|figd|lin_api|glsa|glc|nfp|ntn|r8|phc|phx|rdme|sgp|fo1|sntry[su]|dp\.pt|dp\.st|hv[sbr]\.)[_.-]?[A-Za-z0-9_-]{12,}|(?:gl[a-z]{2,5}|xox[a-z]|xapp|xkeysib|xsmtpsib|pypi|PMAK|NRAK|CFPAT|tskey|key|pat|GOCSPX|sq0[a-z]{3})-[A-Za-z0-9_-]{10,}|A(?:KIA|SIA|ROA|IDA|GPA|NPA)[A-Z0-9]{12,}|LTAI[A-Za-z0-9]{12,}|AIza[A-Za-z0-9_-]{12,}|ya29\.[A-Za-z0-9_.-]{4,}|1//0[A-Za-z0-9_-]{12,}|SG\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)?|(?:ATATT|ATBB|EAAC|EAAA|dapi|AGE-SECRET-KEY-)[A-Za-z0-9_=-]{16,}|[a-z]{2,12}_(?:live|test|prod|pat|secret|token|key)_[A-Za-z0-9]{10,}|[0-9]{8,10}:AA[A-Za-z0-9_-]{30,})`,
      raw`(?<![A-Za-z0-9_.~-])(?=[A-Za-z0-9_.-]*~)(?=[A-Za-z_.~-]*[0-9])[A-Za-z0-9_.~-]{24,}`,
      raw`\$(?:2[aby]|apr1|1|5|6|y|argon2(?:id|i|d))\$[A-Za-z0-9./$=,+]{12,}|SCRAM-SHA-256\$[^ \t\r\n"'()<>]+`,
      // Long runs of base64 or hex. Not uuids, nor 64, 96 or 128 hexadecimal digits: hashes of rows
      // are wanted. Not names and paths: a random run mixes cases and digits. Not Exchange's ids, nor
      // entity tags.
      raw`(?<![A-Za-z0-9+/_-]|W/\\*")(?!AAMkA)(?![A-Za-z0-9_-]*[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-)(?=[A-Za-z0-9_-]*[A-Z])(?=[A-Za-z0-9_-]*[a-z])(?=[A-Za-z_-]*[0-9]+[A-Za-z_-]+[0-9])[A-Za-z0-9_-]{32,}={0,2}`,
      raw`(?<![A-Za-z0-9+/_-]|W/\\*")(?!AAMkA|/)(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z+/]*[0-9])[A-Za-z0-9+/]{32,}={0,2}`,
      raw`(?<![A-Za-z0-9+/_-]|W/\\*")(?!AAMkA|0?x?(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})(?![A-Za-z0-9]))(?=[A-Za-z]*[0-9]+[A-Za-z]+[0-9])[A-Za-z0-9]{32,}={0,6}`,
    ].join('|'),
    'g',
    '[masked]',
  ],
];

/** Addresses, Norwegian identity and bank account numbers, telephone numbers. */
export const personalData: readonly SecretPattern[] = [
  [
    raw`[^ \t\r\n@"'<>()\[\]{},;:=&?/\\|]+@[^ \t\r\n@"'<>()\[\]{},;:=&?/\\|.]+(?:\.[^ \t\r\n@"'<>()\[\]{},;:=&?/\\|.]+)+`,
    'g',
    '[e-mail]',
  ],
  [
    raw`(?<![0-9A-Za-z-])(?:[0-9]{6}[ .]?[0-9]{5}|[0-9]{4}[ .][0-9]{2}[ .][0-9]{5})(?![0-9A-Za-z-])|(?:\+|(?<![0-9])00)47(?: ?[0-9]){8}(?![0-9])`,
    'g',
    '[number]',
  ],
];
