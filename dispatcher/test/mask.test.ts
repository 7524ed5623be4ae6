import fc from 'fast-check';
import t from 'tap';

import type { FrozenInput } from '../adapters/adapter.ts';
import { createMask } from '../mask.ts';
import { candidates, indexOf } from '../mask-patterns.ts';

/** Ways in which a remote gives back what it was sent, each with its own escaping. */
const forms: Readonly<Record<string, (value: string) => string>> = {
  'as it is': (value) => value,
  'in capitals': (value) => value.replace(/[a-z]/g, (sign) => sign.toUpperCase()),
  'in an address': (value) => encodeURIComponent(value),
  'in an address, in small letters': (value) =>
    encodeURIComponent(value).replace(/%../g, (sign) => sign.toLowerCase()),
  'in an address, twice': (value) => encodeURIComponent(encodeURIComponent(value)),
  'in a form': (value) => new URLSearchParams({ v: value }).toString().slice(2),
  'in JSON': (value) => JSON.stringify(value).slice(1, -1),
  'in JSON in JSON': (value) => JSON.stringify(JSON.stringify(value)).slice(3, -3),
  'in JSON of ASCII': (value) =>
    JSON.stringify(value)
      .slice(1, -1)
      .replace(/[^ -~]|[+<>&']/g, (sign) => `\\u${hex(sign).padStart(4, '0').toUpperCase()}`),
  'in HTML': (value) => value.replace(/[<>&"']/g, (sign) => `&#x${hex(sign)};`),
  'in HTML, by names': (value) =>
    value
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;'),
  'in base64': (value) => Buffer.from(value).toString('base64'),
  'in base64url': (value) => Buffer.from(value).toString('base64url'),
  'in hex': (value) => Buffer.from(value).toString('hex'),
  'in hex, in capitals': (value) => Buffer.from(value).toString('hex').toUpperCase(),
};

function hex(sign: string): string {
  return sign.charCodeAt(0).toString(16);
}

/** Printable secrets as they are handed out, and worse. */
const secret = fc.oneof(
  fc.string({ minLength: 4, maxLength: 60, unit: 'grapheme-ascii' }),
  fc.string({ minLength: 4, maxLength: 40, unit: 'grapheme' }),
  fc.base64String({ minLength: 8, maxLength: 60 }),
);
const trimmed = secret.filter((value) => value.trim() === value && value.normalize() === value);
const around = fc.constantFrom('', ' ', '"', 'token=', '{"a": "', '…');

function inputOf(name: string, text: string | null): FrozenInput {
  return {
    version: 1,
    system: 'xledger',
    mapper_version: 'xledger/1',
    organisation: { id: '1', name: 'BF', prefix: 'BF' },
    settings: {},
    posting_date: '2026-03-02',
    mappings: {},
    claims: [
      {
        claim_id: '00000000-0000-4000-8000-000000000001',
        reference: 'BF-1',
        kind: 'travel_expense',
        claimant_id: 'p',
        claimant_name: name,
        currency: 'NOK',
        total: '1.00',
        lines: [
          {
            line_no: 1,
            type: 'mileage',
            date: '2026-03-02',
            amount: '1.00',
            quantity: null,
            text,
          },
        ],
      },
    ],
  };
}

for (const [title, form] of Object.entries(forms)) {
  void t.test(`no secret survives ${title}`, (t) => {
    fc.assert(
      fc.property(trimmed, around, around, (value, before, after) => {
        const said = form(value);
        for (const mask of [
          createMask({ token: value }, null),
          createMask({ client_id: 'an-id-of-a-client', client_secret: value }, null),
          createMask(null, null, [value]),
          createMask(null, inputOf('Kari Nordmann', value)),
        ]) {
          const masked = mask(`${before}${said}${after}${said}`);
          // What surrounds it, or masks it, may hold a short value by chance.
          if (!`${before}[masked][text]${after}`.toLowerCase().includes(said.toLowerCase())) {
            if (masked.includes(said)) return false;
          }
        }
        return true;
      }),
      { numRuns: 300 },
    );
    t.end();
  });
}

void t.test('a secret is not told by a base64 that holds it and more, as in Basic', (t) => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 9, unit: 'grapheme-ascii' }),
      trimmed.filter((value) => Buffer.byteLength(value) >= 12),
      (id, value) => {
        const masked = createMask(
          { client_id: 'some-client', client_secret: value },
          null,
        )(`Basic ${Buffer.from(`${id}:${value}`).toString('base64')}`);
        const left = Buffer.from(masked.replace('[masked]', '').slice(6), 'base64').toString();
        return masked.includes('[masked]') && !left.includes(value.slice(0, 4));
      },
    ),
  );
  t.end();
});

