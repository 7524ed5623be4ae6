import t from 'tap';
import { classify } from '../adapters/xledger/classify.ts';
import type { HttpResult } from '../http.ts';

const NOW = Date.parse('2026-03-02T12:00:00Z');

function answer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  isTruncated = false,
): HttpResult {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'answer', status, headers: new Headers(headers), text, isTruncated };
}

function errors(...all: readonly object[]): object {
  return { errors: all };
}

const BURST = {
  message: 'Too many requests in the last 5 seconds. Wait.',
  code: 'BAD_REQUEST.BURST_RATE_LIMIT_REACHED',
};
const CONCURRENCY = { message: 'Parallel.', code: 'BAD_REQUEST.CONCURRENCY_LIMIT_REACHED' };
const NOT_FOUND = {
  message: "account.code: No value matching owner 42365431, code '71400'.",
};
const BAD_VALUE = { message: 'Bad.', extensions: { code: 'INVALID_VALUE' } };
const TIMED_OUT = { message: 'Your query timed out.' };
const BAD_HEADER = {
  message: 'Bad format for API Token. Expected header: "Authorization: token <your-token>"',
};

function credits(resetAt?: unknown): object {
  return {
    message: 'Insufficient credits. …',
    code: 'BAD_REQUEST.INSUFFICIENT_CREDITS',
    ...(resetAt === undefined ? {} : { extensions: { resetAt } }),
  };
}

type Row = readonly [
  what: string,
  result: HttpResult,
  outcome: string,
  failure: string | null,
  retryAfterMs: number | null,
];

const minutes = (n: number) => n * 60_000;

