/**
 * The held-out tables: secrets that only patterns can find, texts that must stay as they are, and
 * addresses that must be refused. Each table gives one assertion that lists everything amiss.
 */
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';

import t from 'tap';

import type { FrozenInput } from '../adapters/adapter.ts';
import { createHttpClient } from '../http.ts';
import { createMask } from '../mask.ts';
import { urlProblem } from '../outgoing-address.ts';
import { fineEndpoints, hostileEndpoints } from './held-out/endpoints.ts';
import { innocentTexts } from './held-out/innocent-texts.ts';
import { type SecretForm, secretForms } from './held-out/secret-forms.ts';
import { createTestDatabase } from './support/database.ts';

/** Names and texts that no table holds, so what happens to the texts is the patterns' doing. */
const input: FrozenInput = {
  version: 1,
  system: 'business_central',
  mapper_version: 'held-out',
  organisation: {
    id: '00c0ffee-0000-4000-8000-00000000beef',
    name: 'Zwickelforbundet Qvxborg',
    prefix: 'ZQX',
  },
  settings: {},
  posting_date: '1987-11-23',
  mappings: { zwickel: { account: '99887766', tax_code: null, dimensions: {} } },
  claims: [
    {
      claim_id: '00c0ffee-0000-4000-8000-00000000cafe',
      reference: 'ZQX-C-7654321',
      kind: 'zwickel',
      claimant_id: '00c0ffee-0000-4000-8000-00000000f00d',
      claimant_name: 'Xanthippe Quuxholm-Zzyzx',
      currency: 'XTS',
      total: '76543.21',
      lines: [
        {
          line_no: 1,
          type: 'zwickel',
          date: '1987-11-23',
          amount: '76543.21',
          quantity: null,
          text: 'Qvxreise gjennom Zzyzxdalen',
        },
      ],
    },
  ],
};

/** What of the secret is left in the masked text; null if nothing. */
function leak(form: SecretForm, masked: string): string | null {
  const left = masked.includes(form.secret)
    ? 'all of it'
    : masked.includes(form.secret.slice(0, 8))
      ? 'its beginning'
      : masked.includes(form.secret.slice(-8))
        ? 'its end'
        : null;
  if (left === null) return null;
  return `${form.name} [${left} is left]: ${JSON.stringify(masked).slice(-240)}`;
}

function damage(text: string, masked: string): string | null {
  if (masked === text) return null;
  const squeezed = (words: string) => words.replace(/\s+/g, ' ').trim();
  const how = squeezed(masked) === squeezed(text) ? 'white space only' : 'words';
  return `${how}: ${JSON.stringify(text)} became ${JSON.stringify(masked)}`;
}

const detailed = 25;

/** A long list would be cut where it is shown: then only names, one line for each group. */
function readable(found: readonly string[]): readonly string[] {
  if (found.length <= detailed) return found;
  const groups = new Map<string, string[]>();
  for (const problem of found) {
    const [, group = '', name = ''] = /^([^:]*): (.*?)(?: \[| became |$)/s.exec(problem) ?? [];
    groups.set(group, [...(groups.get(group) ?? []), name]);
  }
  return [...groups].map(
    ([group, names]) => `${group} (${String(names.length)}): ${names.join('; ')}`,
  );
}

/** Everything amiss with a table, as one list. */
async function problems<Entry>(
  table: readonly Entry[],
  check: (entry: Entry) => string | null | Promise<string | null>,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of table) {
    const problem = await check(entry);
    if (problem !== null) found.push(problem);
  }
  return readable(found);
}

const shortTexts = innocentTexts.filter((text) => text.length < 500);

await t.test('the tables are sound', (t) => {
  t.ok(secretForms.length >= 110, 'enough secret forms');
  t.equal(new Set(secretForms.map((form) => form.name)).size, secretForms.length, 'names differ');
  t.same(
    secretForms
      .filter((form) =>
        [form.secret, form.secret.slice(0, 8), form.secret.slice(-8)].some(
          (part) => part.length < 8 || form.text.split(part).length !== 2,
        ),
      )
      .map((form) => form.name),
    [],
    'each text holds its secret, and its ends, once',
  );
  t.ok(shortTexts.length >= 60, 'enough innocent texts');
  t.equal(new Set(innocentTexts).size, innocentTexts.length, 'innocent texts differ');
  t.ok(new Set(hostileEndpoints).size >= 70, 'enough hostile endpoints');
  t.end();
});

await t.test('accounting.sanitise_error', async (t) => {
  const database = await createTestDatabase(t);
  async function sanitise(text: string): Promise<string> {
    const { rows } = await database.pool.query<{ clean: string }>(
      'select accounting.sanitise_error($1) as clean',
      [text],
    );
    return String(rows[0]?.clean);
  }

  t.same(
    await problems(secretForms, async (form) => leak(form, await sanitise(form.text))),
    [],
    'SQL lets no secret form through',
  );
  t.same(
    await problems(shortTexts, async (text) => damage(text, await sanitise(text))),
    [],
    'SQL leaves innocent texts alone',
  );
});

await t.test("the dispatcher's mask", async (t) => {
  const mask = createMask(null, input, new Set<string>());
  t.same(
    await problems(secretForms, (form) => leak(form, mask(form.text))),
    [],
    'the mask lets no secret form through',
  );
  t.same(
    await problems(shortTexts, (text) => damage(text, mask(text))),
    [],
    'the mask leaves innocent texts alone',
  );
});

await t.test('outgoing addresses', async (t) => {
  // Whoever gets as far as connecting to this machine is seen here.
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  t.teardown(() => server.close());
  const port = String((server.address() as AddressInfo).port);

  async function hostileProblem(address: string): Promise<string | null> {
    let url: URL;
    try {
      url = new URL(address);
    } catch {
      return null;
    }
    if (urlProblem(url, false) !== null) return null;

    const local = new URL(url);
    local.port = port;
    const before = connections;
    const http = createHttpClient({
      deadlineAt: performance.now() + 5000,
      mayWrite: () => true,
      allowPrivateAddresses: false,
    });
    const answer = await http.request({ method: 'GET', url: local.href });
    // A connection that was made and torn down at once is counted a moment later.
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (connections > before) return `${JSON.stringify(address)} (${url.href}): connected`;
    if (answer.kind === 'unreachable') return null;
    return `${JSON.stringify(address)} (${url.href}): ${answer.kind}`;
  }

  t.same(await problems(hostileEndpoints, hostileProblem), [], 'hostile endpoints are refused');
  t.same(
    await problems(fineEndpoints, (address) => {
      const problem = urlProblem(new URL(address), false);
      return problem === null ? null : `${address}: ${problem}`;
    }),
    [],
    'public endpoints are not refused',
  );
});
