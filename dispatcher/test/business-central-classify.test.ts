import { readFileSync } from 'node:fs';

import t from 'tap';
import {
  judgeEnvelope,
  readError,
  verdictBeforeLines,
  verdictOf,
} from '../adapters/business-central/classify.ts';
import type { Problem, Verdict } from '../adapters/business-central/classify.ts';
import { ProblemError } from '../adapters/business-central/problem-error.ts';
import { readAnswer } from '../adapters/business-central/read-answer.ts';

const problem = (changes: Partial<Problem>): Problem => ({
  kind: 'status',
  status: null,
  code: null,
  message: '',
  retryAfterMs: null,
  ...changes,
});

void t.test('every status has the outcome of the table', (t) => {
  const rows: readonly (readonly [readonly number[], string, string | null])[] = [
    [[400, 413, 415, 422], 'rejected', null],
    [[401, 403, 404, 405, 300, 301, 302, 303, 304, 307, 308], 'not_applied', 'configuration'],
    [[429], 'not_applied', 'throttled'],
    [[408, 409, 402, 406, 410, 412, 418, 500, 501, 502, 503, 504, 599, 100], 'unknown', null],
  ];
  for (const [statuses, outcome, failure] of rows) {
    for (const status of statuses) {
      t.same(verdictOf(problem({ status })), { outcome, failure }, String(status));
    }
  }
  t.end();
});

void t.test('without a status it is the phase that decides', (t) => {
  const rows = [
    ['unreachable', 'not_applied', 'unreachable'],
    ['lease_lost', 'not_applied', null],
    ['sign_in_refused', 'not_applied', 'configuration'],
    ['no_answer', 'unknown', null],
    ['unreadable', 'unknown', null],
    ['journal_gone', 'unknown', null],
    ['token_died', 'not_applied', 'throttled'],
  ] as const;
  for (const [kind, outcome, failure] of rows) {
    t.same(verdictOf(problem({ kind, status: 404 })), { outcome, failure }, kind);
  }
  t.end();
});

void t.test('what no claim was in rejects no claim', (t) => {
  for (const status of [400, 413, 415, 422]) {
    const verdict = { outcome: 'not_applied', failure: 'configuration' };
    t.same(verdictBeforeLines(problem({ status })), verdict, String(status));
  }
  const taken = problem({ status: 400, code: 'Internal_EntityWithSameKeyExists' });
  for (const other of [taken, problem({ status: 429 }), problem({ status: 500 })]) {
    t.same(verdictBeforeLines(other), verdictOf(other));
  }
  t.end();
});

void t.test('a refusal that is cut off or not JSON is open, for it may say anything', (t) => {
  const whole = JSON.stringify({ error: { code: 'X', message: 'why' } });
  const verdict = (status: number, text: string, isTruncated: boolean) => {
    try {
      readAnswer({ kind: 'answer', status, headers: new Headers(), text, isTruncated });
    } catch (error) {
      if (error instanceof ProblemError) return verdictOf(error.problem).outcome;
    }
    return null;
  };
  for (const status of [400, 422]) {
    t.equal(verdict(status, whole, false), 'rejected');
    t.equal(verdict(status, whole, true), 'unknown');
    for (const text of ['', '<html>', whole.slice(0, -9)]) {
      t.equal(verdict(status, text, false), 'unknown', text);
    }
  }
  t.equal(verdict(413, '<html>', false), 'rejected', 'its status says it all');
  t.equal(verdict(403, '<html>', false), 'not_applied');
  t.end();
});

const error = (code: string, message = 'words') => ({ error: { code, message } });
const sub = (id: number, status: number, body: unknown = {}) => ({ id: String(id), status, body });
/** Operations 1 and 2 are claim a's, 3 and 4 claim b's. */
const claimOf = (id: string) => ({ '1': 'a', '2': 'a', '3': 'b', '4': 'b' })[id];
const judge = (...answers: { id: string; status: number; body?: unknown }[]) =>
  judgeEnvelope(answers, 4, claimOf);

void t.test('an envelope is written only if every operation says so', (t) => {
  t.same(judge(sub(1, 201), sub(2, 201), sub(3, 201), sub(4, 201)), { kind: 'written' });
  for (const answers of [
    [],
    [sub(1, 201), sub(2, 201), sub(3, 201)],
    [sub(1, 201), sub(1, 201), sub(2, 201), sub(3, 201)],
    [sub(1, 201), sub(2, 201), sub(3, 201), sub(9, 201)],
  ]) {
    t.match(judge(...answers), { kind: 'all', verdict: { outcome: 'unknown' } });
  }
  t.end();
});

void t.test('a refused operation rejects its claim alone', (t) => {
  const refusal = sub(2, 400, error('Application_DialogException'));
  const judged = judge(sub(1, 201), refusal, sub(3, 201), sub(4, 201));
  t.equal(judged.kind, 'rejected');
  if (judged.kind !== 'rejected') return t.end();
  t.same(
    [...judged.claims],
    [['a', { status: 400, message: 'Application_DialogException: words' }]],
  );
  t.match(judge(sub(1, 400, error('Unknown'))), { kind: 'rejected' }, 'the first comes alone');
  t.match(
    judge(sub(9, 400, error('Unknown'))),
    { kind: 'all', verdict: { outcome: 'rejected' } },
    'an operation that we did not send',
  );
  return t.end();
});

