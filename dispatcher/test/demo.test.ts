import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';

import { readLink } from '../../panel/page/link.ts';
import { compareWithBooks, type Books, type PutClaim } from '../../sandbox/demo/checks.ts';
import { makeClaims } from '../../sandbox/demo/claims.ts';
import { showStory } from '../../sandbox/demo/report.ts';
import { Screen } from '../../sandbox/demo/screen.ts';
import { tell } from '../../sandbox/demo/story.ts';
import { DEFAULTS } from '../adapters/xledger/sandbox/options.ts';
import { ADD_GL_IMPORT_ITEMS } from '../adapters/xledger/queries.ts';
import { toMinorUnits } from '../adapters/amount.ts';
import { waitFor } from './support/wait-for.ts';

const ESCAPE = '\u001b';
const root = fileURLToPath(new URL('../..', import.meta.url));

interface RunningDemo {
  output(): string;
  /** Waits until the output matches, and gives the match. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
  /** How it ended. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

function startDemo(test: Test, ...options: readonly string[]): RunningDemo {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    ['--import', 'tsx', 'sandbox/demo.ts', ...options],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString('utf8');
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let isOver = false;
  const ended = once(child, 'close').then(([code, signal]) => {
    isOver = true;
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  test.teardown(async () => {
    if (!isOver) child.kill('SIGTERM');
    await ended;
  });
  return {
    output: () => output,
    says: (pattern) =>
      waitFor(
        () => {
          const match = pattern.exec(output);
          if (match === null && isOver) throw new Error(`It never said ${pattern}:\n${output}`);
          return match;
        },
        { timeoutMs: 90_000, what: String(pattern) },
      ),
    signal: (name) => child.kill(name),
    ended,
  };
}

/** Every port and process that the output names, and whether it still answers. */
async function leftovers(output: string): Promise<string[]> {
  const ports = [...output.matchAll(/(?:on port |127\.0\.0\.1:)(\d+)/g)].map((match) => match[1]);
  const processes = [...output.matchAll(/process (\d+)/g)].map((match) => Number(match[1]));
  const open: string[] = [];
  for (const port of new Set(ports)) if (await isOpen(Number(port))) open.push(`port ${port}`);
  for (const pid of processes) if (isAlive(pid)) open.push(`process ${pid}`);
  return open;
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

void t.test(
  'the demo meets six mishaps, the sums agree, and nothing is left running',
  async (t) => {
    const demo = startDemo(t);
    t.match(await demo.ended, { code: 0, signal: null });
    const output = demo.output();

    for (const [index, words] of [
      /HLF run \w+: answered HTTP 429, Retry-After: 1\. Sent again/,
      /HLF run \w+: 35 claims sent, answered HTTP 500\..* 35 are not in the ledger\. Sent again/,
      /HLF run \w+: \d+ claims sent, and no answer\..* are in the ledger\. None of them was sent again/,
      /HLF run \w+: HLF-\d{4}-\d{5} refused \(.*, the other 23 delivered/,
      /HLF run \w+: HLF-\d{4}-\d{5} not sent: no account is mapped for: interpreter/,
      /HLF run \w+: 40 claims asked for, 40 already_exported, nothing sent/,
    ].entries()) {
      const section = new RegExp(`^  ${index + 1}\\. [^]*?(?=^  ${index + 2}\\. |^$)`, 'm');
      const told = (section.exec(output)?.[0] ?? '').replaceAll(/\s+/g, ' ');
      t.match(told, words);
      if (index !== 1) t.match(told, /Blindeforbundet run/);
    }
    t.match(output, /^ {2}HLF +130 +128 +(\d[\d ]*\.\d\d) +128 +\1 +agree$/m);
    t.match(output, /^ {2}Blindeforbundet +110 +108 +(\d[\d ]*\.\d\d) +108 +\1 +agree$/m);
    t.match(output, /^ {2}\w{8} +partially_exported +25 +23 +1 +1 +2 +200$/m);
    t.notOk(output.includes(ESCAPE), 'a file gets no colours and no moving lines');
    const widest = Math.max(...output.split('\n').map((line) => line.length));
    t.ok(widest <= 110, `the widest line has ${widest} characters`);
    t.same(await leftovers(output), []);
  },
);

void t.test(
  'a ledger that disagrees fails the demo; --keep leaves it there to look into',
  async (t) => {
    const demo = startDemo(t, '--keep');
    const [, xledger = ''] = await demo.says(/Xledger, played at (http:\S+)/);
    await bookBehindTheBack(xledger, 'BF-NOBODY-1');
    await demo.says(/Ctrl-C ends it all/);
    const output = demo.output();
    t.match(output, /Blindeforbundet +110 .* DIFFER/);
    t.match(output, /BF-NOBODY-1 is in the ledger, and nobody put it/);
    t.match(output, /Where to look next/);
    const [logFile = ''] = /\S+dispatcher\.log/.exec(output) ?? [];
    t.ok(existsSync(logFile), 'the log is where it says');
    t.teardown(() => rm(path.dirname(logFile), { recursive: true }));

    const [, api = ''] = /^API=(.+)$/m.exec(output) ?? [];
    const [, token = ''] = /^BF_AUDITOR=(.+)$/m.exec(output) ?? [];
    const answer = await fetch(`${api}/export_status`, {
      headers: { authorization: `Bearer ${token}` },
    });
    t.equal(((await answer.json()) as unknown[]).length, 4, 'the tokens are good');

    const [, panel = ''] = /^ {2}panel +(http:\S+)$/m.exec(output) ?? [];
    t.match(await (await fetch(panel)).text(), /<export-history/, 'the panel is served');
    const links = output.split('\n').filter((line) => line.startsWith(`${panel}#`));
    const found = await Promise.all(links.map((link) => verdictsOf(api, new URL(link).hash)));
    const toTry = [...Array<string>(6).fill('exportable'), 'already_exported'];
    t.same(found, [toTry, toTry], 'both coordinators’ links sign in, and bring claims to try');

    demo.signal('SIGINT');
    t.match(await demo.ended, { code: 1, signal: null });
    t.ok(existsSync(logFile), 'the log stays after a failure');
    t.same(await leftovers(output), []);
  },
);

void t.test(
  'kill -9 of its dispatcher loses and doubles nothing: another one goes on',
  async (t) => {
    const demo = startDemo(t);
    const [, pid] = await demo.says(/a dispatcher, process (\d+)/);
    await demo.says(/Exporting\n/);
    process.kill(Number(pid), 'SIGKILL');
    t.match(await demo.ended, { code: 0, signal: null });
    t.match(demo.output(), /the dispatcher was killed; process \d+ goes on/);
    t.match(demo.output(), /Each delivered claim is in its ledger once, to the øre; no other is\./);
    t.same(await leftovers(demo.output()), []);
  },
);

void t.test('Ctrl-C in the midst of it stops everything', async (t) => {
  const demo = startDemo(t);
  await demo.says(/delivered: HLF/);
  demo.signal('SIGINT');
  // The signal, or 1 where tap's preloads, which it puts into every child, have caught that.
  const { code, signal } = await demo.ended;
  t.ok(signal === 'SIGINT' || code === 1, `it ended with ${code} or ${signal}`);
  t.match(demo.output(), /Interrupted/);
  t.same(await leftovers(demo.output()), []);
});

void t.test('what is delivered and what is booked agree claim by claim, or it is told', (t) => {
  const claims: PutClaim[] = [
    { reference: 'A-1', totalOre: 10_050, isDelivered: true },
    { reference: 'A-2', totalOre: 7_000, isDelivered: true },
    { reference: 'A-3', totalOre: 500, isDelivered: false },
  ];
  const once = (debitOre: number) => ({ effects: 1, debitOre });
  const right: Books = new Map([
    ['A-1', once(10_050)],
    ['A-2', once(7_000)],
  ]);
  t.match(compareWithBooks(claims, right), {
    deliveredCount: 2,
    deliveredOre: 17_050,
    bookedCount: 2,
    bookedOre: 17_050,
    problems: [],
  });

  const tampered: readonly (readonly [string, Books, RegExp])[] = [
    [
      'booked twice',
      withVoucher(right, 'A-1', { effects: 2, debitOre: 20_100 }),
      /^A-1 .* 2 times$/,
    ],
    ['not booked', without(right, 'A-2'), /^A-2 was delivered, .* 0 times$/],
    [
      'an øre too little',
      withVoucher(right, 'A-2', once(6_999)),
      /^A-2 is 70\.00 kr, and 69\.99 kr/,
    ],
    [
      'booked undelivered',
      withVoucher(right, 'A-3', once(500)),
      /^A-3 was not delivered, .* 1 times$/,
    ],
    [
      'booked by nobody',
      withVoucher(right, 'A-9', once(1)),
      /^A-9 is in the ledger, and nobody put it$/,
    ],
  ];
  for (const [name, books, problem] of tampered) {
    t.match(compareWithBooks(claims, books).problems[0], problem, name);
  }
  // Two that are wrong and cancel out in the sum.
  const swapped = withVoucher(withVoucher(right, 'A-1', once(10_051)), 'A-2', once(6_999));
  t.equal(compareWithBooks(claims, swapped).problems.length, 2);
  t.end();
});

void t.test('a mishap that the trail does not show is not told, and fails the demo', (t) => {
  const run = {
    organisation: { id: 'o', name: 'HLF', prefix: 'HLF', system: 'xledger', tokens: {} },
    act: { claims: [], requestedBy: 'app', shows: ['lost_answer'] },
    runId: '00000000-0000-4000-8000-000000000001',
    status: { success_count: 1, total_claims: 1, attempts: 1 },
    claims: [],
    trail: [{ kind: 'attempt', outcome: 'accepted', claim_ids: ['c'], http_status: 200 }],
  } as unknown as Parameters<typeof tell>[0][number];
  const told = tell([run]);
  t.equal(told.length, 6);
  t.same(
    told.flatMap(({ sentences }) => sentences),
    [],
  );
  t.same(told.find(({ milestone }) => milestone === 'lost_answer')?.missing, [run]);

  const problems = showStory(new Screen({ write: () => undefined }, {}), [run]);
  t.equal(problems.length, 6, 'one did not happen, and five were not played');
  t.end();
});

void t.test('the claims are the same each time, and each sums to its total', (t) => {
  const options = { count: 200, prefix: 'HLF', seed: 7, today: new Date('2026-06-30T12:00:00Z') };
  const claims = makeClaims(options);
  // As text, for comparing so many objects takes tap seconds.
  const text = (some: typeof options) => JSON.stringify(makeClaims(some));
  t.ok(text(options) === JSON.stringify(claims));
  t.ok(text({ ...options, seed: 8 }) !== JSON.stringify(claims));
  t.equal(new Set(claims.map(({ id }) => id)).size, 200);
  t.equal(claims[22]?.reference, 'HLF-2026-00123');
  for (const { reference, total, lines } of claims) {
    const sum = lines.reduce((ore, { amount }) => ore + toMinorUnits(amount), 0);
    if (sum !== toMinorUnits(total)) t.fail(`${reference} doesn't sum up`);
    for (const { type, date, amount, quantity } of lines) {
      if (date < '2026-01-01' || date > '2026-06-30') t.fail(`${reference} is of ${date}`);
      if (type === 'mileage' && toMinorUnits(amount) !== Number(quantity) * 530) {
        t.fail(`${reference} has another rate`);
      }
    }
  }
  t.end();
});

void t.test('on a terminal one line is written anew; NO_COLOR takes the colours alone', (t) => {
  const written = (environment: NodeJS.ProcessEnv): string => {
    let text = '';
    const write = (more: string) => (text += more);
    const screen = new Screen({ isTTY: true, columns: 80, write }, environment);
    screen.progress('one');
    screen.progress('two');
    screen.heading('three');
    return text.replaceAll(ESCAPE, '<esc>');
  };
  t.match(written({}), /one\r<esc>\[K.*two\r<esc>\[K\n<esc>\[1mthree<esc>\[0m\n$/);
  t.match(written({ NO_COLOR: '1' }), /one\r<esc>\[K.*two\r<esc>\[K\nthree\n$/);
  t.end();
});

function withVoucher(
  books: Books,
  reference: string,
  voucher: { effects: number; debitOre: number },
) {
  return new Map([...books, [reference, voucher]]);
}

function without(books: Books, reference: string): Books {
  return new Map([...books].filter(([key]) => key !== reference));
}

/** What the guard says of the claims that a sign-in link brings, to whom it signs in. */
async function verdictsOf(api: string, hash: string): Promise<string[]> {
  const { token, claims } = readLink(hash);
  const answer = await fetch(`${api}/rpc/check_export`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ p_claim_ids: claims.map(({ id }) => id) }),
  });
  const rows = (await answer.json()) as { claim_id: string; verdict: string }[];
  return claims.map(({ id }) => rows.find((row) => row.claim_id === id)?.verdict ?? 'none');
}

/** Somebody books straight in Xledger. */
async function bookBehindTheBack(url: string, reference: string): Promise<void> {
  const line = (clientId: string, account: string, amount: string) => ({
    clientId,
    node: {
      trRegNumber: 1,
      postedDate: '2026-01-02',
      transactionSource: { code: 'GL' },
      jobLevel: { dbSubId: 1 },
      account: { code: account },
      currency: { code: 'NOK' },
      amount,
      invoiceAmount: amount,
      text: 'by hand',
      extIdentifier: reference,
    },
  });
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `token ${DEFAULTS.tokens[0]}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: ADD_GL_IMPORT_ITEMS,
      variables: { i: [line('1', '7100', '10.00'), line('2', '2910', '-10.00')] },
    }),
  });
  const body = (await answer.json()) as { errors?: unknown };
  if (body.errors !== undefined) throw new Error(JSON.stringify(body));
}