const TABLE: readonly Row[] = [
  ['burst', answer(200, errors(BURST)), 'not_applied', 'throttled', 5_000],
  ['burst under 400', answer(400, errors(BURST)), 'not_applied', 'throttled', 5_000],
  [
    'burst, null data',
    answer(200, { ...errors(BURST), data: null }),
    'not_applied',
    'throttled',
    5_000,
  ],
  ['parallel', answer(200, errors(CONCURRENCY)), 'not_applied', 'throttled', 1_000],
  [
    'two limits: the longer',
    answer(200, errors(CONCURRENCY, BURST)),
    'not_applied',
    'throttled',
    5_000,
  ],
  [
    'credits',
    answer(200, errors(credits('2026-03-02T13:30:00'))),
    'not_applied',
    'throttled',
    minutes(30),
  ],
  [
    'credits, with a zone',
    answer(200, errors(credits('2026-03-02T13:30:00+01:00'))),
    'not_applied',
    'throttled',
    minutes(30),
  ],
  [
    "credits, by the answer's clock",
    answer(200, errors(credits('2026-03-02T12:30:00Z')), { date: 'Mon, 02 Mar 2026 12:20:00 GMT' }),
    'not_applied',
    'throttled',
    minutes(10),
  ],
  ['credits, no resetAt', answer(200, errors(credits())), 'not_applied', 'throttled', minutes(20)],
  [
    'credits, resetAt passed',
    answer(200, errors(credits('2026-03-02T12:59:59'))),
    'not_applied',
    'throttled',
    minutes(20),
  ],
  [
    'credits, resetAt no date',
    answer(200, errors(credits('soon'))),
    'not_applied',
    'throttled',
    minutes(20),
  ],
  [
    'credits, resetAt no text',
    answer(200, errors(credits(17))),
    'not_applied',
    'throttled',
    minutes(20),
  ],
  ...(
    [
      ['a blank for the T', '2026-03-02 13:30:00', 30],
      ['no seconds', '2026-03-02T13:30', 30],
      ['a zone without a colon', '2026-03-02T14:30:00+0200', 30],
      ['Zulu, with fractions', '2026-03-02T12:30:00.000Z', 30],
      ['a day alone, by midnight in Oslo', '2026-03-03', 11 * 60],
      ['no zone, after summer time began', '2026-03-30T00:00:00', 27 * 24 * 60 + 10 * 60],
    ] as const
  ).map(([what, resetAt, wait]): Row => [
    `credits, ${what}`,
    answer(200, errors(credits(resetAt))),
    'not_applied',
    'throttled',
    minutes(wait),
  ]),
  ...(
    [
      ['BAD_REQUEST.BURST_RATE_LIMIT_REACHED', 5_000],
      ['BAD_REQUEST.CONCURRENCY_LIMIT_REACHED', 1_000],
      ['BAD_REQUEST.INSUFFICIENT_CREDITS', minutes(20)],
    ] as const
  ).flatMap(([code, wait]) =>
    [200, 400].map((status): Row => [
      `${code} in the extensions, under ${status}`,
      answer(status, errors({ message: 'Wait.', extensions: { code } })),
      'not_applied',
      'throttled',
      wait,
    ]),
  ),
  [
    '429 with Retry-After',
    answer(429, '', { 'retry-after': '120' }),
    'not_applied',
    'throttled',
    minutes(2),
  ],
  ['429 without', answer(429, '<html>'), 'not_applied', 'throttled', null],
  ['429 with a code', answer(429, errors(BURST)), 'not_applied', 'throttled', 5_000],

  ['reference not found', answer(200, errors(NOT_FOUND)), 'rejected', null, null],
  ['reference not found, 400', answer(400, errors(NOT_FOUND)), 'rejected', null, null],
  ['bad value', answer(200, errors(BAD_VALUE)), 'rejected', null, null],
  [
    'unknown field',
    answer(200, errors({ message: 'Cannot query field `foo` on type `Query`' })),
    'rejected',
    null,
    null,
  ],
  [
    'wrong type',
    answer(200, errors({ message: 'x', extensions: { code: 'ARGUMENTS_OF_CORRECT_TYPE' } })),
    'rejected',
    null,
    null,
  ],
  [
    'null data beside a refusal',
    answer(200, { ...errors(NOT_FOUND), data: { addGLImportItems: null } }),
    'rejected',
    null,
    null,
  ],
  ['400, words not named', answer(400, errors({ message: 'No.' })), 'rejected', null, null],
  ['413', answer(413, ''), 'rejected', null, null],
  ['415', answer(415, ''), 'rejected', null, null],
  ['413, HTML', answer(413, '<html>'), 'rejected', null, null],
  ['422, words not named', answer(422, errors({ message: 'No.' })), 'rejected', null, null],
  [
    '400, a code without words',
    answer(400, errors({ code: 'INVALID_VALUE' })),
    'rejected',
    null,
    null,
  ],

  ['timed out', answer(200, errors(TIMED_OUT)), 'unknown', null, null],
  ['timed out, 400', answer(400, errors(TIMED_OUT)), 'unknown', null, null],
  ['timed out, 408', answer(408, errors(TIMED_OUT)), 'unknown', null, null],
  ...[400, 422].flatMap((status): Row[] => [
    [`${status}, empty`, answer(status, ''), 'unknown', null, null],
    [`${status}, HTML`, answer(status, '<html>'), 'unknown', null, null],
    [`${status}, cut`, answer(status, '{"errors":[', {}, true), 'unknown', null, null],
    [
      `${status}, whole but cut`,
      answer(status, errors(NOT_FOUND), {}, true),
      'unknown',
      null,
      null,
    ],
    [`${status}, no errors`, answer(status, {}), 'unknown', null, null],
    [`${status}, none listed`, answer(status, errors()), 'unknown', null, null],
    [`${status}, an error without words`, answer(status, errors({})), 'unknown', null, null],
    [`${status}, errors are no list`, answer(status, { errors: 'No.' }), 'unknown', null, null],
    [`${status}, errors are texts`, answer(status, { errors: ['No.'] }), 'unknown', null, null],
    [`${status}, another shape`, answer(status, { message: 'No.' }), 'unknown', null, null],
  ]),
  ...[200, 400, 401, 403, 413, 415, 422, 429].flatMap((status): Row[] => [
    [
      `${status}, timed out as a text`,
      answer(status, { errors: TIMED_OUT.message }),
      'unknown',
      null,
      null,
    ],
    [
      `${status}, timed out as a page`,
      answer(status, `<p>${TIMED_OUT.message}`),
      'unknown',
      null,
      null,
    ],
    [`${status}, timed out`, answer(status, errors(TIMED_OUT)), 'unknown', null, null],
  ]),
  [
    'timed out within other words',
    answer(400, errors({ ...BURST, message: `Sorry. ${TIMED_OUT.message}` })),
    'unknown',
    null,
    null,
  ],
  ['timed out beside a refusal', answer(200, errors(NOT_FOUND, TIMED_OUT)), 'unknown', null, null],
  ['an error not named', answer(200, errors({ message: 'Oh.' })), 'unknown', null, null],
  [
    'an error not named beside a limit',
    answer(200, errors(BURST, { message: 'Oh.' })),
    'unknown',
    null,
    null,
  ],
  ['an error without anything', answer(200, { errors: [{}] }), 'unknown', null, null],
  [
    'data beside errors',
    answer(200, { ...errors(NOT_FOUND), data: { addGLImportItems: { edges: [] } } }),
    'unknown',
    null,
    null,
  ],
  ['data beside a limit', answer(200, { ...errors(BURST), data: { a: 1 } }), 'unknown', null, null],
  ['errors that are no list', answer(200, { errors: 'x', data: { a: 1 } }), 'unknown', null, null],
  ['no data', answer(200, {}), 'unknown', null, null],
  ['null data', answer(200, { data: null }), 'unknown', null, null],
  ['empty', answer(200, ''), 'unknown', null, null],
  ['HTML', answer(200, '<html>'), 'unknown', null, null],
  ['cut', answer(200, '{"data":{"a":1}}', {}, true), 'unknown', null, null],
  ['409', answer(409, ''), 'unknown', null, null],
  ['410', answer(410, ''), 'unknown', null, null],
  ['418', answer(418, ''), 'unknown', null, null],
  ['500', answer(500, errors(NOT_FOUND)), 'unknown', null, null],
  ['502', answer(502, '<html>'), 'unknown', null, null],
  ['503 with Retry-After', answer(503, '', { 'retry-after': '9' }), 'unknown', null, null],
  ['504', answer(504, ''), 'unknown', null, null],
  ['no answer', { kind: 'no_answer', message: 'socket hang up' }, 'unknown', null, null],

  ['bad token', answer(401, errors(BAD_HEADER)), 'not_applied', 'configuration', null],
  ['bad token under 200', answer(200, errors(BAD_HEADER)), 'not_applied', 'configuration', null],
  ['403', answer(403, errors({ message: 'No.' })), 'not_applied', 'configuration', null],
  ['404', answer(404, ''), 'not_applied', 'configuration', null],
  ['405', answer(405, ''), 'not_applied', 'configuration', null],
  ['302', answer(302, ''), 'not_applied', 'configuration', null],
  ['308', answer(308, ''), 'not_applied', 'configuration', null],
  [
    'unreachable',
    { kind: 'unreachable', message: 'ECONNREFUSED' },
    'not_applied',
    'unreachable',
    null,
  ],
  ['lease lost', { kind: 'lease_lost', message: 'late' }, 'not_applied', null, null],
];

