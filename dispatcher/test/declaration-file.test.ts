/** How a declaration's file is read: what is text, what is front matter, and what is wrong with it. */
import t from 'tap';

import { DeclarationFileError, parseDeclarationFile } from '../declaration-file.ts';

const parse = (content: string | Uint8Array) =>
  parseDeclarationFile('f.txt', typeof content === 'string' ? Buffer.from(content) : content);

await t.test('text is what comes after the front matter, without blank lines around it', (t) => {
  const content =
    '---\r\nlanguage: nb\r\nvalid_from: 2027-01-01\r\n---\r\n\r\n  En.\r\n\r\nTo. \r\n\r\n';
  t.same(parse(content), {
    frontMatter: { language: 'nb', valid_from: '2027-01-01' },
    body: '  En.\n\nTo.',
    firstLineNo: 6,
  });
  t.same(parse('En.\n---\nTo.'), { frontMatter: {}, body: 'En.\n---\nTo.', firstLineNo: 1 });
  t.same(parse('---\n---\nEn.'), { frontMatter: {}, body: 'En.', firstLineNo: 3 });
  t.end();
});

await t.test('each fault is told with its line', (t) => {
  const nb = '---\nlanguage: nb\n---\n';
  const cases: readonly [string, string | Uint8Array, RegExp[]][] = [
    [
      'another encoding',
      Buffer.from(`${nb}Blåbær\nBær\n`, 'latin1'),
      [/^f\.txt:4: it is not UTF-8/, /:5: /],
    ],
    ['UTF-16', Buffer.from(`${nb}Tekst\n`, 'utf16le'), [/^f\.txt:1: it has a null byte/]],
    ['half a character', Buffer.from('Bl\u00e5').subarray(0, 3), [/^f\.txt:1: it is not UTF-8/]],
    ['a surrogate', Buffer.from([0xed, 0xa0, 0x80]), [/^f\.txt:1: it is not UTF-8/]],
    ['a mark', `\ufeff${nb}Tekst\n`, [/^f\.txt:1: .*byte order mark/]],
    ['a null byte', `${nb}Tek\u0000st\n`, [/^f\.txt:4: it has a null byte/]],
    ['no end', '---\nlanguage: nb\nTekst\n', [/^f\.txt:1: the front matter has no end/]],
    [
      'keys',
      '---\nlanguage: nb\nsigned_off: true\nstate: x\n---\n',
      [/:3: signed_off is not/, /:4: state is not/],
    ],
    ['a day', '---\nvalid_from: 2027-02-30\n---\n', [/:2: valid_from: is a day/]],
    [
      'values',
      '---\n\nway_of_acknowledging: nod\nvalidity: [once]\n---\n',
      [/:3: way_of/, /:4: validity/],
    ],
    ['YAML', '---\nlanguage: {nb\n---\nTekst\n', [/:[23]: the front matter is not YAML/]],
    ['twice', '---\nlanguage: nb\nlanguage: nn\n---\n', [/:3: the front matter is not YAML/]],
    ['an alias', '---\nlanguage: &a nb\nvalidity: *a\n---\n', [/the front matter/]],
    ['a list', '---\n- nb\n---\n', [/the front matter/]],
  ];
  for (const [name, content, expected] of cases) {
    void t.test(name, (t) => {
      t.plan(1 + expected.length);
      try {
        parse(content);
      } catch (error) {
        t.ok(error instanceof DeclarationFileError);
        const { problems } = error as DeclarationFileError;
        expected.forEach((one, index) => t.match(problems[index], one));
      }
    });
  }
  t.end();
});

t.end();
