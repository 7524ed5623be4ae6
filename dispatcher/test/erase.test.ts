/**
 * `npm run organisation -- erase`, after real exports to both accounting systems and into a file:
 * nothing of the person is left in the database, and all that must stay does.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import t, { type Test } from 'tap';

import { startDispatcher } from './support/dispatcher-process.ts';
import { placesOf } from './support/marks.ts';
import { runCommand, type Ended } from './support/run-command.ts';
import {
  newClaims,
  startTwoOrganisations,
  type ClaimInput,
  type Organisation,
  type TwoOrganisations,
} from './support/two-organisations.ts';

t.setTimeout(600_000); // Many processes, on a machine that may be busy.

const root = fileURLToPath(new URL('../..', import.meta.url));
const patience = { timeoutMs: 60_000 };

const person = { id: 'sub-7f3e-quuxholm', name: 'Xanthippe "Ærlig" Quuxholm' };
const words = 'kjørte til sykehuset på Ås; "strengt" privat';
const marks = [person.id, person.name, 'Xanthippe', 'Quuxholm', words, 'sykehuset på Ås'];
/** Of the others, whose data must not go with it. */
const other = 'Kari Eksempel';

const texts = {
  line_text: '{type} {reference} {text}',
  liability_text: '{claimant_name} {reference}',
};

function claimsOf(organisation: Organisation, count: number): ClaimInput[] {
  return newClaims(organisation.prefix, count, { text: words }).map((claim) => ({
    ...claim,
    claimant: person,
  }));
}

async function put(world: TwoOrganisations, { id }: Organisation, claims: readonly ClaimInput[]) {
  const { rows } = await world.database.pool.query<{ result: string }>(
    'select result from accounting.put_claims($1, $2)',
    [id, JSON.stringify(claims)],
  );
  return rows.map(({ result }) => result);
}

async function keepFor(world: TwoOrganisations, months: number): Promise<void> {
  await world.database.pool.query('update accounting.organisations set retention_months = $1', [
    months,
  ]);
}

const erase = (world: TwoOrganisations, ...args: string[]): Promise<Ended> =>
  runCommand('dispatcher/organisation.ts', ['erase', '--reference', 'case 17', ...args], {
    DATABASE_URL: world.database.superuserUrl,
  });

/** As {@link erase}, with the person's id on standard input. */
async function eraseByInput(
  world: TwoOrganisations,
  id: string,
  ...args: string[]
): Promise<Ended> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'dispatcher/organisation.ts', 'erase', '--person', '-', ...args],
    {
      cwd: root,
      env: { PATH: process.env['PATH'], DATABASE_URL: world.database.superuserUrl },
    },
  );
  child.stdin.end(`${id}\n`);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}

async function isTrailValid(world: TwoOrganisations, { id }: Organisation): Promise<boolean> {
  const { rows } = await world.database.pool.query<{ is_valid: boolean }>(
    'select is_valid from accounting.verify_trail_of($1)',
    [id],
  );
  return rows[0]?.is_valid === true;
}

/** What stays of a run: its hashes, and its trail row by row. */
async function evidenceOf(world: TwoOrganisations, runId: string): Promise<unknown> {
  const { rows } = await world.database.pool.query(
    `select e.input_sha256, e.batch_key, e.state, e.exported_at,
            jsonb_agg(to_jsonb(x) order by x.seq) as trail
       from accounting.export_requests as e
       join accounting.export_runs as x using (organisation_id, run_id)
      where run_id = $1 group by 1, 2, 3, 4`,
    [runId],
  );
  return rows;
}

