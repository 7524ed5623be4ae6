import t from 'tap';

import { readHolder } from '../page/holder.ts';
import { readClaimIds, readLink, writeLink } from '../page/link.ts';

const ONE = '0b0e4a52-7a54-4a5b-8e0f-3f6d3c1f0001';
const OTHER = '0b0e4a52-7a54-4a5b-8e0f-3f6d3c1f0002';

void t.test('a link brings a token and the claims that may be chosen', (t) => {
  const claims = [
    { id: ONE, reference: 'HLF-2026-00123' },
    { id: OTHER, reference: 'HLF-2026-00124' },
  ];
  t.same(readLink(writeLink('a.b.c', claims)), { token: 'a.b.c', claims });
  t.same(readLink(''), { token: null, claims: [] });
  t.same(readLink('#token='), { token: null, claims: [] });
  t.same(readLink(`#claims=${ONE.toUpperCase()}`).claims, [
    { id: ONE, reference: ONE.toUpperCase() },
  ]);
  t.same(readLink(`#token=x&claims=HLF-1,${OTHER}~B,`), {
    token: 'x',
    claims: [{ id: OTHER, reference: 'B' }],
  });
  t.end();
});

void t.test('typed ids are told from what is none, however they are set apart', (t) => {
  t.same(readClaimIds(` ${ONE}\n${OTHER.toUpperCase()}, HLF-1;`), {
    ids: [ONE, OTHER],
    wrong: ['hlf-1'],
  });
  t.same(readClaimIds('  \n'), { ids: [], wrong: [] });
  t.end();
});

void t.test(
  'a token says whose it is, at its top level or in app_metadata; nothing else does',
  (t) => {
    const claims = { organisation_id: ONE, organisation_name: 'Hørsel', app_role: 'coordinator' };
    const holder = {
      subject: 'kari',
      organisationId: ONE,
      organisationName: 'Hørsel',
      role: 'coordinator',
    };
    t.same(readHolder(tokenOf({ sub: 'kari', ...claims })), holder);
    t.same(readHolder(tokenOf({ sub: 'kari', app_metadata: claims })), holder);
    t.match(readHolder(tokenOf({ sub: 'kari', user_metadata: claims })), { role: '' });
    for (const none of ['', 'x', 'a.b.c', `a.${Buffer.from('[').toString('base64url')}.c`]) {
      t.equal(readHolder(none), null, none);
    }
    t.end();
  },
);

function tokenOf(payload: object): string {
  return `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.signature`;
}
