/**
 * Held-out set of texts that carry a secret, as APIs, proxies, libraries, shells, configuration dumps
 * and drivers word them. Every value is invented. The masker knows none of them: only patterns help.
 *
 * Values with a vendor's prefix are put together here, so that scanners of repositories stay calm.
 */
export interface SecretForm {
  readonly name: string;
  readonly text: string;
  /** Must not survive, neither whole nor by its first or last eight characters. */
  readonly secret: string;
}

function form(name: string, secret: string, text: (secret: string) => string): SecretForm {
  return { name, secret, text: text(secret) };
}

/** One text whose parts must all be gone. */
function forms(
  name: string,
  secrets: readonly string[],
  text: (...secrets: readonly string[]) => string,
): readonly SecretForm[] {
  return secrets.map((secret, at) => ({
    name: `${name}, part ${String(at + 1)} of ${String(secrets.length)}`,
    secret,
    text: text(...secrets),
  }));
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function jwt(payload: Record<string, unknown>, signature: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
  return [part({ typ: 'JWT', alg: 'RS256', kid: '0080e242' }), part(payload), signature].join('.');
}

function glue(...parts: readonly string[]): string {
  return parts.join('');
}

const entraToken = jwt(
  {
    aud: 'https://api.businesscentral.dynamics.com',
    iss: 'https://sts.windows.net/6f1c2a90-3b7d-4e55-9d0c-2f8a41b7c6e3/',
    exp: 1772447700,
    roles: ['API.ReadWrite.All'],
  },
  'M0f0HDOB7nMVsAaNlGF42YPP0tctLqKeEh2tKP0qVs1fmuF_VW8_ajzkXZiuqfMEyUMrlBwZmClk8lpPr8hqxT',
);
const shortToken = jwt(
  { sub: 'export', exp: 1772447700 },
  'LzdWjZpYXUjG9drhkbcTSxk9UybvBKNTncQzKO1SPjV',
);
const supabaseToken = jwt(
  { iss: 'supabase', ref: 'tirijnmswlmpufixpysa', role: 'service_role' },
  'tku61kO0qp_S-7igdorvM0O162U1ZNL68OO8nv3UGTc',
);
const [jwtHeader = '', jwtPayload = ''] = shortToken.split('.');

// Headers

const authorization: readonly SecretForm[] = [
  form(
    'authorization bearer in a sentence',
    'aFmkPK7KbAu2RhoZnoNO2K_cv0oxwYadIriQitzR2TnAtlc5ah3B5t6A6K4XB5Gd',
    (s) =>
      `POST https://api.businesscentral.dynamics.com/v2.0/$batch failed (401), sent Authorization: Bearer ${s}`,
  ),
  form(
    'authorization in lower case, bearer in lower case',
    'MygPNY1eZdLMDWszw4UgGbXC03cAijj8l3rznbBkZCzvFD6Z',
    (s) => `> authorization: bearer ${s}\n> accept: application/json\n< 403`,
  ),
  form(
    'authorization in upper case',
    'uGImdgLgmaSyjzCit2SEpiSq3kWPl008ZSJSeKr0Go2yEz6J',
    (s) => `AUTHORIZATION: BEARER ${s}`,
  ),
  form(
    'basic with base64 of user and secret',
    base64('export-app:Nordlys.bjork4060*jj0O'),
    (s) => `upstream sent: Authorization: Basic ${s}\r\nHost: www.xledger.net`,
  ),
  form(
    'xledger token scheme',
    '0843ddae71313aefaee3522344e3706317b41017',
    (s) => `Bad format for API Token. Got header: "Authorization: token ${s}"`,
  ),
  form(
    'header in JSON',
    '9BYEsho3bTs1DE8LaqtAvHxd_Z_4qSgj6VpxHbOI9M_8E5QSSiJoLcLeei2VKF30',
    (s) =>
      `request: {"method":"GET","headers":{"Accept":"application/json","Authorization":"Bearer ${s}","Prefer":"odata.maxpagesize=100"}}`,
  ),
  form(
    'header in JSON in a JSON text',
    'QYxozCfOvm_jSHcNvG7Aasjxc1EVpQTbZoccXqKy9WVLaYso43F3_cDujoaCvMhY',
    (s) =>
      String.raw`{"message":"call failed","detail":"{\"headers\":{\"Authorization\":\"Bearer ${s}\",\"Accept\":\"*/*\"}}"}`,
  ),
  form(
    'header in JSON, twice escaped',
    'U9X8u0evQ5CbXK0AKgJ6LBLQR7I7xIu3XXqvasEW',
    (s) => String.raw`"{\"log\":\"{\\\"authorization\\\":\\\"token ${s}\\\",\\\"x\\\":1}\"}"`,
  ),
  form(
    'quotes as unicode escapes',
    'HnxkBMar8QEY8FOi85BDXzlUXMLkxk1HNoTGjVXc',
    (s) =>
      String.raw`"{\u0022Authorization\u0022:\u0022Bearer ${s}\u0022,\u0022Accept\u0022:\u0022*/*\u0022}"`,
  ),
  form(
    'quotes as HTML entities',
    'seiGdvsvw1HhpFB67GV1lVO1rc8TSmByWMcOSYAh',
    (s) =>
      `<pre>{&quot;Authorization&quot;:&quot;Bearer ${s}&quot;,&quot;Host&quot;:&quot;x.no&quot;}</pre>`,
  ),
  form(
    'curl with single quotes',
    'bWQFg_e4jNSqYhCWkgLsowRuEkZW0p4ggSHzpry5tIk9GK4ayB17z-EQZuSidQv7',
    (s) =>
      `Command failed: curl -sS -H 'Authorization: Bearer ${s}' https://demo.xledger.net/graphql`,
  ),
  form(
    'curl with double quotes',
    '6bf32b87109d25bd886074230afa1c4aa99a46c5',
    (s) =>
      `curl --header "authorization: token ${s}" -d @body.json https://demo.xledger.net/graphql: exit 22`,
  ),
  form(
    'wget header option',
    'jbs457Agrp3lHyZPr2vUa5bq49OhVhw8ttYYUbMP',
    (s) => `wget --header="Authorization: Bearer ${s}" https://x.example.no/f.csv: exit status 6`,
  ),
  form(
    'folded header',
    'R0w0qR00WwnbGCQDhCrojhPYRUDuKXiaZNwQtpUfdUot6amaWxm02aNoms5PSOtG',
    (s) => `Invalid header value: Authorization: Bearer\r\n ${s}\r\nAccept: */*`,
  ),
  form(
    'header with tabs',
    'mGjnQPMKKB9UbAdoa9slvuxLjNZm2lxijTTozjSf',
    (s) => `Authorization:\tBearer\t${s}\nHost:\tx.example.no`,
  ),
  form(
    'header with a space before the colon',
    '5MRAlmHXNEMYxYzhzxwjHXV36MDrwxLtMjAa4ygC',
    (s) => `Authorization : Bearer ${s}`,
  ),
  form(
    'HTTP/2 dump with pseudo headers',
    '5qMr23kD3ul84ZKwQFtaD9CSwv3APNNWpSnG4fftRqrUbtKITfQaj86s4QtPS9ys',
    (s) =>
      `:method: POST\n:path: /graphql\n:authority: www.xledger.net\nauthorization: token ${s}\ncontent-type: application/json`,
  ),
  form(
    'nghttp verbose dump',
    'xMKpyp98YRpZuxGmV9KwxKDpymTtBEy55bnONrbRbAUUAbh3',
    (s) =>
      `[  0.014] send HEADERS frame\n          authorization: Bearer ${s}\n          user-agent: nghttp2/1.59`,
  ),
  form(
    'node error dump',
    '3quOAV_8FfkYOUxmdI6JOLaKJamX1n_7x6GqkPBvkLi6jQaJAH-O3ls_5jCPC2lO',
    (s) =>
      `FetchError: request failed {\n  options: {\n    method: 'POST',\n    headers: { Authorization: 'Bearer ${s}', Accept: '*/*' }\n  }\n}`,
  ),
  form(
    'undici header array',
    'fLAqkWzbXkPvikhsw2DDuiPNsc9iLtNwPzH8t3MQfzLJBeCk',
    (s) =>
      `UND_ERR_SOCKET headers: [ 'accept', '*/*', 'authorization', 'Bearer ${s}', 'host', 'x.no' ]`,
  ),
  form(
    'node rawHeaders',
    '12bb38e8c760760f934dea4a94a7f3596a1e2eaa',
    (s) =>
      `rawHeaders: [\n  'Host', 'www.xledger.net',\n  'Authorization', 'token ${s}',\n  'Connection', 'close'\n]`,
  ),
  form(
    'node raw _header',
    'VNhPmy0Df1usH46QGXXf3XkMWD2EWSnUQs93pIw57WodRD6v',
    (s) =>
      String.raw`_header: 'POST /graphql HTTP/1.1\r\nHost: www.xledger.net\r\nAuthorization: Bearer ${s}\r\nConnection: close\r\n\r\n'`,
  ),
  form(
    'axios error dump',
    base64('svc-reise:Ulv.rogn7729-cyZH'),
    (s) =>
      `AxiosError: 401\n  config: {\n    headers: Object [AxiosHeaders] {\n      Accept: 'application/json',\n      Authorization: 'Basic ${s}'\n    }`,
  ),
  form(
    'HAR entry',
    'vMnZPlagp2cmOT9eJH6rbEGadTzQhaqox7jNxsYFQeBK0jwn',
    (s) =>
      `{"request":{"headers":[{"name":"Host","value":"x.no"},{"name":"Authorization","value":"Bearer ${s}"}]}}`,
  ),
  form(
    'python dict',
    '70umGguALvCuiZpTIhCd3pYcRoIwYO4oWIVbZE2LFqMhKufn',
    (s) =>
      `requests.exceptions.ConnectionError: headers={'User-Agent': 'python-requests/2.31', 'Authorization': 'Bearer ${s}'}`,
  ),
  form(
    'python tuple',
    'OnNny72N0LpnXb9QPwVwMVWoNXRg3HvoZXolhLSLr5gD9C47',
    (s) => `metadata=(('authorization', 'Bearer ${s}'), ('x-goog-request-params', 'a=b'))`,
  ),
  form(
    'java map of lists',
    'TyBf1qoG3ey7RJIa7qmq3JoGytGpR7qOkL65OeMyoim0m0nn',
    (s) => `headers={Accept=[*/*], Authorization=[Bearer ${s}], Host=[x.no]}`,
  ),
  form(
    'go map',
    'zvPnOjvuBbP66Af8HIqcCZco2rD2mMMKEMjnjpvZd8SLua2a',
    (s) => `map[Accept:[*/*] Authorization:[Bearer ${s}] User-Agent:[Go-http-client/1.1]]`,
  ),
  form(
    'ruby hash',
    'zQBDORhkg6rgbfIHcRM1R4ZeDYFX2Ll3ZnRjEjT7xb6GGtZx',
    (s) => `{"Accept"=>"*/*", "Authorization"=>"Bearer ${s}"}`,
  ),
  form(
    'php array',
    '1bGYWLxD2HWD74UMASSptD8fsaAA1TiOq8NxfBO2X5xQsOdt',
    (s) =>
      `Array\n(\n    [Authorization] => Array\n        (\n            [0] => Bearer ${s}\n        )\n)`,
  ),
  form(
    'CGI variable',
    base64('export:Bre.nordlys8021*IGQW'),
    (s) => `SERVER_NAME=x HTTP_AUTHORIZATION=Basic ${s} REQUEST_METHOD=GET`,
  ),
  form(
    'scheme ApiKey',
    base64('UHYU9eMbfluaUh5Ei3Td:vy1F4tgJMYmg0ST4Zrlumu'),
    (s) => `Authorization: ApiKey ${s}`,
  ),
  form(
    'a scheme of its own',
    'cge7EPn5GaKUeb9yGZkF1aUX7P6Pmj1wM8V9ZMOm',
    (s) => `authorization: Regnskap-Intern ${s}`,
  ),
  form(
    'no scheme',
    '036cbf0508ebeca3f2629b110bad67ba80c41c928f98af4984b1e0815c053d79',
    (s) => `Authorization: ${s}\nAccept: */*`,
  ),
  form(
    'scheme with a uuid',
    '64cd2895-1fcf-4b61-819b-07d3aecf7632',
    (s) => `Authorization: Splunk ${s}`,
  ),
  form(
    'digest response',
    '1b1c1adbc6c917ce066de00ce83823c8',
    (s) =>
      `Authorization: Digest username="export", realm="x", nonce="5ad1", uri="/odata", response="${s}", qop=auth`,
  ),
  form(
    'AWS signature',
    '87c0b15d1cbc37b0ade0a8be398088b5fe708006cd61db4b288987f432013005',
    (s) =>
      `Authorization: AWS4-HMAC-SHA256 Credential=export/20260302/eu-north-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=${s}`,
  ),
  form(
    'negotiate',
    glue(
      'YIIG',
      '74RVSmTQ6OhFPaw5Lk9ySLimwaEvR7u68rttoWkhYRZz+0W8HF/k/WjdpZvV4GkexDVsWxdaMdIuOzOZnwc95ykRDT8FBZsirdPHTW0Ku8gOg6fiUEN3xWsJ',
    ),
    (s) => `Authorization: Negotiate ${s}`,
  ),
  form(
    'NTLM',
    glue(
      'TlRMTVNT',
      '16xqAeQWSwvgZSoxoT3KYgSduAPXioSVvfUTjGnrWXNvWXLt/FzlMNf6LuDtVg3om5mWMK09dQelaZeQrL+3Lw==',
    ),
    (s) => `proxy dump: authorization: NTLM ${s}`,
  ),
  form(
    'shared key of a storage account',
    'WH3L4pWFLZoGlWDLdl6BF0ZzpSCz1e5gFYsjQloJqP0=',
    (s) => `Authorization: SharedKey hlfexport:${s}`,
  ),
  form(
    'Hawk mac',
    'M4ohG4J2csOqKVreziYO83mYuXhm54wWf71H26a5Un7=',
    (s) => `Authorization: Hawk id="export", ts="1772447700", nonce="j4h3g2", mac="${s}"`,
  ),
  form(
    'DPoP bound token',
    'p6EXEsTbZ6BsMOgFYxEMlX5k03rF4S7uuPMj2BtBeifQMRq5onaaVs0W6UVkGi6f',
    (s) => `Authorization: DPoP ${s}`,
  ),
  form(
    'bearer without a header name',
    'm1DOiCNpzw3eAdtT_KaOgQgvRtAU3b0kVjaWGXInp52GJcGE82m2w65KJ-herehm',
    (s) => `invalid credential 'Bearer ${s}' for resource companies`,
  ),
  form(
    'proxy authorization',
    base64('proxyuser:Tind.bjork4302-jbiR'),
    (s) =>
      `CONNECT api.businesscentral.dynamics.com:443 HTTP/1.1\r\nProxy-Authorization: Basic ${s}\r\n\r\n407`,
  ),
  form(
    'proxy authorization in JSON',
    base64('proxyuser:Tind_hegg7056-iBEK'),
    (s) => `{"proxy-authorization":"Basic ${s}","via":"1.1 squid"}`,
  ),
  form(
    'forwarded authorization',
    'MFlzZhkS5XQLGLQZrTewExIv1jG5iVQ62pqKxpLeBXKAprWe',
    (s) => `X-Forwarded-Authorization: Bearer ${s}`,
  ),
];

const keyHeaders: readonly SecretForm[] = [
  form(
    'X-Api-Key',
    'jytPsIXhUN9Bi27vkKPK5upy6h9BuRFgsABwD8dS',
    (s) => `403 Forbidden; request had X-Api-Key: ${s}`,
  ),
  form(
    'x-api-key in JSON',
    'AhW2ZMW00MS3g2NxuhVjZSKh3B9hNkQs',
    (s) => `{"headers":{"x-api-key":"${s}","host":"x.no"}}`,
  ),
  form(
    'api-key of Azure',
    '3bf3bfa6c7bd3eb6008780dd83da71d3',
    (s) => `api-key: ${s}\ncontent-type: application/json`,
  ),
  form(
    'Ocp-Apim-Subscription-Key',
    'd86771a6a676a4061e4620e3e807559d',
    (s) => `Access denied due to invalid subscription. Ocp-Apim-Subscription-Key: ${s}`,
  ),
  form(
    'X-Auth-Token',
    'dwT7e8CzetrjMekwOeVYQvAWcy1anyqOVv0BbY9P',
    (s) => `curl: (22) -H 'X-Auth-Token: ${s}'`,
  ),
  form(
    'X-Functions-Key',
    glue('As9dPiG1EMEomCgKhBSJmccOwlfO2_oWRbjgX8e8lNubU73ys_7Ppi', '=='),
    (s) => `'x-functions-key': '${s}'`,
  ),
  form('apikey of Supabase', supabaseToken, (s) => `apikey: ${s}`),
  form('PRIVATE-TOKEN', 'qsSwymTJ5mGNVD3sTBvZ', (s) => `PRIVATE-TOKEN: ${s}`),
  form(
    'X-Amz-Security-Token',
    glue(
      'IQoJb3JpZ2lu',
      'P2K5BtdjMdbeILBgGhi3V/DMBp8tlQOs8gqVP52VRoIBvFAQGWxcus2dKsIcLspUToVgcnVK5MmQpeeHT1mAxs==',
    ),
    (s) => `x-amz-security-token: ${s}\nx-amz-date: 20260302T101500Z`,
  ),
  form('X-CSRF-Token', 'NXA4Ax13V_HNU63iqH6FdELciA3l1QzbSeZzPuu91QV', (s) => `X-CSRF-Token: ${s}`),
  form(
    'client secret as a header',
    '2VB8Q~ZaEtUFghUpj5X8erXK0huU88.gw7mL4asU',
    (s) => `X-Client-Secret: ${s}`,
  ),
];

const cookies: readonly SecretForm[] = [
  ...forms(
    'cookie header with several cookies',
    ['488d627b54b427d8bded5e830ec5e957', '87ul1YmguIVBu63z3x4AXfG928ud-CYqMXGcgJ8rPRF'],
    (a = '', b = '') =>
      `GET /odata HTTP/1.1\r\nCookie: lang=nb; ARRAffinity=${a}; .AspNetCore.Session=${b}; theme=dark\r\nHost: x.no`,
  ),
  form(
    'set-cookie',
    'ZpMyERIsNhG5Fgl7or5S6ohe1vIDLlUIW-C932wwt9YxyP2GutF2umq1wHRdUkyokMP649nTjbC1jdY92JPjL9',
    (s) => `Set-Cookie: SessionId=${s}; path=/; secure; samesite=none; httponly`,
  ),
  ...forms(
    'set-cookie array of node',
    ['R-VliL1OpXFTYN5bGYE4moHMPwiNoAo7D_sUWX-By-a', '95g3KnTRBaIb9i4DfJEl7OyfSa9112eYsF8IPOd5'],
    (a = '', b = '') =>
      `'set-cookie': [\n  'sid=${a}; Path=/; HttpOnly',\n  'rt=${b}; Path=/; Secure'\n]`,
  ),
  ...forms(
    'two cookies in one set-cookie',
    ['ireHowwYkRo3HdcoT96bA35150Maw1M0azGlhvXb', '7ulcsMI8mcXAHer1udrbGr3iLqmH38NCzWskFWuo'],
    (a = '', b = '') =>
      `set-cookie: a=${a}; Expires=Mon, 02 Mar 2026 10:15:00 GMT; Path=/, b=${b}; Path=/`,
  ),
  form(
    'cookie in JSON',
    'cZaa2yB2EkOWIAWURHX3rhLGKLncmR2Iqui8zznCfWZ',
    (s) => `{"cookie":"lang=nb; esctx=${s}; x-ms-gateway-slice=estsfd","host":"x.no"}`,
  ),
  form(
    'curl cookie option',
    'rrZG7uH7FHUYw5SrkusOJx3VFD1dqJz3ZxRy2Tem',
    (s) => `curl -b 'sid=${s}' https://x.example.no/ failed`,
  ),
  form(
    'cookie jar in Netscape form',
    'lnvDaesNiell4OuPgzL8hkAkJVmUpsxMpG7zwFu1rpP',
    (s) =>
      `# Netscape HTTP Cookie File\n.x.example.no\tTRUE\t/\tTRUE\t1772447700\tsession_token\t${s}`,
  ),
];

// Named values

const json: readonly SecretForm[] = [
  form(
    'client_secret',
    'ZDF8Q~19z15gUv1s5E1Rt8AGIi1Cb_BKjNmqnxfY',
    (s) => `{"client_id":"a1b2","client_secret":"${s}","grant_type":"client_credentials"}`,
  ),
  form(
    'clientSecret, nested',
    'qUG8Q~ftlezLjDCgbjHeydHkEqtx8zEAconeejPh',
    (s) =>
      `{"integration":{"system":"business_central","auth":{"tenant":"t","clientSecret":"${s}"}},"attempt":2}`,
  ),
  form(
    'password with spaces around the colon',
    'Skog_skog1170-nRGI',
    (s) => `{ "user" : "export", "password" : "${s}" }`,
  ),
  form(
    'password on the next line',
    'Gaupe_bre4868!8BKN',
    (s) => `{\n  "user": "export",\n  "password":\n    "${s}"\n}`,
  ),
  ...forms(
    'tokens in an array',
    ['6jhv0kJinjuYPGFm43t1oBhFwnhRwDqpubItMx43', 'wmvi9b4WDVBe7B2EXrRUICBvsSy6zi8nCEdLnApR'],
    (a = '', b = '') => `{"tokens":["${a}","${b}"],"count":2}`,
  ),
  ...forms(
    'api keys in an array over lines',
    ['tUqzjD3P1tr6gf04qWub0EGBlz9Wf7cU', 'E3NYrWlmMghcLgESetEYXh5QFtQBdqf2'],
    (a = '', b = '') => `"apiKeys": [\n    "${a}",\n    "${b}"\n  ]`,
  ),
  form(
    'object under a secret name',
    'E1Mx3zy1RPE1uy52djXjrlOPmXXxu4fP',
    (s) => `{"secret":{"value":"${s}","version":3}}`,
  ),
  form(
    'JSON in JSON',
    'Orret.gaupe6373*SSYM',
    (s) => String.raw`{"body":"{\"username\":\"export\",\"password\":\"${s}\"}","status":400}`,
  ),
  form(
    'JSON in JSON in JSON',
    'Nordlys_ulv2374!YcGK',
    (s) =>
      String.raw`{"log":"{\"body\":\"{\\\"password\\\":\\\"${s}\\\",\\\"user\\\":\\\"x\\\"}\"}"}`,
  ),
  form(
    'value with an escaped quote',
    String.raw`Lyng\"I7s1TEMvMg\"8FaqBIhkulDz`,
    (s) => `{"password":"${s}","user":"export"}`,
  ),
  form(
    'value with an escaped backslash at its end',
    String.raw`lH8m6AwonRm5ui-Fjell\\`,
    (s) => `{"password":"${s}","user":"export"}`,
  ),
  form(
    'value with unicode escapes',
    String.raw`Bl\u00e5b\u00e6r-LByldiMyL7Aq`,
    (s) => `{"passord":"${s}"}`,
  ),
  form(
    'value with a comma, a brace and spaces',
    'Rogn, 53Iy8h} {vwM2Ny ,elv NNR6J6',
    (s) => `{"password":"${s}","x":1}`,
  ),
  form(
    'cut within the value',
    's7kgz_zBMDJkqRx2kcrV45S09Va4wxtPN1xHWxg2pZawlF7_xtfxz23q92lJjACc',
    (s) => `Unterminated string in JSON at position 98: {"expires_in":3599,"access_token":"${s}`,
  ),
  form(
    'name and value pairs',
    'Cxi8Q~ZGTQBAGS~9rZ06F3RW0Hi2AyUpBjSo21Io',
    (s) => `[{"name":"client_id","value":"a1"},{"name":"client_secret","value":"${s}"}]`,
  ),
  form('apiKey', 'zV6eufSoMSWndO5sk2TD3lfHn3PacKzx', (s) => `{"apiKey":"${s}"}`),
  form(
    'secretAccessKey',
    '3ZHIDgaxDiDZ3njPIdvZ0a/Bo+MuHIPmQO25YPJO',
    (s) => `{"accessKeyId":"x","secretAccessKey":"${s}"}`,
  ),
  form(
    'service_role_key',
    'wp1W20XLbqTwSwUybdo99dkOL86OWeIBPJtCd3QuGiI3pi0G',
    (s) => `{"url":"https://x.supabase.co","service_role_key":"${s}"}`,
  ),
  form('webhookSecret', 'Z8PynUSps2Q1mFglJkVl1dhVYMXapWC1', (s) => `{"webhookSecret":"${s}"}`),
  form('password as a number', '9967498111', (s) => `{"user":"export","password":${s}}`),
  form('passphrase', 'korrekt hest batteri HcrspBMl stift', (s) => `{"passphrase":"${s}"}`),
  form(
    'name in an array of pairs',
    'F3rX6rDqTJieIcNWdTJt6kFZt5Ub7mUP',
    (s) => `[["client_id","x"],["client_secret","${s}"]]`,
  ),
  form(
    'connectionString',
    'QRNnYc6iaWpfrcX960VCyEOZ',
    (s) => `{"ConnectionStrings":{"Default":"Server=db;User Id=export;Password=${s};"}}`,
  ),
];

const formBodies: readonly SecretForm[] = [
  form(
    'token request',
    'jeQ8Q~-Wm2cW6v77MbXmc4.VMgNKmopD8yTH2z86',
    (s) =>
      `POST /t/oauth2/v2.0/token body: grant_type=client_credentials&client_id=a1&client_secret=${s}&scope=https%3A%2F%2Fapi.businesscentral.dynamics.com%2F.default`,
  ),
  form(
    'percent-encoded secret',
    'p3%7E2qW2OnwocKDs%2BV3h7X1ZSDT%3D%3D',
    (s) => `client_secret=${s}&grant_type=client_credentials`,
  ),
  form(
    'twice encoded body',
    'oEBcmXp1nmwKtveRpKd5p036ZFPwoYUCS0tmnC0d',
    (s) => `body=grant_type%3Dclient_credentials%26client_secret%3D${s}%26scope%3Dx`,
  ),
  form(
    'password grant',
    'Rogn-tind3266!qvlX',
    (s) => `grant_type=password&username=export%40hlf.no&password=${s}`,
  ),
  form(
    'multipart part',
    'FHC8Q~QymzDu.qaw~zvmBDQGdCFjRHUtWimz087C',
    (s) =>
      `------x\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n${s}\r\n------x--`,
  ),
  form(
    'ampersands as entities',
    '74DceQ97YmGh4XtSUdRRer2HFpSfP6eZN2EjHPjj',
    (s) => `grant_type=refresh_token&amp;refresh_token=${s}&amp;client_id=a1`,
  ),
  form(
    'client_assertion',
    jwt(
      { iss: 'a1', aud: 'x' },
      'T9hqwW-mFtECzrB9HdWg18zJ7EuMgyPkUp7NzonRY5XnDULJfl2iMhEfmLgsViFacSyvhLdz5PblGeZmAiqOfG',
    ),
    (s) =>
      `client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=${s}`,
  ),
  form(
    'code_verifier',
    'yGjfJ2vCxolUl7EUV_oo2-kuMzrghVZuXFhH2rw2O7r',
    (s) =>
      `grant_type=authorization_code&code=x&redirect_uri=https%3A%2F%2Fx.no&code_verifier=${s}`,
  ),
  form(
    'SAML response',
    glue(
      'PHNhbWxwOlJl',
      'kUjoxkIOYISTXSgIcira/KUBKUUAVpKu1oYAdfmn686wfkVFrS7Ipg9Dgmm0brsMdOzzVktSqyyZF7PkkQbzoYxYxBRGlwFgqTUBacbav/oxDG/Jc+wzNU81',
    ),
    (s) => `SAMLResponse=${s}&RelayState=x`,
  ),
];

const queryStrings: readonly SecretForm[] = [
  form(
    'api_key',
    'iPX9z1eeSoM4CBuf0nVW7UfJp0N7o5id',
    (s) => `GET https://x.example.no/v1/rows?api_key=${s}&page=2 gave 500`,
  ),
  form(
    'access_token in the middle',
    '19VZghl1KBOCw3JVmm_QwUnimauNZr1vGZtelGsZNcyboDeZL5h0ZWYiVRqFwP9w',
    (s) => `https://x.example.no/rows?page=2&access_token=${s}&sort=id`,
  ),
  form(
    'access_token in a fragment',
    'oR5Z5Q-aUT9opcknBbn1rX_XUHPrAh5IwNrW-EPNZrAXsGHY7t5zC23kSaha29XF',
    (s) => `redirected to https://x.example.no/cb#access_token=${s}&token_type=Bearer`,
  ),
  form(
    'token with a relative URL',
    '78ec3569eb4b82703918399a04f9e2098ee8b1a0',
    (s) => `Cannot GET /export/download?token=${s}`,
  ),
  form(
    'key',
    'VH20eQtZpRdQkiDzdvJQfmPUPS4fraYlNgOh9yx',
    (s) => `https://maps.example.com/geo?key=${s}&q=Oslo`,
  ),
  form(
    'subscription-key',
    '2bbb1f996df6e325355a6c73760ff546',
    (s) => `https://x.azure-api.net/v2?subscription-key=${s}`,
  ),
  form(
    'function key as code',
    glue('PKEMI1qfFacglFqeYuqzdjpRM1uW6mODpZ6RvNXZQ3GMofDEkkblJ0', '=='),
    (s) => `https://hlf.azurewebsites.net/api/export?code=${s}`,
  ),
  form(
    'query of an object',
    'HxVeuzWrTY0QD5OgCth86NFueddTnGmj',
    (s) => `URLSearchParams { 'page' => '2', 'client_secret' => '${s}' }`,
  ),
  form(
    'S3 presigned',
    '491319feb873fa28344803daa98fe7cc63837b11b51cd0ecb9a30876a8e1417b',
    (s) =>
      `https://b.s3.amazonaws.com/f.csv?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-Signature=${s}`,
  ),
  form(
    'Azure SAS',
    'd7jlSRfyeeTP_9f21mq3n3j8WKvj4VU2ibVq1RrV%2B8G%3D',
    (s) =>
      `https://hlf.blob.core.windows.net/e/f.csv?sv=2024-11-04&se=2026-03-03T10%3A15%3A00Z&sr=b&sp=r&sig=${s}`,
  ),
  form(
    'Azure SAS, sig first',
    'PIMZJfkHdgAuYS07DxEf9jw9NFLgueRrvMZDfGZi%2FyL%3D',
    (s) => `https://hlf.blob.core.windows.net/e/f.csv?sig=${s}&sv=2024-11-04&sr=b`,
  ),
  form(
    'query logged with a JSON escape',
    'WIbygVeaptmWxQiBnpCUOYWF3dgiIhcS',
    (s) => String.raw`{"url":"https://x.no/?a=1\u0026token=${s}\u0026b=2"}`,
  ),
];

const yaml: readonly SecretForm[] = [
  form(
    'plain',
    'Rogn.ulv1351-pa6e',
    (s) => `database:\n  user: export\n  password: ${s}\n  port: 5432`,
  ),
  form(
    'double quotes',
    'ZjS8Q~dxwF9V37~xo6r~r~0XU_dnW0loZBg6w-Bg',
    (s) => `business_central:\n  client_secret: "${s}"\n`,
  ),
  form(
    'single quotes with a doubled quote',
    "JFqj3m0NSg''4yYk1zaV9z5g",
    (s) => `  client-secret: '${s}'\n  scope: x`,
  ),
  form(
    'words with spaces, unquoted',
    'Rogn og tRMt32qm ved R15tKRxH elv',
    (s) => `smtp:\n  password: ${s}\n  host: x`,
  ),
  form(
    'container variable',
    'Fonn_hegg7609*NRPb',
    (s) => `env:\n  - name: PGPASSWORD\n    value: ${s}\n  - name: PGUSER\n    value: export`,
  ),
  form(
    'block scalar',
    'R94CM7czwRBK7nfG2bccUq5UbkzPpse430myTZOH',
    (s) => `token: |\n  ${s}\nhost: x.no`,
  ),
  form(
    'folded scalar',
    'z4waCWpY8a1dhZ63Li2xZbDmT4sKO67CrydRsrWN',
    (s) => `xledger:\n  api_token: >-\n    ${s}\n  owner: 1`,
  ),
  form('flow mapping', 'EdBM1q6CXuqjbr9z', (s) => `db: {user: export, password: ${s}, port: 5432}`),
  form(
    'kubernetes secret data',
    base64('azD8Q~A2Cij.VR06~kjhf0n-rU70L7ziha9tmnCV'),
    (s) => `kind: Secret\ndata:\n  client-secret: ${s}\n  id: YTE=`,
  ),
  form(
    'list under a name',
    'qvMwlTin8FifsJHHPJthfMRbk5opsXU60hEiQItg',
    (s) => `tokens:\n  - ${s}\nhost: x`,
  ),
];

const xml: readonly SecretForm[] = [
  form(
    'element',
    'Gaupe_hegg9218-F7uU',
    (s) => `<Login><User>export</User><Password>${s}</Password></Login>`,
  ),
  form(
    'element over lines',
    'oZRCx95TyXKt9062lcacGVtKxwxclEbC',
    (s) => `<client_secret>\n    ${s}\n  </client_secret>`,
  ),
  form(
    'attribute',
    'Lyng.elv1588-7aBs',
    (s) => `<connection user="export" password="${s}" timeout="30"/>`,
  ),
  form(
    'attribute with single quotes',
    'Fjell.hegg4034-4n7S',
    (s) => `<db user='export' pwd='${s}'/>`,
  ),
  form(
    'app setting',
    '0ya8Q~Wn-FdcBkTXhzzZIa56-afL2AwIWRBjgCcJ',
    (s) => `<add key="ClientSecret" value="${s}" />`,
  ),
  form(
    'app setting, value first',
    'Eac8Q~q2Wr3GDhgbbH4L8dd4fhLcrgigw3j9HktX',
    (s) => `<add value="${s}" key="ClientSecret" />`,
  ),
  form('CDATA', 'a<b&KCQhykBv3pnJG0kK]>x', (s) => `<Password><![CDATA[${s}]]></Password>`),
  form(
    'namespace and attribute',
    'Fjell_elv9624*RM7E',
    (s) => `<wsse:Password Type="http://docs.oasis-open.org/wss#PasswordText">${s}</wsse:Password>`,
  ),
  form(
    'security token',
    'P/VPHCDJscr3t+RzH8UEJGhKP039rtLQdQbfLDuEWO2Xl7+c49C+87n9Ebw+WdgFaReFu3lFNvm7BnxtZK4P/I==',
    (s) =>
      `<wsse:BinarySecurityToken EncodingType="Base64Binary" wsu:Id="X1">${s}</wsse:BinarySecurityToken>`,
  ),
  form(
    'escaped markup',
    'Fonn_fonn4434*3GyN',
    (s) => `soap fault near &lt;password&gt;${s}&lt;/password&gt;`,
  ),
  form(
    'entity in the value',
    'Lyng&amp;KJqEuTsvuY&lt;tbfYGbLwaF',
    (s) => `<Password>${s}</Password>`,
  ),
  form(
    'property list',
    'b1APgAXFcIQ04DIl2rQorlIkGOtiixTW',
    (s) => `<key>ApiSecret</key>\n<string>${s}</string>`,
  ),
  form(
    'string resource',
    'SzCvaWPP881kTUcWX7rtcWmXYtRgrdfY',
    (s) => `<string name="api_key">${s}</string>`,
  ),
  form(
    'cut within the element',
    'm3MqLynw6jXBUmC0c2btBT03ceHCq5z1',
    (s) => `XML parse error at line 3: <ApiToken>${s}`,
  ),
];

const configuration: readonly SecretForm[] = [
  form(
    'TOML',
    'drz8Q~1bnQyVs5G..c2t~_Cw0_pyQCp5ZUXfvKX7',
    (s) => `[business_central]\nclient_secret = "${s}"\nscope = "x"`,
  ),
  form(
    'TOML multi-line string',
    'er85UF09AZO6dScxZTEpYq85VFCfvtzMBBuW6hVY',
    (s) => `secret = """\n${s}\n"""`,
  ),
  form('INI', 'Skog_gaupe2370*qaUg', (s) => `[database]\nuser=export\npassword=${s}\nport=5432`),
  form('INI with a colon', 'Nordlys-orret9168*QUDY', (s) => `password : ${s}\nuser : export`),
  form(
    'INI with a hash in the value',
    'CNnRzvEUIY#foMTb4cXvsPr',
    (s) => `db_password=${s}\ndb_user=export`,
  ),
  form(
    'environment file',
    'e4c79e5d0c52c1f83ec839fa8829517df2c0c3f2',
    (s) => `XLEDGER_TOKEN=${s}\nXLEDGER_URL=https://www.xledger.net/graphql`,
  ),
  form(
    'environment file with quotes',
    'Bjork.myr3438*20nE og TFMMZoaHIR',
    (s) => `DATABASE_PASSWORD="${s}"\nPORT=3000`,
  ),
  form(
    'variable with a suffix',
    'JXM8Q~2V20.9Xp2I4d-NCaEdNrorUOiAOQOq4DWD',
    (s) => `BC_CLIENT_SECRET_HLF=${s}`,
  ),
  form(
    'aws credentials file',
    '434LTmdXzL7MA3YbYCXkUdCQoHokDXC1R/o3BaXv',
    (s) => `[default]\naws_access_key_id = x\naws_secret_access_key = ${s}`,
  ),
  form(
    'properties file',
    'Rogn-fjell4272!KG26',
    (s) => `spring.datasource.username=export\nspring.datasource.password=${s}`,
  ),
  form(
    'npmrc',
    '99fb6d8e-6504-4a8b-9a20-d05518cb16c0',
    (s) => `npm ERR! //registry.example.no/:_authToken=${s}`,
  ),
  form(
    'npmrc _auth',
    base64('export:Lyng.orret1031*Qn9M'),
    (s) => `//nexus.example.no/:_auth=${s}`,
  ),
  form('netrc', 'Tind_fjell2028*ahCR', (s) => `machine www.xledger.net login export password ${s}`),
  form(
    'docker config',
    base64('export:Myr.hegg6575!7hC7'),
    (s) => `{"auths":{"ghcr.io":{"auth":"${s}"}}}`,
  ),
  form(
    'env dump of node',
    'Fjell.skog2627*lgUJ',
    (s) => `env: {\n  HOME: '/app',\n  PGPASSWORD: '${s}',\n  PGUSER: 'export'\n}`,
  ),
];

const shell: readonly SecretForm[] = [
  form(
    'export',
    'nVi8Q~CBlyHFXudQ~7Qt5.Mcz1bn.aSmv_BzbPJJ',
    (s) => `+ export CLIENT_SECRET=${s}\n+ npm start`,
  ),
  form(
    'export with single quotes',
    'Nordlys.lyng8758!WDdZ o5DMn1v4',
    (s) => `export DB_PASSWORD='${s}'`,
  ),
  form('ANSI quotes', '9FtZfdSNohdVznSliIzxvYU5', (s) => `declare -x API_TOKEN=$'${s}'`),
  form(
    'option with a space',
    'oDD8Q~pUpCbn3aiv8WghnBKnbCRDi.gp~CdQ54EG',
    (s) => `Command failed: bc-login --client-id a1 --client-secret ${s} --tenant t`,
  ),
  form(
    'option with an equals sign',
    'Fjell_bre2576*Eg51',
    (s) => `mysqldump --user=export --password=${s} accounting: exit code 2`,
  ),
  form('option with quotes', 'BYZzDCMj4T dhFHhFac5wAe', (s) => `sync --token "${s}" --dry-run`),
  form(
    'curl -u',
    'Nordlys-bre5946*TRZ2',
    (s) => `curl -fsS -u export:${s} https://x.example.no/odata`,
  ),
  form(
    'curl --user with quotes',
    'Lyng-nordlys8747*QWpb',
    (s) => `curl --user 'export:${s}' https://x.example.no/odata`,
  ),
  form(
    'curl -uuser:pass',
    'Vidde.bjork2778-7FRj',
    (s) => `curl -uexport:${s} https://x.example.no/odata`,
  ),
  form(
    'curl --oauth2-bearer',
    'UGztdvR0RXUPGjPIJczVVpqPnJ131i59oDgdG8xjo3jji4c3',
    (s) => `curl --oauth2-bearer ${s} https://x.example.no/`,
  ),
  form(
    'curl --data',
    'JwG8Q~4WIRWCe1r1-6Bg2QiapEdwB7QEPVvXoUNO',
    (s) =>
      `curl -d 'client_id=a1' --data-urlencode 'client_secret=${s}' https://login.example.no/token`,
  ),
  form(
    'PGPASSWORD before psql',
    'Lyng-elv6390*lGpW',
    (s) => `sh: PGPASSWORD=${s} psql -h db -U export: not found`,
  ),
  form(
    'sshpass',
    'Myr_orret9455*MSGG',
    (s) => `sshpass -p '${s}' sftp export@sftp.example.no: exit 5`,
  ),
  form(
    'openssl passin',
    'Bjork-fonn5441!iWsD',
    (s) => `openssl rsa -in key.pem -passin pass:${s}: unable to load key`,
  ),
  form('sqlcmd', 'Orret-rogn6602!497l', (s) => `sqlcmd -S db -U sa -P ${s} -Q "select 1"`),
  form(
    'az login',
    'Rlz8Q~DaK4_v0_LM_f_uw0b_NIQ2aL4wj4QJsP11',
    (s) => `az login --service-principal -u a1 -p ${s} --tenant t`,
  ),
  form(
    'docker -e',
    'Nordlys.ulv5074-TAUN',
    (s) => `docker run --rm -e DB_PASSWORD=${s} export:1.4`,
  ),
  form(
    'redis-cli',
    'jgTBINGMez3hZUZsBEV6248P6hKx7ue9',
    (s) => `redis-cli -h cache -a ${s} ping: Could not connect`,
  ),
  form(
    'powershell variable',
    'plo8Q~IulVsbXA8dBkXDyQLQYdEjCqB0cEoOxT1K',
    (s) => `$env:BC_CLIENT_SECRET = '${s}'`,
  ),
  form(
    'powershell secure string',
    'Bre_lyng9157*sRBw',
    (s) => `-Password (ConvertTo-SecureString '${s}' -AsPlainText -Force)`,
  ),
  form('setx', 'FU68Q~mXpjol~aT-t3t1r60gMZwUA~hpJR40ZL7B', (s) => `setx CLIENT_SECRET "${s}"`),
  form(
    'msbuild property',
    'Skog_tind8857*4S9T',
    (s) => `msbuild x.sln /p:UserName=export /p:Password=${s}`,
  ),
];

const objects: readonly SecretForm[] = [
  form(
    'JS object',
    'AjW8Q~t9AfZ4v0SMnjAiW1GU5G_j2j_jqQb3BwPV',
    (s) => `TypeError: fetch failed { clientId: 'a1', clientSecret: '${s}', scope: [ 'x' ] }`,
  ),
  form(
    'JS object with backticks',
    'XePw5N8NHeh5Q2RG4c6ZAq9A',
    (s) => 'Invalid options { apiToken: `' + s + '` }',
  ),
  form('JS map', 'Hegg-myr2736*IC5g', (s) => `Map(2) { 'user' => 'export', 'password' => '${s}' }`),
  form('JS quoted key', 'cAyXpFBa4Y9BRteRPBgffJtiwtNNWE1K', (s) => `{ 'api-key': '${s}', 'x': 1 }`),
  form(
    'JS double quotes since the value has a single one',
    "Sd4fKtCLhS'0dwt9kspFec6",
    (s) => `{ user: 'export', password: "${s}" }`,
  ),
  form(
    'python dataclass',
    'K6X8Q~XxTNQpUckLNka_xLAodRc4eJKmEIVrwgSg',
    (s) => `Credential(client_id='a1', client_secret='${s}')`,
  ),
  form(
    'python bytes',
    'TlmTgEEk2G3q10AH0LfZL5kc',
    (s) => `{'user': 'export', 'password': b'${s}'}`,
  ),
  form(
    'python locals in a trace',
    'ISCahhfU7NWo6q4cq00GepIm36MrnoKq',
    (s) => `  File "app.py", line 41, in send\n    api_key = '${s}'\n    retries = 3`,
  ),
  form(
    'C# record',
    'Wgo8Q~uHpPLK-eermZleAfHcLGvvzqnWN72TZRWi',
    (s) => `Credential { ClientId = a1, ClientSecret = ${s}, Scope = x }`,
  ),
  form('java record', 'Skog-skog4051-Lry0', (s) => `Credentials[user=export, password=${s}]`),
  form(
    'java toString, last field',
    'Hegg_gaupe6543!dJOa',
    (s) => `DbConfig(user=export, secret=${s})`,
  ),
  form(
    'ruby inspect',
    'OTEXtvp2KVZTLcgf9D7AWNF1GjzXIOR1',
    (s) => `#<Client:0x00007f @base="x", @api_secret="${s}">`,
  ),
  form(
    'go struct',
    'r9g8Q~loW3n0ciorS03.VYBCbJbdad7P0wxQGk-Z',
    (s) => `{ClientID:a1 ClientSecret:${s} Scopes:[x]}`,
  ),
  form(
    'rust debug',
    'P4huhPyXDjXkqHxXN7jJ2DEK5lPZ8Tom',
    (s) => `Config { base: "x", api_key: Some("${s}"), retries: 3 }`,
  ),
  form(
    'php var_dump',
    'Vidde.nordlys5067-lnEd',
    (s) =>
      `array(2) {\n  ["user"]=>\n  string(6) "export"\n  ["password"]=>\n  string(20) "${s}"\n}`,
  ),
  form(
    'elixir keyword list',
    'Elv-ulv5572*2XzN',
    (s) => `[username: "export", password: "${s}", pool_size: 10]`,
  ),
];

// Connection strings and URLs

const connections: readonly SecretForm[] = [
  form(
    '.NET',
    'Fonn_fjell5594!n0Xk',
    (s) =>
      `Server=tcp:hlf.database.windows.net,1433;Database=a;User ID=export;Password=${s};Encrypt=True;`,
  ),
  form(
    '.NET with Pwd and spaces',
    'Fonn-nordlys1676*ejc4',
    (s) => `Data Source=db; Uid=export; Pwd = ${s}; Pooling=false`,
  ),
  form(
    '.NET, quoted with a semicolon',
    'MJcYB6KVY0;tBe53xes6Ab3',
    (s) => `Server=db;Password="${s}";Encrypt=True`,
  ),
  form(
    'ODBC with braces',
    'EGtdOuq0C7;kJhe4P4VEW3I',
    (s) => `Driver={ODBC Driver 18 for SQL Server};Uid=x;Pwd={${s}};`,
  ),
  form(
    'AccountKey',
    '4925uvHkBfu+2sS2xswQeCz4NSes4koU+B3F2E7kwX0dtadDC36tefGFj4ZeTLwkszUwmqRKOsNr/eptXfi91v==',
    (s) =>
      `DefaultEndpointsProtocol=https;AccountName=hlf;AccountKey=${s};EndpointSuffix=core.windows.net`,
  ),
  form(
    'SharedAccessKey',
    'OoEOEt3do0mDbT8yPI5Xi/+QM4PodB2BfOrV/653/yY=',
    (s) =>
      `Endpoint=sb://hlf.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${s};EntityPath=q`,
  ),
  form(
    'SharedAccessSignature',
    'cmgRkpDvNTK3fxBr6pG4Hef3QgMYl0CNgZDeEEVU%3d',
    (s) =>
      `SharedAccessSignature sr=https%3a%2f%2fhlf.servicebus.windows.net%2f&sig=${s}&se=1772447700&skn=Root`,
  ),
  form(
    'Azure Redis',
    'hqzLn903Ed1xebwwBRw3VgDkjX0ERGMv9psv8FCgZ2G=',
    (s) => `hlf.redis.cache.windows.net:6380,password=${s},ssl=True,abortConnect=False`,
  ),
  form(
    'JDBC postgres',
    'Hegg.skog3098!QLBS',
    (s) => `jdbc:postgresql://db:5432/accounting?user=export&password=${s}&ssl=true`,
  ),
  form(
    'JDBC SQL Server',
    'Fonn.bre7749!UwCe',
    (s) => `jdbc:sqlserver://db:1433;user=export;password=${s};encrypt=true`,
  ),
  form(
    'JDBC Oracle thin',
    'Rogn_bjork6510*tdDo',
    (s) => `jdbc:oracle:thin:export/${s}@db.example.no:1521/XE`,
  ),
  form(
    'libpq words',
    'Myr-gaupe3839!IWCA',
    (s) => `connection to "host=db user=export password=${s} dbname=accounting" failed`,
  ),
  form(
    'libpq words with quotes',
    'XnmtBhQLjB Izpz4PGpmpRi',
    (s) => `host=db password='${s}' user=export`,
  ),
  form(
    'postgres URL',
    'oDVYvRcKoW08llrdGNKmIzqB',
    (s) =>
      `could not connect: postgresql://export:${s}@db.example.no:5432/accounting?sslmode=require`,
  ),
  form(
    'postgres URL, encoded',
    'ehNPELuH%40XA8kn4O6%2FP1h4IffX',
    (s) => `postgres://export:${s}@db:5432/accounting`,
  ),
  form(
    'postgres URL with a raw at sign',
    'A4Xl5KEC4t@IouK4VgfmylQ',
    (s) => `Invalid URL: postgres://export:${s}@db:5432/accounting`,
  ),
  form(
    'postgres URL with a raw slash and hash',
    'lvVXRplA/wdfZXVK4#8qQvFUrM',
    (s) => `TypeError: Invalid URL, input: 'postgres://export:${s}@db:5432/accounting'`,
  ),
  form(
    'URL with a raw question mark',
    'UOUQazrg?vBDoa0Z5vESs',
    (s) => `Invalid URL: postgres://export:${s}@db/accounting`,
  ),
  form(
    'redis without a user',
    'Wbu5PBwoJxNAKanOJki9nIksJ4KnEq8X',
    (s) => `Redis connection to redis://:${s}@cache:6379/0 failed`,
  ),
  form(
    'rediss',
    'vfaBvEpd9bYAIsTK3RrZNQ6HbI8pFjjq',
    (s) => `rediss://default:${s}@eu1.upstash.example:6379`,
  ),
  form(
    'amqps',
    'USN6ZCDiWcfWBlxa1qtwj0OE',
    (s) => `ACCESS_REFUSED amqps://export:${s}@mq.example.no/vhost`,
  ),
  form(
    'mongodb+srv',
    'Myr-bjork2386!Kr4j',
    (s) =>
      `MongoServerError: bad auth mongodb+srv://export:${s}@c0.ab1cd.mongodb.net/?retryWrites=true`,
  ),
  form(
    'mongodb with several hosts',
    '8w6PdSSqiColtBlyvJxOmHgC',
    (s) => `mongodb://export:${s}@a:27017,b:27017/db?replicaSet=rs0`,
  ),
  form(
    'https with user and password',
    'B3ULaPistcBRUFBwdUyWSScV',
    (s) => `fatal: unable to access 'https://export:${s}@git.example.no/hlf/export.git/'`,
  ),
  form(
    'https with the token as user',
    '1144516b4a49c4895b3a510ec0ab19aa',
    (s) => `dsn https://${s}@o41.ingest.example.io/4501`,
  ),
  form(
    'sftp',
    'Vidde.bjork2011*FDNb',
    (s) => `sftp://export:${s}@sftp.example.no:22/inbox: permission denied`,
  ),
  form('smtp', 'Nordlys_vidde9128*kG9b', (s) => `smtp://varsel%40hlf.no:${s}@smtp.example.no:587`),
  form(
    'proxy variable',
    'IIzJ12VbtsmANoj670RkdrId',
    (s) => `HTTPS_PROXY=http://export:${s}@proxy.example.no:3128`,
  ),
  form(
    'SQLAlchemy',
    'ov8EhSDZgjfPJ8LUwLixAZEh',
    (s) => `OperationalError: postgresql+psycopg2://export:${s}@db/accounting`,
  ),
  form(
    'URL with JSON-escaped slashes',
    'jgzEpREwOqQ8lCUKtwL7097G',
    (s) => String.raw`{"url":"postgres:\/\/export:${s}@db:5432\/accounting"}`,
  ),
  form(
    'URL, percent-encoded as a whole',
    '0c1acuTHJ3QIlFGfMaUD4T6S',
    (s) => `?next=https%3A%2F%2Fexport%3A${s}%40x.example.no%2F`,
  ),
  form(
    'Slack webhook',
    'nL6uOQBQKGIk8bRGDHvmc92c',
    (s) =>
      `POST ${glue('https://hooks.slack', '.com/services/T0', '2HLFAB3/B0', '6EXPKQT/')}${s} gave 404`,
  ),
];

const database: readonly SecretForm[] = [
  form(
    'create user',
    'Elv-bre1812-OF0m',
    (s) =>
      `ERROR: role "export" already exists\nSTATEMENT:  CREATE ROLE export LOGIN PASSWORD '${s}'`,
  ),
  form(
    'alter user, encrypted password',
    'Ulv_lyng2074*lXZX',
    (s) =>
      `syntax error at or near "valid": alter user export with encrypted password '${s}' valid until`,
  ),
  form(
    'scram verifier',
    '4MEyWp6DwAvL7S9shjv/dP==$7dmF47PhCRB/WRA9nUnODlC1q/NYDsBZHITgxhfiRIC=:zBvXZ+yx3Tt/cG2P0RTJGmGVv/jcdwayhyKwCO3RUMX=',
    (s) => `ALTER ROLE export PASSWORD 'SCRAM-SHA-256$4096:${s}'`,
  ),
  form(
    'identified by',
    'Ulv_fjell9580*LnHs',
    (s) => `ERROR 1064 near CREATE USER 'export'@'%' IDENTIFIED BY '${s}'`,
  ),
  form(
    'dblink',
    'Gaupe-hegg8110!EBiJ',
    (s) => `select * from dblink('host=db user=export password=${s} dbname=a', 'select 1')`,
  ),
  form(
    'user mapping',
    'Hegg-skog4101-1mnP',
    (s) => `CREATE USER MAPPING FOR export SERVER s OPTIONS (user 'x', password '${s}')`,
  ),
  form(
    'vault',
    'PR98Q~fkdMcoXr7Xi6o5gXWKr0Ti3O5fV_156~l4',
    (s) => `STATEMENT:  select vault.create_secret('${s}', 'bc_hlf')`,
  ),
  form('setting', 'smYDgEwllcrCiIQ4aNYyA9ysVrSAIVSExtts08PH', (s) => `set app.jwt_secret = '${s}'`),
  form(
    'named argument',
    'ObMWkJlDwMWE0Qt4UOVHcijsC8rgcnorakrFDQEU',
    (s) =>
      `function api.sign_in(text, text) does not exist: api.sign_in(p_user => 'x', p_password => '${s}')`,
  ),
];

// Recognised by themselves

const tokens: readonly SecretForm[] = [
  form('JWT in prose', entraToken, (s) => `The token ${s} was refused by the audience check`),
  form('JWT between brackets', shortToken, (s) => `JwtException [${s}]: kid not found`),
  form(
    'JWT, header and payload only',
    `${jwtHeader}.${jwtPayload}`,
    (s) => `signature missing in ${s}`,
  ),
  form(
    'JWT, header and payload with a trailing dot',
    jwtPayload,
    (s) => `unsigned: ${jwtHeader}.${s}. refused`,
  ),
  form('JWT cut in the payload', entraToken.slice(0, 140), (s) => `jwt malformed: ${s}…`),
  form(
    'JWT cut in the payload, at the end of the text',
    entraToken.slice(0, 160),
    (s) => `jwt malformed: ${s}`,
  ),
  form('JWT cut in the signature', entraToken.slice(0, -60), (s) => `jwt malformed: ${s}`),
  form('JWT with escaped quotes', shortToken, (s) => String.raw`{\"raw\":\"${s}\"}`),
  form(
    'JWT without its front',
    `${jwtPayload}.aDOQb2ggk6p7MxUVl4nwf1NuaMYRF8fGjO8Qa3mC8tU`,
    (s) => `…nR5cCI6.${s} has expired`,
  ),
  form(
    'JWE',
    `${Buffer.from('{"alg":"RSA-OAEP","enc":"A256GCM"}').toString('base64url')}.qaq2-sLjhsw66dXNrWGH-ueZT7St5wcxaPgrs9L1_oBTlhzdxlD_oXJQaxCvll-7.cF3-XQZZ_55bR5cR.iJDQcqyjVBgxfVzO88Bw1NCM1vG-1MNup8JApgpb9pk3UAljk8TKqHcIy92hUmztGy7XZSdQCJe4_49-BGj7-Y.GQSvujHGYmKjHfcOYne9Id`,
    (s) => `could not decrypt ${s}`,
  ),
  form('JWT in a path', shortToken, (s) => `Cannot GET /download/${s}/export.csv`),
  form(
    'Entra client secret alone',
    'kC98Q~Xb3JfLKt0v~0uO89PMdS4Dngrxw9012AjR',
    (s) => `Value tried: ${s} (expires 2026-09-01)`,
  ),
  form(
    'Entra client secret in quotes',
    '8hc8Q~58qrGNFV-.b4XJLCOplIBXvbf8Q7V1pyVD',
    (s) => `The value '${s}' does not match app a1b2`,
  ),
];

const [pem1, pem2, pem3] = [
  'cbWIdNuVlghU9Vta5ZLAzIC3CUrxqScwc3Z2WmVuEiGFnNyCfF2RU8A8SqgbpTrh',
  'ihCbUjNFs1/SdbQV0fWlWuui/oH2oF1Ly6HMVaSydg4c5SNPsAPRCWlG7zkUlZTr',
  'uaCGlY7NuUeylJ8MVnIslMvyku6/8M8Rz38IyAL2X4H=',
] as const;
const begin = (kind: string) => `-----${glue('BEGIN ', kind)}-----`;
const end = (kind: string) => `-----${glue('END ', kind)}-----`;
const rsa = glue('RSA ', 'PRIVATE KEY');
const pkcs8 = glue('PRIVATE', ' KEY');
const encrypted = glue('ENCRYPTED ', 'PRIVATE KEY');
const ec = glue('EC ', 'PRIVATE KEY');
const openssh = glue('OPENSSH ', 'PRIVATE KEY');
const pgp = glue('PGP ', 'PRIVATE KEY BLOCK');

const keys: readonly SecretForm[] = [
  ...forms(
    'PEM over lines',
    [pem1, pem2, pem3],
    (...lines) => `error:0909006C no start line\n${begin(rsa)}\n${lines.join('\n')}\n${end(rsa)}\n`,
  ),
  ...forms(
    'PEM with CRLF',
    [pem1, pem3],
    (...lines) => `${begin(pkcs8)}\r\n${lines.join('\r\n')}\r\n${end(pkcs8)}\r\n`,
  ),
  ...forms(
    'PEM with \\n in JSON',
    [pem1, pem2, pem3],
    (...lines) =>
      String.raw`{"private_key":"${begin(pkcs8)}\n${lines.join('\\n')}\n${end(pkcs8)}\n","client_email":"x"}`,
  ),
  ...forms(
    'PEM with \\n under another name',
    [pem1, pem3],
    (...lines) => String.raw`{"pem":"${begin(pkcs8)}\n${lines.join('\\n')}\n${end(pkcs8)}\n"}`,
  ),
  ...forms(
    'PEM with \\\\n, twice escaped',
    [pem1, pem3],
    (...lines) =>
      String.raw`"{\"k\":\"${begin(pkcs8)}\\n${lines.join('\\\\n')}\\n${end(pkcs8)}\"}"`,
  ),
  ...forms(
    'PEM cut before END',
    [pem1, pem2.slice(0, 41)],
    (...lines) => `could not parse ${begin(ec)}\n${lines.join('\n')}`,
  ),
  ...forms(
    'PEM cut before END, escaped',
    [pem1, pem2.slice(0, 41)],
    (...lines) => String.raw`could not parse "${begin(ec)}\n${lines.join('\\n')}`,
  ),
  ...forms(
    'PEM without its beginning',
    [pem2, pem3],
    (...lines) => `last lines of the file:\n${lines.join('\n')}\n${end(rsa)}`,
  ),
  ...forms(
    'PEM on one line with spaces',
    [pem1, pem3],
    (...lines) => `KEY="${begin(pkcs8)} ${lines.join(' ')} ${end(pkcs8)}"`,
  ),
  ...forms(
    'PEM with indentation',
    [pem1, pem3],
    (...lines) =>
      `tls:\n  key: |\n    ${begin(encrypted)}\n    ${lines.join('\n    ')}\n    ${end(encrypted)}\n  port: 1`,
  ),
  ...forms(
    'PEM with headers',
    [pem1, pem3],
    (...lines) =>
      `${begin(rsa)}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00FF\n\n${lines.join('\n')}\n${end(rsa)}`,
  ),
  ...forms(
    'OpenSSH key',
    [glue('b3BlbnNzaC1rZXktdjEAAAAA', 'Rzr+i79B4dP/d0dl5675PG8nuxDAN/sO+oHu8Lpt'), pem3],
    (...lines) =>
      `Load key: invalid format\n${begin(openssh)}\n${lines.join('\n')}\n${end(openssh)}`,
  ),
  ...forms(
    'PGP key',
    [pem1, pem3],
    (...lines) => `${begin(pgp)}\nVersion: GnuPG v2\n\n${lines.join('\n')}\n=aB3d\n${end(pgp)}`,
  ),
  form(
    'JWK',
    'ShKSJyBQxFSlYNd9p6fbMTdiPSrxis8jrEYXpCcXdAQ',
    (s) => `{"kty":"EC","crv":"P-256","x":"AQ","y":"AQ","d":"${s}"}`,
  ),
];

const vendors: readonly SecretForm[] = [
  form(
    'GitHub, classic',
    glue('gh', 'p_UkEYpJ0Ykwg0rWREHImEQAJFu4FUi7Kn9C9v'),
    (s) => `remote: Invalid credential ${s}`,
  ),
  form(
    'GitHub, app installation',
    glue('gh', 's_z79aG2qZiAtzdhA2EjHoLn2lBMQUhVT8tOc2'),
    (s) => `fatal: could not read from ${s}`,
  ),
  form(
    'GitHub, fine-grained',
    glue(
      'github',
      '_pat_H9j9AWPmE5EdWHWvpojQhC_wBMPZ0xjx5lAuJpIMKncYSMdmovrMHFCpNdECNrsBI7CBXIFQAiv8YMaXoR',
    ),
    (s) => `using ${s} for hlf/export`,
  ),
  form('GitLab', glue('gl', 'pat-XmyQ7Xpr38M8ZOXxgDC4'), (s) => `401 for ${s}`),
  form(
    'Slack bot',
    glue('xo', 'xb-922625753621-6314299017441-m3mrozIndnd7pGY9aHxgcVQN'),
    (s) => `invalid_auth (${s})`,
  ),
  form(
    'Slack app',
    glue(
      'xa',
      'pp-1-A09BHCH29YT-5062101811927-da9fa3232b307fe3d639fad39c1f55a0806627d879df81205debe13d3a7d89ad',
    ),
    (s) => `socket closed for ${s}`,
  ),
  form(
    'Stripe, live',
    glue('sk', '_live_8zXHZ4AxhIDs1BoG2OSW9GUi'),
    (s) => `Invalid API Key provided: ${s}`,
  ),
  form(
    'Stripe, restricted',
    glue(
      'rk',
      '_live_BbmFWChlUpLK8LLdRUuFsaYjTbad05msiIbuLSrmnocJqigWgZ7bkTyjzdMCVVu2BCuk7Z70vIOF1JFQgaCHk6CAFZDWJuXCOhH',
    ),
    (s) => `The key ${s} lacks permissions`,
  ),
  form(
    'Stripe webhook',
    glue('wh', 'sec_aPLALYXqPHFH1E8ShBJuRhTZY1Pid2k3'),
    (s) => `No signatures found matching ${s}`,
  ),
  form(
    'AWS access key id',
    glue('AK', 'IATPWX3H3JZBJQY73O'),
    (s) => `InvalidAccessKeyId: ${s} does not exist`,
  ),
  form('AWS temporary key id', glue('AS', 'IACHXMGNRHGTJEMXXK'), (s) => `ExpiredToken for ${s}`),
  form(
    'Google API key',
    glue('AI', 'zaXm_ltFTcVXYYE47Qjrly5zfwuf1uYVoIcNI'),
    (s) => `API_KEY_INVALID ${s}`,
  ),
  form(
    'Google access token',
    glue(
      'ya',
      '29.a07I2lgUVdvSlQlYrcXRZW9CNiTCnrTH5vQOl8berAtGln3KfdCU_-QuD9HS5twTDH3CMWUXuJxQwDnn_abJYybgPOjYmdnPujJQVMpjFjO-AE16Das6Xol7v9',
    ),
    (s) => `invalid_grant for ${s}`,
  ),
  form(
    'Google client secret',
    glue('GOC', 'SPX-IGXQQkKG7wNG0-SnfCXMa53J9M5K'),
    (s) => `unauthorized_client (${s})`,
  ),
  form(
    'SendGrid',
    glue('S', 'G.vgKa4jnnhepajf8AZCvZYC.BkozNYst7ofV8TUGVuonaPVXdwGedZ4XhNjOVtxAZ5f'),
    (s) => `mail refused with ${s}`,
  ),
  form('npm', glue('np', 'm_EYmQUiNzeuNu3ER8PrAU9CNQMcOqAK16xpT3'), (s) => `E401 ${s}`),
  form(
    'Supabase personal',
    glue('sb', 'p_4c941e03e951294dd875ca2d88eaa998c7a4e522'),
    (s) => `Unauthorized: ${s}`,
  ),
  form(
    'Supabase secret key',
    glue('sb', '_secret_PNUm8RfGaSS3N12a3EOemO_wvC-qFoY'),
    (s) => `Unregistered: ${s}`,
  ),
  form(
    'OpenAI-like',
    glue('s', 'k-5SxWF4sK2y4L2YGkRfaIpTfSgD2Znp75jvUXPF0xcsvO6v8H'),
    (s) => `Incorrect value provided: ${s}.`,
  ),
  form(
    'OpenAI-like, project',
    glue('s', 'k-proj-hwh0Hc1dhQJTWvLYtGvm9XMcTRIW_GdPDMG0zFMAw93fifBXeC4v1XZLyIZelmpqKBM96BMlBK'),
    (s) => `Incorrect value provided: ${s}.`,
  ),
  form(
    'Anthropic-like',
    glue(
      's',
      'k-ant-api03-LLjNSUXIowzzYpkOKx5BfaMbY5BTijo-8in2kDUlB6kgQvLFIiabiTVYYN1Nc-qAzApBeKzfU60TMeZpae2qeShri9pD4AA',
    ),
    (s) => `refused ${s}`,
  ),
  form(
    'DigitalOcean',
    glue('do', 'p_v1_136ba0d603121577b4b4e2dfd98edf7d8c6a0a2f7938a6d11130af1f0b197fbe'),
    (s) => `Unable to authenticate ${s}`,
  ),
  form(
    'Hashicorp Vault',
    glue(
      'hv',
      's.bjsVWaSNYvKS9y0i97ZQ7aN-h-cR-WrBPsliv2TKKacbEkw_WTYQWf-yrtXLIbmw9sb1QT_QZPKPGwIxHHj5hCoyMe',
    ),
    (s) => `permission denied for ${s}`,
  ),
  form('Docker Hub', glue('dc', 'kr_pat_TpzqmyVhNI8YweLFQoaLfgX835z'), (s) => `denied: ${s}`),
  form(
    'Shopify',
    glue('sh', 'pat_f6bf7fcafd3103fa0fb2edea20a35d61'),
    (s) => `[API] ${s} is not valid`,
  ),
  form(
    'Hugging Face',
    glue('h', 'f_6F1Xu3fBW0wRuCujxHyMtkAtvKJojACYlw'),
    (s) => `Repository not found with ${s}`,
  ),
  form(
    'vendor prefix at the end of a path',
    glue('gh', 'o_EuCJ9GO1tius8RMYBUZ4dJ36gw3869BG41Mc'),
    (s) => `/tmp/askpass-${s}`,
  ),
  form(
    'vendor prefix within quotes and escapes',
    glue('gl', 'pat-0gV5GCY2PlgMVshgq5lX'),
    (s) => String.raw`{\"t\":\"${s}\"}`,
  ),
];

const oauth: readonly SecretForm[] = [
  ...forms(
    'answer of the token endpoint',
    [
      'q7_EX71IWIXwLH4JE3Kw1caRd_NLgDrFivp2yyxvDi3Ky5DK5YA4BPOUncit2XSGUbY1vGH4QVI7TkqbpYhLNEAsGUFnYZK89CRLRwfQoTpB5j3-A_C-KT2m',
      '1.AXkAZ6knQc_UcW_B7CBykVLz3CXquNXjPzywsyo1pf6uV1eiFEPfLr8N3tj_RzmaL9NmSVkWbdUWxUAuNx0PlFwPVQ',
      'zPudlXIuOzwFsNrPMF-Jn57ly8BGIguaZdpkZtSc6vySPkDZu8RIJz-qIxQKP5ib',
    ],
    (a = '', b = '', c = '') =>
      `{"token_type":"Bearer","expires_in":3599,"access_token":"${a}","refresh_token":"${b}","id_token":"${c}"}`,
  ),
  form(
    'unexpected answer, opaque token',
    'UAaeclO4NGOpSEPtEwvafZAXPDpzSqVIW6vfTefIYM2Z8Qkd2oV3qiqane7jcTHI',
    (s) =>
      `Expected "expires_in" to be a number: {"access_token": "${s}", "token_type": "bearer", "expires_in": "soon"}`,
  ),
  form(
    'device_code',
    'qvshTJOZhXoMTqWFhA08Uk5IbrggP7SRAqWgEWp_i2gKfwzz8LSIshzuOgW7uoeOEndf_8NEhLDAGIQAeWPy3J',
    (s) => `{"user_code":"A1B2","device_code":"${s}","interval":5}`,
  ),
  form(
    'answer in form encoding',
    '46QvWe5nTHEgQpIg-E1EDSZ0fv_tnH5ujd4--1cyxFdnLsKNSPF4iJnJ3oEnFti1',
    (s) => `access_token=${s}&token_type=bearer&scope=`,
  ),
  form(
    'refresh token in camel case',
    'Uk9oRvmZMIEI20GOa4R2el9mq-Z4Tw-zaSUcADR4bTW8Dmj6jpobaEQKmmG9BeHK',
    (s) => `{ accessTokenExpires: 1772447700, refreshToken: '${s}' }`,
  ),
  form(
    'assertion of a grant',
    'rjfWlgVNjL1Dx8FXEERK7/8YGIcgOg4Rr/KFYc5gm0Q46JNjgiUuxwmzmPUPSmDmvUYppjXgcG9IMjzE/o+qI3==',
    (s) => `grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Asaml2-bearer&assertion=${s}`,
  ),
  form(
    'client_assertion in JSON',
    'AETXr4OUXi70wgwYtZ-dR6IG17At8qkYEdeeaYvnxNzkiOb8YrhOavuVVYfgusGE_OsCWs_kJOKNzaztuLuVQ8rrC_-s2aCw7kjDUV4d477lN4xFrvDaFYw1',
    (s) => `{"client_assertion":"${s}","client_id":"a1"}`,
  ),
  form(
    'code_verifier in an object dump',
    'lU8zrsqq1WZ9iEppSYY3zsiTCCy0WN5pffU-qEfZzHC',
    (s) => `{ code_verifier: '${s}', redirect_uri: 'x' }`,
  ),
];

const norwegian: readonly SecretForm[] = [
  form(
    'passord',
    'Bre-nordlys4341*woqu',
    (s) => `Innlogging feilet: brukernavn=export;passord=${s}`,
  ),
  form('Passord with a colon', 'Nordlys-lyng7183*JTuj', (s) => `Bruker: export\nPassord: ${s}`),
  form(
    'hemmelighet in JSON',
    'qzy8Q~yNbR404OYdkzR-iS_f8aCfP.ncS_e8X~~w',
    (s) => `{"klient":"a1","hemmelighet":"${s}"}`,
  ),
  form(
    'klienthemmelighet',
    'ZpQ8Q~AIcYH0swBOmGGZqKr33Fc7AaIwLrCqOIQ3',
    (s) => `klienthemmelighet = "${s}"`,
  ),
  form('API-nøkkel', 'HBZNEN2d6FUyF981VxrRA1Cun6YNqer7', (s) => `{"api-nøkkel":"${s}"}`),
  form('tilgangsnøkkel', 'qrtBtfsWZ5HDyOSzYAqaQoNJp6ntz1jb', (s) => `tilgangsnøkkel=${s}&side=2`),
  form(
    'passordet in XML',
    'Vidde.hegg9820-wgl2',
    (s) => `<Bruker>export</Bruker><Passord>${s}</Passord>`,
  ),
  form(
    'passord among words',
    'zw9OfW6wTVUFUoz1Qtca',
    (s) => `Feil passord '${s}' for bruker export`,
  ),
];

const prose: readonly SecretForm[] = [
  form(
    'invalid API key, colon',
    'eqAygSfiexgXSB6hoSBlaAZpIVUzhFX3',
    (s) => `Invalid API key: ${s}`,
  ),
  form(
    'incorrect API key provided',
    'JHl1wMJNuTCJLrr9CpzyZoNoMFReZjG1BreteDBb',
    (s) => `Incorrect API key provided: ${s}. Check it in your account settings.`,
  ),
  form(
    'invalid token, colon',
    'dfd69eea91e6ce9ce916bd3ff4745e6a62138c17',
    (s) => `401 invalid token: ${s}`,
  ),
  form(
    'token in quotes has expired',
    'KRjf22Y7cC2Hw24sQSpSyuyIwCIsg08YLOVEnf8U',
    (s) => `The token '${s}' has expired`,
  ),
  form(
    'password in double quotes',
    'Bjork_fjell3541-CFA2',
    (s) => `Login failed for user "export" with password "${s}"`,
  ),
  form(
    'client secret with a space, colon',
    'oxeKYzuP0nmmtslFSRwMvVP4wzaQj1AuQg61XrpI',
    (s) => `Wrong client secret: ${s}`,
  ),
];

// Where masking and cutting meet

const long: readonly SecretForm[] = [
  form(
    'bearer over the place where texts are cut',
    'MsOIxThrNJq5i904Bi2iUwKbUMBojsnyc4wmHdFAgEndIQIMjVS7WnIcwR1ukGeG',
    (s) => `${'The ledger refused the line. '.repeat(16)}Authorization: Bearer ${s}`,
  ),
  form(
    'JSON value over the place where texts are cut',
    '2NJqVq8qaO530NOrookvo0fo029afkQCVS2l5piM5EnWtbakD9dcwYloCHaTapeg',
    (s) => `${'Bilaget ble avvist av regnskapet. '.repeat(13)}{"client_secret":"${s}","x":1}`,
  ),
  form(
    'URL password cut before its at sign',
    'cAfwL4rdGHq7ak04msGX1yLfRj8KflqXf1HnHtmZgiaCfljuPpwv6Gb86Nr52aNu',
    (s) =>
      `${'The ledger refused the line. '.repeat(15)} postgres://export:${s}@db:5432/accounting`,
  ),
  form(
    'private key after a long text',
    pem1,
    (s) => `${'Rad avvist. '.repeat(36)}${begin(rsa)}\n${s}\n${pem3}\n${end(rsa)}`,
  ),
  form(
    'after many kilobytes of markup',
    '4oeiNaVlkxPQGaP0kBgpJUNdZKvLE1qe3MdeEsn8',
    (s) => `${'<p>502 Bad Gateway</p>'.repeat(900)}token=${s}`,
  ),
  form(
    'before many kilobytes',
    '29D22DH7cmhLMXu9FgmoThTzh8pF5Y3wdtvLoBtI',
    (s) => `token=${s}&x=${'a'.repeat(20_000)}`,
  ),
];

function group(name: string, list: readonly SecretForm[]): readonly SecretForm[] {
  return list.map((entry) => ({ ...entry, name: `${name}: ${entry.name}` }));
}

export const secretForms: SecretForm[] = [
  ...group('header', authorization),
  ...group('key header', keyHeaders),
  ...group('cookie', cookies),
  ...group('JSON', json),
  ...group('form body', formBodies),
  ...group('query', queryStrings),
  ...group('YAML', yaml),
  ...group('XML', xml),
  ...group('configuration', configuration),
  ...group('shell', shell),
  ...group('object', objects),
  ...group('connection', connections),
  ...group('database', database),
  ...group('token', tokens),
  ...group('private key', keys),
  ...group('vendor', vendors),
  ...group('OAuth', oauth),
  ...group('Norwegian', norwegian),
  ...group('prose', prose),
  ...group('long', long),
];
