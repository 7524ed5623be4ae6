import t from 'tap';
import { isForbiddenAddress, publicOnlyLookup, urlProblem } from '../outgoing-address.ts';

void t.test('private and special addresses are forbidden in every spelling', (t) => {
  for (const address of [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.127.255.255',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::ffff:169.254.169.254',
    '::ffff:0:7f00:1',
    '64:ff9b::10.0.0.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::1',
    '64:ff9b:1::808:808',
    '100::1',
    '2001:0:a00:1::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'no address',
    '',
  ]) {
    t.ok(isForbiddenAddress(address), address);
  }
  t.end();
});

void t.test('public addresses are open, also mapped and through NAT64', (t) => {
  for (const address of [
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '223.255.255.255',
    '::ffff:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '2a01:111:f400::1',
    '2606:4700::1111',
  ]) {
    t.notOk(isForbiddenAddress(address), address);
  }
  t.end();
});

void t.test('an address is judged before anything is looked up', (t) => {
  for (const bad of [
    'http://example.com/',
    'ftp://example.com/',
    'https://user@example.com/',
    'https://:secret@example.com/',
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
  ]) {
    t.type(urlProblem(new URL(bad), false), 'string', bad);
    t.notMatch(urlProblem(new URL(bad), false), /secret/);
  }
  t.equal(urlProblem(new URL('https://api.businesscentral.dynamics.com/v2.0'), false), null);
  t.equal(urlProblem(new URL('http://127.0.0.1:8080/'), true), null, 'when allowed');
  t.type(urlProblem(new URL('http://user@127.0.0.1/'), true), 'string', 'userinfo never');
  t.end();
});

void t.test('a name that leads into a private network is not resolved', async (t) => {
  for (const all of [true, false]) {
    const error = await new Promise((resolve) => {
      publicOnlyLookup('localhost', { all }, (failure) => resolve(failure));
    });
    t.match(error, { name: 'ForbiddenAddressError', code: 'FORBIDDEN_ADDRESS' });
  }
  const literal = await new Promise((resolve) => {
    publicOnlyLookup('8.8.8.8', {}, (failure, address, family) => {
      resolve([failure, address, family]);
    });
  });
  t.same(literal, [null, '8.8.8.8', 4]);
});
