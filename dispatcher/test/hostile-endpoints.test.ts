/**
 * Notations by which an endpoint, a token address or a link to the next page could lead the
 * dispatcher into the network that it runs in: refused before a packet leaves, which a listener and
 * a resolver tell that count.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

import t from 'tap';

import { createHttpClient, type HttpResult } from '../http.ts';
import { publicOnly, type Resolve } from '../outgoing-address.ts';

/** Where every notation would lead if it were followed: all addresses of this machine. */
const listener = net.createServer((socket) => socket.destroy());
let connections = 0;
listener.on('connection', () => (connections += 1));
listener.listen(0, '::');
await once(listener, 'listening');
t.teardown(() => listener.close());
const port = (listener.address() as AddressInfo).port;

/** A resolver that counts what it is asked, and knows these names. */
let lookUps: string[] = [];
const names: Readonly<Record<string, readonly string[]>> = {
  '127.0.0.1.nip.example': ['127.0.0.1'],
  'private.example': ['10.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'mixed.example': ['93.184.215.14', '127.0.0.1'],
  'mixed-other-way.example': ['127.0.0.1', '93.184.215.14'],
  'mixed-families.example': ['93.184.215.14', '::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'nat64.example': ['64:ff9b::7f00:1'],
  'zone.example': ['fe80::1%lo'],
  'unspecified.example': ['0.0.0.0'],
  'nobody.example': [],
};
const resolve: Resolve = (hostname, _options, callback) => {
  lookUps.push(hostname);
  const addresses = names[hostname] ?? ['127.0.0.1'];
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  setImmediate(() => callback(null, found));
};

const client = createHttpClient({
  deadlineAt: performance.now() + 300_000,
  mayWrite: () => true,
  allowPrivateAddresses: false,
  resolve,
});
t.teardown(() => client.close());

function request(url: string): Promise<HttpResult> {
  return client.request({ method: 'POST', url, body: 'lines', carriesLines: true });
}

const P = `:${String(port)}`;
const hostile: readonly string[] = [
  // other schemes, no scheme
  `http://127.0.0.1${P}/`,
  `http://ledger.example/`,
  `HTTP://ledger.example/`,
  `ftp://ledger.example/`,
  `file:///etc/passwd`,
  `gopher://127.0.0.1${P}/_x`,
  `ws://127.0.0.1${P}/`,
  `data:text/plain,x`,
  `unix:/var/run/docker.sock`,
  `http+unix://%2Fvar%2Frun%2Fdocker.sock/x`,
  `https://unix:/var/run/docker.sock:/x`,
  `//127.0.0.1${P}/`,
  `127.0.0.1${P}`,
  ``,
  // IPv4, however it is written
  `https://127.0.0.1${P}/`,
  `https://127.0.0.1.${P}/`,
  `https://127.1${P}/`,
  `https://127.0.1${P}/`,
  `https://2130706433${P}/`,
  `https://0x7f000001${P}/`,
  `https://0X7F.0.0.1${P}/`,
  `https://0x7f.1${P}/`,
  `https://0177.0.0.1${P}/`,
  `https://017700000001${P}/`,
  `https://0000000000177.1${P}/`,
  `https://127.0x0.0.01${P}/`,
  `https://0${P}/`,
  `https://0.0.0.0${P}/`,
  `https://127.255.255.254${P}/`,
  `https://10.0.0.1/`,
  `https://172.16.0.1/`,
  `https://192.168.1.1/`,
  `https://169.254.169.254/latest/meta-data/`,
  `https://2852039166/`,
  `https://0xA9FEA9FE/`,
  `https://168.63.129.16/`,
  `https://100.64.0.1/`,
  `https://255.255.255.255/`,
  `https://224.0.0.1/`,
  `https://256.0.0.1/`,
  `https://4294967297/`,
  // signs that become digits and dots
  `https://１２７.0.0.1${P}/`,
  `https://①②⑦.⓪.⓪.①${P}/`,
  `https://127。0。0。1${P}/`,
  `https://127．0．0．1${P}/`,
  `https://127｡0｡0｡1${P}/`,
  `https://%31%32%37.0.0.1${P}/`,
  `https://127.0.0.%31${P}/`,
  `https://127%2e0%2e0%2e1${P}/`,
  `https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ${P}/`,
  `https://ｌｏｃａｌｈｏｓｔ${P}/`,
  `https://local\u00adhost${P}/`,
  `https://ledger。example/`,
  `https://lédger.example/`,
  // IPv6
  `https://[::1]${P}/`,
  `https://[0:0:0:0:0:0:0:1]${P}/`,
  `https://[::]${P}/`,
  `https://[::ffff:127.0.0.1]${P}/`,
  `https://[::FFFF:7F00:1]${P}/`,
  `https://[0:0:0:0:0:ffff:7f00:1]${P}/`,
  `https://[::127.0.0.1]${P}/`,
  `https://[::ffff:0:127.0.0.1]${P}/`,
  `https://[64:ff9b::127.0.0.1]${P}/`,
  `https://[64:ff9b::a9fe:a9fe]/`,
  `https://[64:ff9b:1::7f00:1]/`,
  `https://[2002:7f00:1::]/`,
  `https://[2001:0:7f00:1::1]/`,
  `https://[2a01:111:f400::5efe:10.0.0.1]/`,
  `https://[2a01:111:f400::200:5efe:7f00:1]/`,
  `https://[fe80::1]${P}/`,
  `https://[fe80::1%25lo]${P}/`,
  `https://[fe80::1%lo]${P}/`,
  `https://[fc00::1]/`,
  `https://[fd00:ec2::254]/`,
  `https://[fec0::1]/`,
  `https://[ff02::1]/`,
  `https://[2001:db8::1]/`,
  `https://[::1`,
  // names of this machine and of its network
  `https://localhost${P}/`,
  `https://LOCALHOST${P}/`,
  `https://localhost.${P}/`,
  `https://ledger.localhost${P}/`,
  `https://ledger.localhost.${P}/`,
  `https://localhost.localdomain${P}/`,
  `https://ledger${P}/`,
  `https://printer.local/`,
  `https://metadata.google.internal/`,
  `https://kubernetes.default.svc/`,
  `https://kubernetes.default.svc.cluster.local/`,
  `https://router.lan/`,
  `https://router.home.arpa/`,
  `https://ledger.example../`,
  // userinfo
  `https://ledger.example@127.0.0.1${P}/`,
  `https://ledger.example:443@127.0.0.1${P}/`,
  `https://kari:hemmelig@ledger.example/`,
  `https://kari@ledger.example/`,
  `https://:@127.0.0.1${P}/`,
  `https://ledger.example%40127.0.0.1${P}/`,
  // what a person reads otherwise than the parser does
  `https:127.0.0.1${P}/`,
  `https:/127.0.0.1${P}/`,
  `https:///127.0.0.1${P}/`,
  `https:\\\\127.0.0.1${P}\\`,
  `https://127.0.0.1${P}\\@ledger.example/`,
  `https://ledger.example\\@127.0.0.1${P}/`,
  `https://127.0.0.1${P}#@ledger.example/`,
  `https://127.0.0.1${P}?@ledger.example/`,
  ` https://127.0.0.1${P}/`,
  `\thttps://127.0.0.1${P}/`,
  `ht\ntps://127.0.0.1${P}/`,
  `https://127.0.\n0.1${P}/`,
  `https://loc\talhost${P}/`,
  `https://ledger.example\r\n.localhost/`,
  `https://ledger.example/\r\nHost: localhost`,
  `https://ledger.example\u0000.localhost/`,
  `https:ledger.example/`,
  // ports of other services
  `https://ledger.example:22/`,
  `https://ledger.example:25/`,
  `https://ledger.example:0/`,
  `https://ledger.example:99999/`,
];

await t.test('a hostile address is refused before anything is looked up', async (t) => {
  t.equal(new Set(hostile).size, hostile.length);
  t.ok(hostile.length >= 100);
  for (const url of hostile) {
    const result = await request(url);
    t.equal(result.kind, 'unreachable', JSON.stringify(url));
    const message = result.kind === 'unreachable' ? result.message : '';
    t.match(message, /^the (address|port) /, 'it says why, and quotes nothing of it');
    t.notMatch(message, /kari|hemmelig|127|ledger/);
  }
  t.equal(connections, 0);
  t.same(lookUps, []);
});

await t.test('a name that leads inside is looked up, and nothing is sent', async (t) => {
  for (const name of Object.keys(names)) {
    lookUps = [];
    const result = await request(`https://${name}${P}/`);
    t.match(result, { kind: 'unreachable', message: /private network/ }, name);
    t.same(lookUps, [name], 'once');
  }
  t.equal(connections, 0);
});

await t.test('a name that changes its answer is checked each time', async (t) => {
  const answers = ['93.184.215.14', '127.0.0.1'];
  const lookup = publicOnly((_hostname, _options, callback) => {
    callback(null, [{ address: answers.shift() ?? '', family: 4 }]);
  });
  const ask = () =>
    new Promise((found) => {
      lookup('rebinding.example', {}, (error, address) => found(error?.message ?? address));
    });
  t.equal(await ask(), '93.184.215.14', 'what the socket connects to is what was checked');
  t.equal(await ask(), 'the name leads into a private network');
});

await t.test('a redirect into the network is not followed, nor is one from it', async (t) => {
  const open = createHttpClient({
    deadlineAt: performance.now() + 60_000,
    mayWrite: () => true,
    allowPrivateAddresses: true,
  });
  t.teardown(() => open.close());
  const server = net.createServer((socket) =>
    socket.once('data', () =>
      socket.end(`HTTP/1.1 307 x\r\nlocation: http://127.0.0.1${P}/\r\ncontent-length: 0\r\n\r\n`),
    ),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => server.close());
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  t.match(await open.request({ method: 'POST', url, body: 'x' }), { kind: 'answer', status: 307 });
  t.equal(connections, 0);
});

await t.test('no part of the dispatcher sends by another way', (t) => {
  const folder = new URL('../', import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.startsWith('test/'),
  );
  t.ok(files.includes('adapters/business-central/adapter.ts'));
  const senders = files.filter((file) =>
    /from 'node-fetch'|from 'node:https?'|globalThis\.fetch|await fetch\(/.test(
      readFileSync(new URL(file, folder), 'utf8'),
    ),
  );
  t.same(senders.sort(), ['http-agents.ts', 'http.ts']);
  t.end();
});

t.end();
