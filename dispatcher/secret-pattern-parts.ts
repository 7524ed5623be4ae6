/**
 * What the patterns of secret-patterns.ts are made of; accounting.secret_pattern has the same parts.
 */
const raw = String.raw;

/** Line feeds are blanks, but where a value may hold blanks. */
export const S = raw`[ \t\r\n]`;
/** A quotation mark: bare, behind backslashes, \u0022, %22 or &quot;. */
export const quote = raw`(?:\\*["'${'`'}]|\\+u002[27]|%(?:25)*2[27]|&(?:amp;)*(?:quot|apos|#3[49]|#x2[27]);)`;
/** Between a name and its value. */
export const separator = raw`(?:${quote}?\]?${S}*(?:=>|->|:=|=+(?!=)|:|%(?:25)*3[ad]|&#(?:58|61|x3[ad]);|\\+u003[ad])${S}*|\)=(?=\())`;

/** Kinds of keys that are secret: a primary key, a batch key or a request key is not. */
const key = raw`(?:api|access|private|account|shared|subscription|signing|encryption|master|auth|client|license|functions?|storage|role|anon|webhook|security|admin|app)[ _-]?key`;
/** What a name holds that names a secret. */
export const names = raw`(?:passw(?:or)?d|passwort|passord|passphrase|pwd|secret|hemmelig|token|credential|${key}|api[ _-]?n[øØ]kkel|(?<![a-z])n[øØ]kkel|assertion|signature|sess(?:ion)?[_-]?id|session[_-]?key|code[_-]?verifier|(?:db|user|smtp|ftp|ldap|my|pg|sql|mail|bind|redis|proxy|key|store)pass(?![a-z])|(?<![a-z0-9])(?:pass|sig|auth|jwt|otp|pin|sid|cvv|bearer|session)(?![a-z0-9_.$-]))`;
/** How such a name may go on, if it doesn't say that something else is meant. */
export const rest = raw`(?![a-z0-9_.$-]*(?:type|expir[a-z]*|expires[_-]?(?:in|at|on)|endpoint|url|uri|ref|policy|length|count|lifetime|ttl|scope|status|name)(?![a-z0-9]))[a-z0-9_.$-]*`;

/** Words that say something of a secret and are none. */
const said = raw`(?:null|none|nil|true|false|undefined|required|missing|invalid|expired|empty|blank|must|is|are|was|has|not|too|cannot|does|wrong|unknown|unexpected|incorrect|failed|denied|revoked|rejected|mangler|må|er|ikke|ugyldig|utløpt|feil|kreves|påkrevd)`;
const sentence = raw`\\*["'][^"'0-9\\]* (?:required|missing|invalid|expired|must|cannot|incorrect|empty|blank|mangler|må|ugyldig|utløpt|påkrevd)(?=[ .,!"'\\])`;
/** Not a value: masked already, a placeholder, a word about it, a sentence about it. */
export const innocent = raw`(?!\\*["']?\[masked\]|…|[|>][+-]?${S}|\\*["']?(?:[a-z][a-z0-9_-]*${S}+)?&?<[a-z _-]*(?:your|token|key|secret|password|value|jwt|credential)[a-z _-]*>|\\*["']?${said}(?:[ \t\r\n,;)}\]"'<&\\]|[.:!?](?:${S}|$)|$)|${sentence})`;

/** One sign of a value without quotation marks: what ends it does so only where something follows. */
export const sign = raw`(?:[^ \t\r\n"'${'`'},;&<>(){}\[\]\\…]|[,;](?!${S}|${quote}|[a-z0-9_.$-][a-z0-9_.$ -]*[=:]|$)|&(?!(?:amp;)?[a-z0-9_.%\[\]-]+=|(?:amp;)*(?:quot|apos|lt|gt|#)|$)|[)}\]>"'${'`'}](?=[a-z0-9])|[({\[](?=[^ \t\r\n"'])|<(?![a-z/!?])|\\(?!["'nrt\\]|u002[27]|$))`;
export const quoted = [
  raw`"(?:[^"\\]|\\[^\n])*\\?"?`,
  raw`'(?:[^'\\]|\\[^\n]|'')*\\?'?`,
  raw`${'`'}[^${'`'}]*${'`'}?`,
  raw`“[^”]*”?`,
  raw`«[^»]*»?`,
  // JSON in JSON: the mark that ends it has as many backslashes as the one that began it
  raw`\\"(?:[^"\\]|\\\\(?:\\")?|\\[^"\\])*(?:\\")?`,
  raw`\\'(?:[^'\\]|\\\\(?:\\')?|\\[^'\\])*(?:\\')?`,
  raw`\\\\+"(?:[^"\\]|\\+[^"\\])*(?:\\+")?`,
  raw`\\+u002[27](?:[^\\"]|\\+(?!\\|u002[27])[^"\\])*(?:\\+u002[27])?`,
  raw`&(?:amp;)*(?:quot|apos|#3[49]|#x2[27]);(?:[^&"<]|&(?!(?:amp;)*(?:quot|apos|#3[49]|#x2[27]);))*(?:&(?:amp;)*(?:quot|apos|#3[49]|#x2[27]);)?`,
  raw`\[(?:[^\[\]]|\[[^\[\]]*\])*\]?`,
  raw`\{(?:[^{}]|\{[^{}]*\})*\}?`,
  raw`\((?:[^()]|\([^()]*\))*\)?`,
].join('|');
/** What begins a value with marks around it. */
const opening = raw`[\[{("'${'`'}“«]`;
export const value = raw`(?:${quoted}|(?!${opening})${sign}+)`;
/** Of a header: a scheme if it has one, then a value, or name="…", name=… as long as they go on. */
export const headerValue = raw`(?!${opening}|&)(?:[a-z][a-z0-9_-]*${S}+)?(?:="[^"]*(?:"|$)|=(?!")|[^= \t\r\n"'${'`'},;<>\\…]|(?:[,;]${S}*|${S}+)(?=[a-z0-9_.-]+=)|[,;](?![ \t\r\n"'\\]|$)|"(?=[a-z0-9]))+`;
/** Before a name that says which error it is: InvalidToken, invalid_token. */
export const noError = raw`(?<!invalid[_-]?)(?<!missing[_-]?)(?<!expired[_-]?)`;
