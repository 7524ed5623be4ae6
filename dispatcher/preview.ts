/** `npm run preview`: what would be sent for a run. Sends nothing, and takes no lease. */
import { pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';

import type { Adapter, Batch, Preview, PreviewedRequest } from './adapters/adapter.ts';
import { createAdapters } from './adapters/index.ts';
import { tellFailure } from './command-failure.ts';
import { ConfigurationProblems } from './config.ts';
import { requireDatabaseUrl, withOwnerDatabase } from './owner-database.ts';

/** Something can't be sent, or isn't what was sent. */
const faultExitCode = 1;
const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A row of the trail about an attempt. */
interface Sent {
  readonly attemptNo: number;
  readonly envelopeNo: number;
  readonly outcome: string;
  readonly wireSha256: string | null;
}

/** What accounting.run_to_preview gives. */
interface RunToPreview {
  readonly state: string;
  readonly attemptNo: number;
  readonly batch: Batch;
  readonly sent: readonly Sent[];
}

/** A request, and what the trail says about it. */
interface ComparedRequest extends PreviewedRequest {
  /** Whether an attempt sent these very bytes; null: none is known to have, or they can't be told. */
  readonly wasSent: boolean | null;
}

export interface RunPreview {
  readonly runId: string;
  readonly state: string;
  readonly system: string;
  /** The attempt that is shown; null: the next one. */
  readonly attemptNo: number | null;
  readonly requests: readonly ComparedRequest[];
  readonly unsendable: Preview['unsendable'];
}

/**
 * @param databaseUrl a login that may execute the function, as the owner of the schemas may.
 * @param attemptNo shows what that attempt sent; null: what the next one would
 * @throws a database error with SQLSTATE AX016 or AX018 if there is nothing to show.
 */
export async function previewRun(
  databaseUrl: string,
  runId: string,
  attemptNo: number | null,
): Promise<RunPreview> {
  const { state, batch, sent } = await withOwnerDatabase(databaseUrl, 'preview', async (client) => {
    await client.query('set default_transaction_read_only = on');
    const { rows } = await client.query<{ run: RunToPreview }>(
      'select accounting.run_to_preview($1, $2) as run',
      [runId, attemptNo],
    );
    if (rows[0] === undefined) throw new Error('run_to_preview gave no row');
    return rows[0].run;
  });
  if (attemptNo !== null && sent.length === 0) {
    throw new ConfigurationProblems([`The trail knows of no attempt ${String(attemptNo)}.`]);
  }
  const { system } = batch.input;
  const adapter = (createAdapters() as Readonly<Record<string, Adapter>>)[system];
  if (adapter === undefined) {
    throw new ConfigurationProblems([`This program sends nothing to ${system}.`]);
  }
  const { requests, unsendable } = adapter.preview(batch);
  return {
    runId,
    state,
    system,
    attemptNo,
    requests: requests.map((request) => ({
      ...request,
      wasSent: wasSent(request, sent, attemptNo),
    })),
    unsendable,
  };
}

/** The next attempt is numbered on its own: there only the same bytes tell something. */
function wasSent(
  { sha256, envelopeNo }: PreviewedRequest,
  sent: readonly Sent[],
  attemptNo: number | null,
): boolean | null {
  const hashes = sent
    .filter((row) => attemptNo === null || row.envelopeNo === envelopeNo)
    .flatMap(({ wireSha256 }) => wireSha256 ?? []);
  if (sha256 === null || hashes.length === 0) return null;
  return hashes.includes(sha256) || (attemptNo === null ? null : false);
}

async function main(): Promise<number> {
  const program = new Command('npm run --silent preview --')
    .description(
      'Prints what would be sent for a run, request by request, and sends nothing. ' +
        "DATABASE_URL names the database, with its owner's login.",
    )
    .requiredOption('--run <id>', 'the run', (id) => {
      if (!isUuid.test(id)) throw new InvalidArgumentError('It takes a UUID.');
      return id.toLowerCase();
    })
    .option(
      '--attempt <number>',
      'what that attempt sent, and whether the trail agrees',
      (text) => {
        if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It takes 1, 2, …');
        return Number(text);
      },
    )
    .option('--json', 'prints one JSON object, with the bodies as they are sent', false)
    .addHelpText(
      'after',
      "\nExit code: 0, 1 something can't be sent or isn't what was sent, 2 wrong arguments or settings.",
    )
    .showHelpAfterError()
    .exitOverride()
    .parse();
  const { run, attempt, json } = program.opts<{ run: string; attempt?: number; json: boolean }>();
  const preview = await previewRun(requireDatabaseUrl(), run, attempt ?? null);
  process.stderr.write(
    'What follows holds personal data: names. Keep it out of logs and tickets.\n',
  );
  console.log(json ? JSON.stringify(preview) : describe(preview));
  const isOther = attempt !== undefined && preview.requests.some((one) => one.wasSent === false);
  return isOther || preview.unsendable.length > 0 ? faultExitCode : 0;
}

/** The preview for people; the bodies are set in lines, the hash is of the bytes as sent. */
export function describe({
  runId,
  state,
  system,
  attemptNo,
  requests,
  unsendable,
}: RunPreview): string {
  const what = attemptNo === null ? 'the next attempt' : `attempt ${String(attemptNo)}`;
  const blocks = requests.map((request, index) => {
    const { purpose, method, url, headers, body, sha256, claimIds } = request;
    return [
      `--- ${String(index + 1)} of ${String(requests.length)}: ${purpose}`,
      `claims  ${claimIds.join(', ')}`,
      `sha256  ${sha256 ?? 'not told before the ids in {} are known'}${sentWords(request)}`,
      '',
      `${method} ${url}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '',
      inLines(body),
    ].join('\n');
  });
  const refused = unsendable.map(
    ({ claimIds, reason }) => `not sent: ${claimIds.join(', ')}: ${reason}`,
  );
  const head = `Run ${runId}, ${system}, ${state}: ${what}`;
  const nothing = requests.length === 0 ? ['Nothing is to be sent.'] : [];
  return [head, ...refused, ...nothing, ...blocks].join('\n\n');
}

function inLines(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

function sentWords({ wasSent }: ComparedRequest): string {
  if (wasSent === null) return '';
  return wasSent ? ' (as sent: the trail has the same)' : ' (the trail has another)';
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main().catch(tellFailure);
}
