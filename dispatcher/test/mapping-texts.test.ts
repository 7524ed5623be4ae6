/** Templates and texts by themselves; what becomes of them in vouchers is in the fixtures. */
import t from 'tap';

import { fillIn, fitText } from '../adapters/texts.ts';
import { UnmappableError } from '../adapters/unmappable-error.ts';

void t.test('a template is filled in once: a value is no template', (t) => {
  const values = { type: 'toll', text: '{type} $& {reference}', reference: 'HLF-1' };
  t.equal(fillIn('{type}: {text} ({reference})', values), 'toll: {type} $& {reference} (HLF-1)');
  t.equal(fillIn('no placeholder', values), 'no placeholder');
  t.equal(fillIn('', values), '');
  t.end();
});

void t.test('a placeholder that nothing fills in keeps a claim from being sent', (t) => {
  for (const name of ['amount', 'Type', '', 'constructor', '__proto__', ' type']) {
    t.throws(() => fillIn(`a {${name}}`, { type: 'toll' }), UnmappableError, name);
  }
  t.end();
});

void t.test('a text is made to fit', (t) => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['as it is', 'Øl & <1> "x"', 'Øl & <1> "x"'],
    ['letters composed', 'A\u{30a}se', 'Åse'],
    ['one line', ' a\r\n b\t\tc\u{2028}d\u{85}e ', 'a b c d e'],
    ['no control character', 'a\u{0}b\u{7}\u{1b}[31m', 'a b [31m'],
    ['blanks of all kinds', 'a\u{a0}\u{3000}b\u{feff}', 'a b'],
    ['halves of pairs', 'a\u{d83d} \u{de00}b', 'a\u{fffd} \u{fffd}b'],
    ['whole pairs', '👩‍🦽', '👩‍🦽'],
    ['at the field’s end', '123456789012', '123456789012'],
    ['over it', '1234567890123', '123456789012'],
    ['a blank at the cut', '12345678901 3', '12345678901'],
    ['a pair across the cut', '12345678901😀', '12345678901'],
    ['a pair before it', '1234567890😀x', '1234567890😀'],
    ['nothing', ' \n ', ''],
  ];
  for (const [about, text, expected] of cases) t.equal(fitText(text, 12), expected, about);
  t.end();
});