void t.test('the worst of several refusals decides for the whole envelope', (t) => {
  const refused = sub(1, 400, error('Application_DialogException'));
  const rows = [
    [sub(3, 400, error('Internal_EntityWithSameKeyExists')), 'unknown', null],
    [
      sub(
        3,
        400,
        error('Unknown', 'The Gen. Journal Line already exists. Identification fields …'),
      ),
      'unknown',
      null,
    ],
    [sub(3, 404, error('Internal_RecordNotFound')), 'unknown', null],
    [sub(3, 409, error('Request_EntityChanged')), 'unknown', null],
    [sub(3, 500), 'unknown', null],
    [{ id: '3', status: 400 }, 'unknown', null],
    [sub(3, 401), 'not_applied', 'throttled'],
    [sub(3, 429), 'not_applied', 'throttled'],
    [sub(3, 403), 'not_applied', 'configuration'],
  ] as const;
  for (const [answer, outcome, failure] of rows) {
    t.match(
      judge(refused, sub(2, 201), answer, sub(4, 201)),
      { kind: 'all', verdict: { outcome, failure }, error: { status: answer.status } },
      JSON.stringify(answer),
    );
  }
  t.end();
});

void t.test('an error is told in the words of the remote, or by its status', (t) => {
  t.same(readError(400, error('X', 'why')), { code: 'X', message: 'X: why' });
  for (const body of [undefined, null, 'html', { error: 'x' }, { error: { code: 1 } }]) {
    t.same(readError(502, body), { code: null, message: 'HTTP 502' });
  }
  t.end();
});

/** The codes of the contract (2.6), with the words of Microsoft's page. */
const documented = JSON.parse(
  readFileSync(new URL('../../docs/contracts/bc-odata-error-codes.json', import.meta.url), 'utf8'),
) as { readonly rows: readonly { readonly code: string; readonly message: string }[] };

/** What each status means by itself, of a request that carries lines and of an operation in one. */
const byStatus: Readonly<Record<number, readonly [request: string, operation: string]>> = {
  301: ['configuration', 'configuration'],
  400: ['rejected', 'rejected'],
  401: ['configuration', 'throttled'],
  403: ['configuration', 'configuration'],
  404: ['configuration', 'unknown'],
  405: ['configuration', 'configuration'],
  408: ['unknown', 'unknown'],
  409: ['unknown', 'unknown'],
  412: ['unknown', 'unknown'],
  413: ['rejected', 'rejected'],
  415: ['rejected', 'rejected'],
  422: ['rejected', 'rejected'],
  429: ['throttled', 'throttled'],
  500: ['unknown', 'unknown'],
  501: ['unknown', 'unknown'],
  502: ['unknown', 'unknown'],
  503: ['unknown', 'unknown'],
  504: ['unknown', 'unknown'],
};
/** Codes that leave it open where the status alone would refuse. */
const openCodes: Readonly<Record<string, readonly number[]>> = {
  Internal_EntityWithSameKeyExists: Object.keys(byStatus).map(Number),
  Request_EntityChanged: [400, 422],
  Internal_ServerError: [400, 422],
  Internal_TenantUnavailable: [400, 422],
};

void t.test('every documented code has its outcome under every status', (t) => {
  const told = ({ outcome, failure }: Verdict) => failure ?? outcome;
  t.equal(documented.rows.length, 34);
  for (const { code, message } of documented.rows) {
    const body = error(code, `${message}  CorrelationId:  5b0e4c1e-9d55-4f0f-8a3d-1a0150000000.`);
    for (const [text, [request, operation]] of Object.entries(byStatus)) {
      const status = Number(text);
      const isOpen = openCodes[code]?.includes(status) ?? false;
      const answer = {
        kind: 'answer',
        status,
        headers: new Headers(),
        isTruncated: false,
      } as const;
      try {
        readAnswer({ ...answer, text: JSON.stringify(body) });
        t.fail(`${text} ${code} is no success`);
      } catch (caught) {
        if (!(caught instanceof ProblemError)) throw caught;
        const verdict = told(verdictOf(caught.problem));
        t.equal(verdict, isOpen ? 'unknown' : request, `${text} ${code}`);
      }
      const judged = judge(sub(1, status, body));
      const verdict = judged.kind === 'all' ? told(judged.verdict) : judged.kind;
      // A 401 within an envelope says nothing of its words; a taken key does everywhere.
      const isByStatus = !isOpen || status === 401 || status === 404;
      t.equal(verdict, isByStatus ? operation : 'unknown', `an operation's ${text} ${code}`);
    }
  }
  t.end();
});

void t.test('a refusal of another shape refuses nothing, and is told by its path', (t) => {
  const bodies = [
    [{}, 'error: expected object'],
    [{ error: 'x' }, 'error: expected object'],
    [{ error: { message: 'already there' } }, 'error.code: expected string'],
    [{ error: { code: 'X', message: 1 } }, 'error.message: expected string'],
    ['words', 'expected object'],
  ] as const;
  for (const [body, message] of bodies) {
    const text = JSON.stringify(body);
    t.throws(
      () =>
        readAnswer({
          kind: 'answer',
          status: 400,
          headers: new Headers(),
          text,
          isTruncated: false,
        }),
      { name: 'ProblemError', message },
      text,
    );
    t.match(judge(sub(1, 400, body)), {
      kind: 'all',
      verdict: { outcome: 'unknown' },
      error: { message: `HTTP 400: ${message}` },
    });
  }
  t.end();
});
