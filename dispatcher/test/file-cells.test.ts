/** FAULT 72: what a spreadsheet would take for a formula, and other odd text, in each CSV layout. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import t from 'tap';

import { plainText, safeText, typed } from '../adapters/file/cells.ts';
import { CSV_HEADER, GL_CSV_HEADER } from '../adapters/file/layouts.ts';
import { produceFile } from '../adapters/file/produce.ts';
import { fitText } from '../adapters/texts.ts';
import { UnmappableError } from '../adapters/unmappable-error.ts';
import { BATCH_KEY, fileClaim, fileClaimId, fileInput } from './support/file-input.ts';

/** Text made of what hurts, and of ordinary characters. */
const oddText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '\t', '\r', '\n', '\r\n', '"', "'"],
        ...[';', ',', '|', ' ', '\u00a0', '\u3000', '\0', '\ud800', '\udc00', '\u202e', '\u200b'],
        ...['\ufeff', '\u2028', '\u0085', '\u001b', "=cmd|' /C calc'!A0", '+4799999999', '-12,50'],
        ...['safe\n=cmd', 'Åse', '名'],
      ),
      fc.string({ unit: 'binary' }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const signs = /^[\s"']*[=+\-@＝＋－＠﹦﹢﹣﹫]/u;
/** A control or invisible character, a line break, half a surrogate pair. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Whether a spreadsheet would compute the cell: an apostrophe in front makes it a text. */
function computes(cell: string): boolean {
  const start = /^[\s"]*/u.exec(cell)?.[0].length ?? 0;
  return cell[start] !== "'" && signs.test(cell);
}

void t.test('free text computes nothing, whichever separator a file is opened with', (t) => {
  fc.assert(
    fc.property(oddText, (words) => {
      const cell = safeText(words);
      for (const part of [cell, ...cell.split(/[,;|\t]/)]) {
        if (computes(part)) throw new Error(`computes: ${JSON.stringify(part)}`);
      }
      if (unprintable.test(cell)) throw new Error(`odd characters: ${JSON.stringify(cell)}`);
      return !/^\s|\s$/.test(cell);
    }),
    { numRuns: 20_000 },
  );
  t.end();
});

void t.test('what is no formula stays as it was written', (t) => {
  for (const words of [
    'Kari Eksempel BF-2026-00001',
    "O'Brien",
    'Åse-Marie (E6)',
    '1 = 1',
    'a+b',
  ]) {
    t.equal(safeText(words), words);
  }
  for (const [words, cell] of [
    ['=cmd|x', "'=cmd|x"],
    [' =x', "'=x"],
    ['\u00a0\u00a0@x', "'@x"],
    ['+47 99 99 99 99', "'+47 99 99 99 99"],
    ['-12,50', "'-12,50"],
    ['\t=x', "'=x"],
    ['＝x', "'＝x"],
    ['safe\n=cmd', 'safe =cmd'],
    ['x;=y', "x;'=y"],
    ['x,"=y', 'x,"\'=y'],
    ['a\0b\ud800c', 'a b\ufffdc'],
    ['\u202eevil', 'evil'],
  ] as const) {
    t.equal(safeText(words), cell, JSON.stringify(words));
  }
  t.equal(plainText('=x'), '=x', 'JSON is no spreadsheet');
  t.end();
});

void t.test('codes, dates and references fit their pattern or get into no file', (t) => {
  for (const [kind, value] of [
    ['account', '-5'],
    ['account', '=1'],
    ['tax code', '+1'],
    ['reference', 'bf-1'],
    ['reference', '-1'],
    ['dimension value', '@x'],
    ['dimension value', '1\n2'],
    ['dimension', 'a=b'],
    ['date', '02.03.2026'],
    ['expense type', '=x'],
  ] as const) {
    t.throws(() => typed(kind, value), UnmappableError, `${kind} ${value}`);
  }
  t.equal(typed('account', '7140.10'), '7140.10');
  t.equal(typed('dimension value', 'Oslo Øst'), 'Oslo Øst');
  t.end();
});

for (const { format, delimiter, header, numbers } of [
  { format: 'csv', delimiter: ',', header: CSV_HEADER, numbers: ['Debit', 'Credit'] },
  { format: 'xledger_gl_csv', delimiter: ';', header: GL_CSV_HEADER, numbers: ['Amount'] },
] as const) {
  void t.test(`a parser reads ${format} back cell by cell, whatever a person is called`, (t) => {
    fc.assert(
      fc.property(oddText, (name) => {
        const input = fileInput([fileClaim(1, { claimant_name: name })], {
          format,
          posting_1: 'project',
          posting_2: 'glObject1',
        });
        const content = produceFile(input, BATCH_KEY, [fileClaimId(1)]).file?.content ?? '';
        const rows = parse(content, { delimiter, record_delimiter: '\r\n' });
        const [first, ...lines] = rows;
        if (first?.join() !== header.join()) throw new Error('the header is another one');
        if (lines.length !== 3) throw new Error(`${lines.length} rows`);
        if (/(?<!\r)\n|\r(?!\n)/.test(content)) throw new Error('a line ends otherwise');
        for (const line of lines) {
          for (const [index, cell] of line.entries()) {
            const column: string = header[index] ?? '';
            if ((numbers as readonly string[]).includes(column)) {
              if (!/^(-?\d+\.\d\d)?$/.test(cell)) throw new Error(`${column} is ${cell}`);
            } else if (computes(cell)) throw new Error(`${column} computes: ${cell}`);
          }
        }
        const words = fitText(`${name} BF-2026-00001`, 255);
        return lines.at(-1)?.[header.indexOf('Text')] === safeText(words);
      }),
      { numRuns: 2_000 },
    );
    t.end();
  });
}