const everySign: Readonly<Record<string, (value: string) => string>> = {
  'in an address, every sign': (value) => Buffer.from(value).toString('hex').replace(/../g, '%$&'),
  'in JSON, every sign': (value) =>
    Array.from(
      { length: value.length },
      (_, i) => `\\u${value.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  'in HTML, every sign': (value) =>
    [...value].map((sign) => `&#${String(sign.codePointAt(0))};`).join(''),
  'in HTML, every sign, in hex': (value) =>
    [...value].map((sign) => `&#x${(sign.codePointAt(0) ?? 0).toString(16)};`).join(''),
  'as bytes of a program': (value) => Buffer.from(value).toString('hex').replace(/../g, '\\x$&'),
  'in hex with blanks': (value) =>
    Buffer.from(value)
      .toString('hex')
      .replace(/..(?=.)/g, '$& '),
  'in base64 twice': (value) =>
    Buffer.from(Buffer.from(`user:${value}`).toString('base64')).toString('base64'),
  'in base64 of UTF-16': (value) => Buffer.from(value, 'utf16le').toString('base64'),
  'in base64 for an address': (value) =>
    encodeURIComponent(Buffer.from(`id:${value}`).toString('base64')),
};

for (const [title, form] of Object.entries(everySign)) {
  void t.test(`no secret survives ${title}`, (t) => {
    const value = fc
      .string({ minLength: 10, maxLength: 60, unit: 'grapheme-ascii' })
      .filter((text) => text.trim() === text);
    fc.assert(
      fc.property(value, around, around, (value, before, after) => {
        const masked = createMask({ token: value }, null)(`${before}${form(value)}${after}`);
        return masked.includes('[masked]') && !masked.includes(form(value).slice(0, 12));
      }),
      { numRuns: 300 },
    );
    t.end();
  });
}

void t.test('a secret that is cut is masked, at whichever end', (t) => {
  const value = 'Hk7~pQ2x.Zt9-wB4_vN6';
  const mask = createMask({ token: value }, null);
  for (let length = 6; length < value.length; length += 1) {
    t.match(mask(`was ${value.slice(0, length)}…`), /^was \[masked\]\.?…$/);
    t.equal(mask(`${value.slice(-length)}" was it`), '[masked]" was it');
    if (length > 10) t.equal(mask(`a ${value.slice(0, length)} b`), 'a [masked] b');
  }
  const lines = Buffer.from(`user:${value.repeat(3)}`)
    .toString('base64')
    .replace(/.{76}/g, '$&\n');
  const masked = createMask({ token: value.repeat(3) }, null)(lines);
  t.equal(masked.replace('=', ''), '[masked]', 'base64 in lines');
  t.end();
});

void t.test('what looks like a secret is masked though nobody knows it', (t) => {
  const mask = createMask(null, null);
  t.equal(mask('{"password":"x y","n":1}'), '{"password":[masked],"n":1}');
  t.end();
});

void t.test('names go as a whole and word by word, texts as a whole', (t) => {
  const mask = createMask(null, inputOf('Nordmann, Kari Ødegård', 'Visit to my doctor'));
  t.equal(mask('Nordmann, Kari Ødegård'), '[name]');
  t.equal(mask('KARI said: ødegård is wrong'), '[name] said: [name] is wrong');
  t.equal(mask('Kari \\u00D8deg\\u00e5rd, %C3%98deg%c3%a5rd'), '[name] [name], [name]');
  t.equal(mask('“visit to my doctor” is too long'), '“[text]” is too long');
  t.equal(mask('Ødegård'.normalize('NFD')), '[name]', 'also if its letters come in parts');
  t.end();
});

void t.test(
  "a claimant's words are known in the form in which they were sent: cut, in one line",
  (t) => {
    const input = inputOf('Kari Nordmann', `Visit to\nmy doctor, ${'then on '.repeat(60)}`);
    const sent = {
      ...input,
      mapper_version: 'xledger/2',
      settings: { line_text: '{date} {text}' },
    };
    const mapping = { account: '7100', tax_code: null, dimensions: {} };
    const said = `2026-03-02 Visit to my doctor, ${'then on '.repeat(60)}`.slice(0, 255).trim();
    const mask = createMask(null, { ...sent, mappings: { mileage: mapping } });
    t.equal(mask(`The text "${said}" is too long.`), 'The text "[text]" is too long.');
    t.equal(createMask(null, sent)(said), said, 'what has no account was never sent');
    const own = { ...sent, settings: {}, mappings: { mileage: mapping } };
    t.equal(createMask(null, own)('mileage 2026-03-02 BF-1'), 'mileage 2026-03-02 BF-1');
    t.end();
  },
);

void t.test('what is short is left alone, or every sentence would be masked', (t) => {
  const mask = createMask({ token: 'abc' }, inputOf('Li Bo', 'og'));
  t.equal(mask('abc og Li'), 'abc og Li');
  t.equal(mask('Li Bo'), '[name]', 'a whole name is long enough');
  t.end();
});

void t.test('what is neither secret nor personal stays as it is', (t) => {
  const mask = createMask({ token: 'T0ken-value' }, inputOf('Kari Nordmann', 'Visit'));
  const words = 'Account 7100 does not exist. BF-1, amount 100.50 (id 3f2c)';
  t.equal(mask(words), words);
  t.end();
});

void t.test('signs that mean something to a pattern are taken as they are', (t) => {
  const mask = createMask({ token: 'a.c*(d)[e]$^|\\{2}' }, null);
  t.equal(mask('a.c*(d)[e]$^|\\{2}'), '[masked]');
  t.equal(createMask({ token: 'a.c*(d)' }, null)('abc*(d)'), 'abc*(d)');
  t.equal(createMask({ token: '$&$1$$' }, null)('x $&$1$$ y'), 'x [masked] y');
  t.end();
});

void t.test('a hostile length costs little, and is cut', (t) => {
  const claims = inputOf('Kari Nordmann', null).claims;
  const [one] = claims;
  const many = Array.from({ length: 500 }, (_, i) => ({
    ...(one as (typeof claims)[number]),
    claimant_name: `Person${i} Nummer${i}`,
  }));
  const mask = createMask({ token: 'a%'.repeat(50) }, { ...inputOf('x', null), claims: many });
  const started = performance.now();
  const masked = mask('a%'.repeat(2_500_000));
  t.ok(masked.length <= 4_000);
  t.ok(performance.now() - started < 3_000, `${Math.round(performance.now() - started)} ms`);
  t.end();
});

/** The texts of a run of 500 claims with ten lines each. */
const runOfTexts = Array.from({ length: 5_000 }, (_, i) => ({
  text: `Visit ${i} to the member in street ${i * 7}, with papers & a box that is heavy, by car`,
  replacement: '[text]',
}));

void t.test('of a whole run, only what a message holds gets a pattern', (t) => {
  const index = indexOf(runOfTexts);
  const found = (message: string) =>
    candidates(index, message).map(({ value, patterns }) => [value.text, patterns.length]);
  const text = runOfTexts[4_321]?.text ?? '';
  const around = 'Account 7100 does not exist, says line 3 of the voucher. '.repeat(3);
  t.same(found(around), [], 'a message without any of them costs no pattern');
  for (const form of Object.values(forms)) {
    const patterns = found(`${around}"${form(text)}"`);
    t.ok(patterns.length < 10, `${patterns.length} of 5,000`);
    t.ok(patterns.some(([value]) => value === text));
  }
  t.end();
});

void t.test('a value that signs without letters begin is found, whatever case it is in', (t) => {
  const values = ['Ødegårdsveien', 'ÆØÅæøå', '日本語です', 'Кари Нордманн', 'is so'];
  const index = indexOf(values.map((text) => ({ text, replacement: '[text]' })));
  const message = 'ØDEGÅRDSVEIEN æøåæøå \\u65e5\\u672c語です КАРИ%20нордманн iſ ſo';
  t.same(
    candidates(index, message)
      .map(({ value }) => value.text)
      .sort(),
    [...values].sort(),
  );
  t.same(candidates(index, 'Ødegard, ÆØ, 日本, Кари, soon'), []);
  t.end();
});

void t.test('a mask takes out the tokens that came after it was made', (t) => {
  const tokens = new Set<string>();
  const mask = createMask(null, null, tokens);
  t.equal(mask('said first-token'), 'said first-token');
  tokens.add('first-token');
  t.equal(mask('said first-token'), 'said [masked]');
  t.end();
});