void t.test(
  'after real exports nothing of the person is left, and what must stay does',
  async (t) => {
    const world = await startTwoOrganisations(t);
    const { hlf, blindeforbundet } = world;
    for (const organisation of [hlf, blindeforbundet]) {
      const { settings } = world.addresses(organisation, undefined as never) as {
        settings: object;
      };
      await world.apply(organisation, { settings: { ...settings, ...texts } });
    }
    const runs: string[] = [];
    for (const organisation of [hlf, blindeforbundet]) {
      const own = claimsOf(organisation, 2);
      // A type that the ledger refuses: its words about it, too, are somebody's.
      const refused = newClaims(organisation.prefix, 1, { text: words, type: 'blocked' }).map(
        (claim) => ({ ...claim, claimant: person }),
      );
      await put(world, organisation, [...own, ...refused]);
      const others = await world.putClaims(organisation, 1);
      runs.push(await world.request(organisation, [...own, ...refused, ...others]));
    }
    const dispatcher = await startDispatcher(t, { environment: world.environment });
    for (const runId of runs)
      await world.runIs(runId, ['partially_exported', 'exported'], patience);

    t.match(
      await erase(world, '--organisation', 'HLF', '--person', person.id, '--dry-run'),
      { code: 1, stderr: /^- AX050 [\s\S]*2 claims to be kept until \d{4}-/ },
      'while they are to be kept, nothing goes, and it is said until when',
    );
    await keepFor(world, 0);
    await world.database.pool.query(
      `update accounting.claims set state = 'withdrawn' where exported_at is null`,
    );
    const before = await Promise.all(runs.map((runId) => evidenceOf(world, runId)));
    const held = await placesOf(world.database.pool, marks);
    for (const place of [
      'accounting.claims.claimant_id',
      'accounting.claims.claimant_name',
      'accounting.claim_lines.text',
      'accounting.export_requests.frozen_input',
    ]) {
      t.ok(
        held.some((one) => one.startsWith(place)),
        `the search finds ${place}`,
      );
    }

    const planned = await erase(world, '--organisation', 'HLF', '--person', person.id, '--dry-run');
    t.match(planned, { code: 0, stdout: /^Would be erased: 3 claims, 6 texts of lines, 1 frozen/ });
    t.strictSame(await placesOf(world.database.pool, marks), held, 'a dry run changes nothing');
    t.match(
      await erase(world, '--organisation', 'HLF', '--person', person.id),
      { code: 78, stderr: /Nothing was erased/ },
      'without a yes nothing is erased where nobody can be asked',
    );
    t.strictSame(await placesOf(world.database.pool, marks), held);

    for (const prefix of ['HLF', 'BF']) {
      t.match(
        await eraseByInput(
          world,
          person.id,
          '--organisation',
          prefix,
          '--reference',
          'case 17',
          '--yes',
          '--by',
          'ola',
        ),
        { code: 0, stdout: /^Erased: 3 claims, 6 texts/, stderr: '' },
        prefix,
      );
    }
    t.strictSame(await placesOf(world.database.pool, marks), [], 'no mark is left anywhere');
    const kept = await placesOf(world.database.pool, [other]);
    t.ok(kept.length >= 2, 'other persons have what they had');
    t.strictSame(
      await Promise.all(runs.map((runId) => evidenceOf(world, runId))),
      before,
      'hashes, dates and trail are what they were',
    );
    t.match(
      await erase(world, '--organisation', 'HLF', '--person', person.id, '--yes'),
      { code: 0, stdout: /^Nothing is left to erase\.$/m },
      'a second time nothing is left',
    );

    for (const [index, organisation] of [hlf, blindeforbundet].entries()) {
      const runId = runs[index] ?? '';
      const count = (await world.trail(runId)).length;
      await world.database.pool.query('select accounting.reconcile_run($1, $2)', [
        organisation.id,
        runId,
      ]);
      const asked = await waitForRows(world, runId, count);
      t.strictSame(
        asked.map(({ outcome, claim_ids: ids }) => [outcome, ids.length]).sort(),
        [
          ['absent', 1],
          ['found', 3],
        ],
        'asked again, the ledger has the same as before, names or not; the refused one it never had',
      );
      t.equal((await world.run(runId)).state, 'partially_exported');
      t.ok(await isTrailValid(world, organisation), 'the trail verifies');
    }
    t.strictSame(await placesOf(world.database.pool, marks), [], 'and nothing came back');
    t.notMatch(dispatcher.output(), new RegExp(`${person.id}|Quuxholm`), 'nor was it logged');
  },
);