void t.test('each answer means what the design says', (t) => {
  for (const [what, result, outcome, failure, retryAfterMs] of TABLE) {
    const reply = classify(result, NOW);
    t.match(reply, { kind: 'problem', outcome, failure, retryAfterMs }, what);
    t.equal(reply.kind === 'problem' && reply.message !== '', true, `${what}: says why`);
  }
  t.end();
});

void t.test('data without errors is data, also beside an empty list of them', (t) => {
  for (const more of [{}, { errors: [] }, { errors: null }]) {
    t.strictSame(classify(answer(200, { data: { a: null }, ...more }), NOW), {
      kind: 'data',
      data: { a: null },
      httpStatus: 200,
    });
  }
  t.end();
});

void t.test('only a token that is not taken is worth another try', (t) => {
  const again = TABLE.filter(([, result]) => {
    const reply = classify(result, NOW);
    return reply.kind === 'problem' && reply.isUnauthorised;
  });
  t.strictSame(
    again.map(([what]) => what),
    ['bad token', 'bad token under 200'],
  );
  t.end();
});

void t.test('an answer that has another shape is told by the place that has it', (t) => {
  for (const [body, place] of [
    ['<html>secret', 'the body is no JSON'],
    ['[]', 'the body: Invalid input: expected object, received array'],
    [{}, 'data: nothing is there'],
    [{ data: null }, 'data: nothing is there'],
    [{ data: 'secret' }, 'data: Invalid input: expected record, received string'],
    [{ data: {}, errors: 'secret' }, 'errors: Invalid input: expected array, received string'],
    [{ errors: ['secret'] }, 'errors.0: Invalid input: expected object, received string'],
  ] as const) {
    for (const status of [200, 400]) {
      const reply = classify(answer(status, body), NOW);
      t.match(reply, { outcome: 'unknown' });
      const message = reply.kind === 'problem' ? reply.message : '';
      t.ok(message.endsWith(`HTTP ${status}, ${place}`), message);
    }
  }
  t.end();
});

void t.test('a page of HTML is never quoted, and long words are cut', (t) => {
  t.match(classify(answer(502, '<html>secret'), NOW), { message: 'HTTP 502' });
  const reply = classify(answer(400, errors({ message: 'x'.repeat(9_999) })), NOW);
  t.equal(reply.kind === 'problem' && reply.message.length, 500);
  t.end();
});
