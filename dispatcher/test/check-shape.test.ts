/** Shapes of answers, and what of their changes is told: pure, as tables. */
import fc from 'fast-check';
import t from 'tap';
import { z } from 'zod';

import { needsOf, parentOf, shapeOf, type Needs } from '../adapters/answer-shape.ts';
import { compareShapes, type Shapes } from '../check-drift.ts';

await t.test('a shape is paths and types', (t) => {
  t.same(
    shapeOf([
      { a: 1, b: [{ c: null }, { c: 'x' }] },
      { a: 'x', d: {} },
    ]),
    {
      '': ['object'],
      a: ['number', 'string'],
      b: ['array'],
      'b[]': ['object'],
      'b[].c': ['null', 'string'],
      d: ['object'],
    },
  );
  t.same(shapeOf([]), {});
  t.same(shapeOf([{ 'Kari Nordmann': 1 }]), { '': ['object'], '*': ['number'] });
  t.end();
});

await t.test('a shape holds no value, whatever is answered', (t) => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (answers) => {
      const types = Object.values(shapeOf(answers)).flat();
      return types.every((type) =>
        ['null', 'array', 'object', 'string', 'number', 'boolean'].includes(type),
      );
    }),
  );
  t.end();
});

await t.test('each path has its parent', (t) => {
  for (const [path, parent] of [
    ['a', ''],
    ['a.b', 'a'],
    ['a[]', 'a'],
    ['a[].b', 'a[]'],
    ['a.b[].c', 'a.b[]'],
    ['', ''],
  ] as const) {
    t.equal(parentOf(path), parent);
  }
  t.end();
});

await t.test('what a schema needs is told by the schema', (t) => {
  const schema = z.looseObject({
    id: z.union([z.string(), z.number()]).transform(String),
    rows: z.array(z.object({ n: z.int().nullable() })).nullable(),
    maybe: z.boolean().optional(),
    any: z.unknown(),
  });
  t.same(needsOf(schema), {
    id: ['number', 'string'],
    rows: ['array', 'null'],
    'rows[].n': ['null', 'number'],
    maybe: ['boolean', 'undefined'],
  });
  t.end();
});

/** Level and message of what is told of one resource. */
function changes(before: object[] | null, now: object[], needs: Needs = {}, isAccepted = false) {
  const shapes: Shapes | null = before === null ? null : { r: shapeOf(before) };
  const seen = [{ resource: 'r', shape: shapeOf(now), needs }];
  const drift = compareShapes(shapes, seen, 'then', isAccepted);
  return {
    told: drift.findings.map(({ level, message }) => `${level}: ${message}`),
    next: drift.shapes['r'],
  };
}

await t.test('what changed is told by what we depend on', (t) => {
  for (const [title, before, now, needs, told] of [
    ['the first time', null, [{ a: 1 }], {}, []],
    ['nothing', [{ a: 1 }], [{ a: 2 }], {}, []],
    ['added', [{ a: 1 }], [{ a: 1, b: 'x' }], {}, ['note: `b` is new: string (then)']],
    ['removed', [{ a: 1, b: 1 }], [{ a: 1 }], {}, ['note: `b` is gone (then)']],
    ['retyped', [{ a: 1 }], [{ a: 'x' }], {}, ['note: `a` is string, and was number (then)']],
    [
      'removed, and needed',
      [{ a: 1, b: 1 }],
      [{ b: 1 }],
      { a: ['number'] },
      ['fault: `a` is missing, and we depend on it; then it was number'],
    ],
    [
      'retyped, and needed',
      [{ a: 1 }],
      [{ a: 'x' }],
      { a: ['number'] },
      ['fault: `a` is string, and we take number; then it was number'],
    ],
    [
      'retyped to what we take',
      [{ a: 1 }],
      [{ a: 'x' }],
      { a: ['number', 'string'] },
      ['note: `a` is string, and was number (then)'],
    ],
    [
      'retyped, and needed as it was',
      [{ a: 1 }],
      [{ a: 'x' }],
      { a: null },
      ['fault: `a` is string, and was number (then)'],
    ],
    ['empty now', [{ a: 1 }], [{ a: null }], {}, []],
    ['filled now', [{ a: null }], [{ a: 1 }], {}, []],
    ['a list without rows', [{ a: [{ b: 1 }] }], [{ a: [] }], { 'a[].b': ['number'] }, []],
    ['a list with rows at last', [{ a: [] }], [{ a: [{ b: 1 }] }], {}, []],
    [
      'optional, gone',
      [{ a: 1, b: 1 }],
      [{ b: 1 }],
      { a: ['number', 'undefined'] },
      ['note: `a` is gone (then)'],
    ],
  ] as [string, object[] | null, object[], Needs, string[]][]) {
    t.same(changes(before, now, needs).told, told, title);
  }
  t.end();
});

await t.test('the next check compares with what was there, but for faults', (t) => {
  const needs: Needs = { a: null };
  t.same(changes([{ a: 1 }], [{ a: 'x' }], needs).next, { '': ['object'], a: ['number'] });
  t.same(changes([{ a: 1 }], [{ a: 'x' }], needs, true).next, { '': ['object'], a: ['string'] });
  t.same(changes([{ a: [{ b: 1 }] }], [{ a: [] }]).next, {
    '': ['object'],
    a: ['array'],
    'a[]': ['object'],
    'a[].b': ['number'],
  });
  t.same(changes([{ a: 1 }], [{ a: null }]).next, { '': ['object'], a: ['null', 'number'] });
  t.same(changes([{ a: 1, b: 1 }], [{ a: 1 }]).next, { '': ['object'], a: ['number'] });
  t.end();
});

await t.test('of many changes their number is told', (t) => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}`, 1]));
  t.equal(changes([{ a: 1 }], [{ a: 1, ...many }]).told.at(-1), 'note: and 10 more changes (then)');
  t.end();
});

t.end();