/** The rows that the trail of a run got since it had that many. */
async function waitForRows(world: TwoOrganisations, runId: string, count: number) {
  const deadline = Date.now() + patience.timeoutMs;
  for (;;) {
    const rows = (await world.trail(runId)).slice(count);
    const { rows: asking } = await world.database.pool.query(
      'select from accounting.export_requests where run_id = $1 and ask_at is not null',
      [runId],
    );
    if ((rows.length > 0 && asking.length === 0) || Date.now() > deadline) return rows;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

void t.test('the content of a file goes whole, by the time that it was kept', async (t: Test) => {
  const world = await startTwoOrganisations(t);
  const { blindeforbundet } = world;
  await world.apply(blindeforbundet, {
    system: 'file',
    endpoint: undefined,
    credential_ref: undefined,
    settings: { format: 'csv', liability_account: '2910', ...texts },
  });
  const claims = claimsOf(blindeforbundet, 3);
  await put(world, blindeforbundet, claims);
  const runId = await world.request(blindeforbundet, claims);
  await startDispatcher(t, { environment: world.environment });
  await world.runIs(runId, ['produced'], patience);
  await keepFor(world, 0);
  const expired = ['--organisation', 'BF', '--expired'];
  t.match(await erase(world, ...expired, '--yes'), { code: 1, stdout: /3 claims/ });
  await world.database.pool.query(
    `select set_config('request.jwt.claims', '{"sub": "kari"}', true);
     select accounting.confirm_import('${blindeforbundet.id}', '${runId}', 'vouchers 7 to 9 seen');`,
  );
  t.match(await erase(world, ...expired, '--dry-run'), {
    code: 0,
    stdout:
      /^Would be erased: 3 claims, 6 texts of lines, 1 frozen inputs, 1 files, 0 acts of declarations\.$/m,
  });
  t.match(await erase(world, ...expired, '--yes'), { code: 0, stdout: /^Erased: 3 claims/ });
  t.strictSame(await placesOf(world.database.pool, marks), [], 'no mark is left anywhere');
  t.strictSame(await put(world, blindeforbundet, claims), ['erased', 'erased', 'erased']);
  t.strictSame(await placesOf(world.database.pool, marks), [], 'sent again, it is not stored');
  t.ok(await isTrailValid(world, blindeforbundet));
});

void t.test('what is wrong is said, and nobody is named', async (t) => {
  const world = await startTwoOrganisations(t);
  const some = ['--organisation', 'HLF'];
  t.match(await erase(world, ...some, '--yes'), { code: 78, stderr: /Name a --person/ });
  t.match(await erase(world, ...some, '--expired', '--person', 'x'), { stderr: /cannot be used/ });
  t.match(await erase(world, '--organisation', 'XYZ', '--person', 'x', '--yes'), {
    code: 78,
    stderr: /^- AX014 /,
  });
  t.match(await eraseByInput(world, '', ...some, '--reference', 'case 17', '--yes'), {
    code: 78,
    stderr: /No id came/,
  });
  await put(world, world.hlf, claimsOf(world.hlf, 1));
  const refused = await erase(world, ...some, '--person', person.id, '--yes');
  t.match(refused, { code: 1, stderr: /^- AX050 .*\n- 1 claim neither exported nor withdrawn\n/ });
  const named = await runCommand(
    'dispatcher/organisation.ts',
    ['erase', ...some, '--person', person.id, '--reference', 'mail of Quuxholm', '--yes'],
    { DATABASE_URL: world.database.superuserUrl },
  );
  t.match(named, { code: 78, stderr: /^- AX017 / });
  t.notMatch(refused.stderr + named.stderr, /Quuxholm|7f3e/, 'neither id nor name');
});
