import t from 'tap';

import { ApiError, errorBody } from '../src/http.ts';
import { problemOf } from '../src/problem.ts';
import { readToken, TokenKeeper, type TokenReason } from '../src/token.ts';
import { languageOf } from '../src/words/words.ts';

const tokenOf = (claims: unknown): string =>
  `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
const never = new AbortController().signal;

void t.test('who a token says its bearer is stands at the top level or in app_metadata', (t) => {
  t.strictSame(readToken(tokenOf({ sub: 'kåre', app_role: 'auditor', organisation_id: 'o' })), {
    subject: 'kåre',
    appRole: 'auditor',
    organisation: 'o',
  });
  t.match(readToken(tokenOf({ app_metadata: { app_role: 'coordinator' } })), {
    appRole: 'coordinator',
  });
  t.match(
    readToken(tokenOf({ user_metadata: { app_role: 'coordinator' } })),
    { appRole: null },
    'what users write themselves is not believed',
  );
  for (const broken of [null, '', 'x', 'a.b.c', tokenOf(null), tokenOf([1])]) {
    t.match(readToken(broken), { subject: null, appRole: null }, String(broken));
  }
  t.end();
});

void t.test(
  'a request waits for a token, and the host is asked once however many wait',
  async (t) => {
    const asked: TokenReason[] = [];
    const keeper = new TokenKeeper((reason) => asked.push(reason));
    const waiting = Promise.all([keeper.usable(never), keeper.usable(never)]);
    t.strictSame(asked, ['missing']);
    keeper.set('one');
    t.strictSame(await waiting, ['one', 'one']);
  },
);

void t.test('a refused token is asked about again, and the same one is no answer', async (t) => {
  const asked: TokenReason[] = [];
  const keeper = new TokenKeeper((reason) => asked.push(reason));
  keeper.set('old');
  keeper.refuse('old');
  const waiting = keeper.usable(never);
  keeper.set('old');
  t.equal(keeper.missing, 'expired');
  keeper.set('new');
  t.equal(await waiting, 'new');
  keeper.refuse('old');
  t.equal(keeper.missing, null, 'a late refusal of the old one says nothing of the new one');
  t.strictSame(asked, ['expired']);
});

void t.test('a host may answer within the event', async (t) => {
  const keeper: TokenKeeper = new TokenKeeper(() => keeper.set('at once'));
  t.equal(await keeper.usable(never), 'at once');
});

void t.test('who goes away waits no longer', async (t) => {
  const keeper = new TokenKeeper(() => undefined);
  const leaving = new AbortController();
  const waiting = keeper.usable(leaving.signal);
  leaving.abort(new Error('gone'));
  await t.rejects(waiting, { message: 'gone' });
});

void t.test('failures are told by code, else by status', (t) => {
  const refused = (status: number, code?: string) =>
    problemOf(new ApiError('refused', 'm', { status, ...(code === undefined ? {} : { code }) }))
      .kind;
  t.equal(refused(403, 'AX009'), 'forbidden');
  t.equal(refused(403, '42501'), 'forbidden');
  t.equal(refused(409, 'AX018'), 'notInState');
  t.equal(refused(409, 'AX026'), 'tooEarly');
  t.equal(refused(404, 'AX016'), 'notFound');
  t.equal(refused(401, 'PGRST301'), 'session');
  t.equal(refused(503), 'unreachable');
  t.equal(refused(500), 'server');
  t.equal(refused(400, 'PGRST100'), 'other');
  t.equal(problemOf(new ApiError('offline', 'm')).kind, 'offline');
  t.equal(problemOf(new TypeError('a bug')).kind, 'other');
  t.end();
});

void t.test("a gateway's page is no error of ours", (t) => {
  t.strictSame(errorBody('<html>502</html>'), {});
  t.strictSame(errorBody('null'), {});
  t.strictSame(errorBody('{"code":"AX016","message":"m","details":null,"hint":3}'), {
    code: 'AX016',
    message: 'm',
  });
  t.end();
});

void t.test('the language is what was asked for, else what the page or the browser speaks', (t) => {
  t.equal(languageOf('en', 'nb', ['nb']), 'en');
  t.equal(languageOf(null, 'en-GB', ['nb']), 'en');
  t.equal(languageOf(null, '', ['fi', 'nn-NO', 'en']), 'nb');
  t.equal(languageOf(null, '', ['fi']), 'nb');
  t.end();
});
