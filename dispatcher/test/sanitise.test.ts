/**
 * The two nets that know no values, the database's and the dispatcher's: the same text in gives the
 * same text out, no secret gets through either, and what is innocent is left as it is.
 */
import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import t from 'tap';

import { sanitise } from '../sanitise.ts';
import { createTestDatabase } from './support/database.ts';
import { forms, innocent, known } from './support/secret-forms.ts';

// On a busy machine the default is too short.
t.setTimeout(300_000);

const { pool } = await createTestDatabase(t);

/** What the database makes of texts. */
async function inDatabase(texts: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ text: string }>(
    `select accounting.sanitise_error(x) as text
     from unnest($1::text[]) with ordinality as x (x, n) order by n`,
    [texts],
  );
  return rows.map(({ text }) => text);
}

/** What is wrong with how a text is sanitised, in either net; nothing if all is well. */
async function differences(texts: readonly string[]): Promise<unknown[]> {
  const there = await inDatabase(texts);
  const again = await inDatabase(there);
  return texts.flatMap((text, i) => {
    const here = sanitise(text);
    const isSame = here === there[i] && here === again[i] && here === sanitise(here);
    return isSame ? [] : [{ text, here, again: sanitise(here), there: there[i], twice: again[i] }];
  });
}

const secrets = [
  'hunter2x',
  'S3cr3t-V4l.9',
  'p@ss;w0rd!x',
  'abcDEF123+/xyz==',
  'kort-og-godt1',
  'Sup3r_S3crt~x',
  'a9,b8(c7)d6',
  'h#1&2$3%4^5*',
  'Tøyen-20x6-Åse',
  '3f2a9c1d77e04b',
];

/** Whether five signs of a secret in a row are left. */
function isTold(secret: string, text: string): boolean {
  const writings = [secret, encodeURIComponent(secret)];
  return writings.some((writing) =>
    [...writing].some((_, i) => i + 5 <= writing.length && text.includes(writing.slice(i, i + 5))),
  );
}

await t.test('no secret gets through in any form', async (t) => {
  const texts = Object.values(forms).flatMap((form) => secrets.map((secret) => form(secret)));
  const told = Object.entries(forms).flatMap(([name, form]) =>
    secrets
      .filter((secret) => isTold(secret, sanitise(form(secret))))
      .map((secret) => [name, form(secret), sanitise(form(secret))]),
  );
  t.same(told, []);
  t.same(await differences(texts), [], 'and both nets agree, the second time as well');
  t.ok(Object.keys(forms).length >= 120);
});

await t.test('what is secret by its form alone does not get through', async (t) => {
  const around = [
    ['', ''],
    ['sent ', ' to it'],
    ['"', '"'],
    ['(', ')'],
    ['said: ', '. Then'],
  ] as const;
  const texts = known.flatMap((secret) => around.map(([a, b]) => `${a}${secret}${b}`));
  const expected = known.flatMap(() => around.map(([a, b]) => `${a}[masked]${b}`));
  // A key that is cut before its end takes along what follows.
  const isOpen = (i: number) => {
    const secret = known[Math.floor(i / around.length)] ?? '';
    return secret.includes('-----BEGIN') && !secret.includes('-----END');
  };
  const wrong = texts.filter((text, i) =>
    isOpen(i)
      ? !(expected[i] ?? '').startsWith(sanitise(text))
      : sanitise(text).replace(/\\n|\./g, '') !== expected[i]?.replace('.', ''),
  );
  t.same(
    wrong.map((text) => [text, sanitise(text)]),
    [],
  );
  t.same(await differences(texts), []);
});

await t.test('innocent words stay as they are', async (t) => {
  const codes = JSON.parse(
    readFileSync(new URL('fixtures/business-central-errors.json', import.meta.url), 'utf8'),
  ) as string[];
  const texts = [...innocent, ...codes];
  t.same(await inDatabase(texts), texts);
  t.same(texts.map(sanitise), texts);
});

await t.test('every form in every surrounding, cut at any place: both agree', async (t) => {
  const surrounding = fc.constantFrom(
    (x: string) => x,
    (x: string) => JSON.stringify({ message: x }),
    (x: string) => JSON.stringify({ body: JSON.stringify({ message: x }) }),
    (x: string) => `HTTP 400: ${x}\nRequest 6f1c2a52-3b1e-4c77-9d0e-0a1b2c3d4e5f`,
    (x: string) => `  ${x}  `,
    (x: string) => `${'word '.repeat(95)}${x}${' word'.repeat(30)}`,
    (x: string) => encodeURIComponent(x),
    (x: string) => `<m>${x}</m>`,
    (x: string) => `${x}; ${x}`,
    (x: string) => `${x}\n${x}`,
  );
  const secret = fc.oneof(
    fc.constantFrom(...secrets, ...known),
    fc.string({ minLength: 4, maxLength: 40, unit: 'grapheme-ascii' }),
  );
  const text = fc
    .tuple(fc.constantFrom(...Object.values(forms)), surrounding, secret, fc.nat())
    .map(([form, around, value, at]) => {
      const said = around(form(value));
      return at % 2 === 0 ? said : said.slice(0, at % said.length);
    });
  const noise = fc
    .array(
      fc.constantFrom(
        ...'token password= : " \' \\ \n & ; , { } [ ] ( ) < > / @ % … eyJabcdef Bearer Authorization: -p -- a1'.split(
          ' ',
        ),
        ' ',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(text, noise), { minLength: 50, maxLength: 50 }),
      async (texts) => {
        t.same(await differences(texts), []);
        return true;
      },
    ),
    { numRuns: 40 },
  );
});

await t.test('a hostile length costs little', async (t) => {
  for (const part of [
    'a',
    'a@',
    'token',
    'token=',
    'password: "',
    '\\',
    '\\"',
    '{"token":{',
    '[',
    '(',
    'eyJ',
    '://',
    '://a:b',
    ' ',
    '\n',
    '-----BEGIN PRIVATE KEY-----',
    'Authorization: a ',
    'Cookie: a=b;',
    '-u a:',
    '--token ',
    'mysql -',
    '<token>',
    '&quot;',
    '%22',
    '&lt;token&gt;',
    'a1-',
    'login a password ',
    'name="token"\n\n',
    '+4791',
    'token is ',
    'token is ',
    "''",
    'a.b-',
    'Aa0',
    '%25',
    'a=;',
    ',a',
    ';',
  ]) {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));
    const started = performance.now();
    const here = sanitise(text);
    const between = performance.now();
    const [there] = await inDatabase([text]);
    const ended = performance.now();
    t.equal(here, there, part);
    t.ok(here.length <= 500);
    t.ok(between - started < 3_000, `${part}: ${Math.round(between - started)} ms here`);
    t.ok(ended - between < 6_000, `${part}: ${Math.round(ended - between)} ms there`);
    t.comment(
      `${JSON.stringify(part)} ${Math.round(between - started)} ${Math.round(ended - between)}`,
    );
  }
});
