/** `npm run organisation -- erase`: what to erase, whether to ask first, and what is told. */
import { createInterface } from 'node:readline/promises';
import type { Readable } from 'node:stream';

import { Option, type Command } from 'commander';

import { ConfigurationProblems } from './config.ts';
import { eraseExpired, erasePerson, type Erased, type ErasureRequest } from './erase.ts';
import { requireDatabaseUrl } from './owner-database.ts';

/** Something may not be erased yet. */
const leftExitCode = 1;

interface Options {
  readonly organisation: string;
  readonly person?: string;
  readonly expired?: true;
  readonly reference: string;
  readonly by?: string;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

/** Adds the command to the program. */
export function addErase(program: Command): void {
  program
    .command('erase')
    .description(
      'erases a person, or all persons whose data has been kept for long enough; docs/data.md says what stays',
    )
    .requiredOption('--organisation <name>', 'its id, number, prefix or name')
    .addOption(
      new Option(
        '--person <id>',
        "the claimant's id; - reads it from standard input, so that no shell keeps it",
      ).conflicts('expired'),
    )
    .option('--expired', 'every person of a claim whose retention has ended')
    .requiredOption('--reference <text>', "the case that asked for it: a number, nobody's name")
    .option('--by <name>', 'who erases, for the record; left out, the database login')
    .option('--dry-run', 'tells what would be erased, and what may not be yet', false)
    .option('--yes', "doesn't ask before it erases", false)
    .addHelpText(
      'after',
      '\nExit code: 0 all is erased (or would be), 1 something may not be erased yet, 78 wrong settings.',
    )
    .action(async (options: Options) => {
      process.exitCode = await erase(options).catch(tellWhatIsKept);
    });
}

async function erase(options: Options): Promise<number> {
  const databaseUrl = requireDatabaseUrl();
  if ((options.person === undefined) === (options.expired === undefined)) {
    throw new ConfigurationProblems(['Name a --person, or say --expired.']);
  }
  const request: ErasureRequest = { ...options, by: options.by ?? null };
  const person = options.person === '-' ? await firstLineOf(process.stdin) : options.person;
  const step = (isKept: boolean): Promise<Erased> => {
    if (person !== undefined) return erasePerson(databaseUrl, person, request, isKept);
    let count = 0;
    return eraseExpired(databaseUrl, request, isKept, ({ erased }) => {
      count += erased?.claim_count ?? 0;
      if (isKept) process.stderr.write(`${String(count)} claims …\n`);
    });
  };

  if (options.dryRun || !options.yes) {
    const planned = await step(false);
    console.log(describe(planned, 'Would be erased'));
    if (options.dryRun || planned.erased === null) return exitCodeOf(planned);
    if (!(await isConfirmed())) {
      throw new ConfigurationProblems(['Nothing was erased. Say --yes, or type erase when asked.']);
    }
  }
  const done = await step(true);
  console.log(describe(done, 'Erased'));
  return exitCodeOf(done);
}

/** Nothing may be erased yet: that is an answer, no fault of the command. */
function tellWhatIsKept(error: unknown): number {
  const { code, message, detail, hint } = error as Record<string, string | undefined>;
  if (code !== 'AX050') throw error;
  for (const line of [`${code} ${message ?? ''}`, detail, hint]) {
    if (line !== undefined) process.stderr.write(`- ${line}\n`);
  }
  return leftExitCode;
}

function exitCodeOf({ left }: Erased): number {
  return left.length > 0 ? leftExitCode : 0;
}

/** What was erased, and what wasn't and why, for people. */
export function describe({ erased, left }: Erased, what: string): string {
  const lines =
    erased === null
      ? [left.length === 0 ? 'Nothing is left to erase.' : 'Nothing may be erased yet.']
      : [
          `${what}: ${[
            `${String(erased.claim_count)} claims`,
            `${String(erased.line_text_count)} texts of lines`,
            `${String(erased.input_count)} frozen inputs`,
            `${String(erased.file_count)} files`,
            `${String(erased.declaration_act_count)} acts of declarations`,
          ].join(', ')}.`,
        ];
  for (const { words, references, claim_count: count } of left) {
    const more = count > references.length ? ', …' : '';
    const named = references.length > 0 ? ` (${references.join(', ')}${more})` : '';
    lines.push(`Left: ${words}${named}`);
  }
  return lines.join('\n');
}

async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (
      (await terminal.question('It can\'t be taken back. Type "erase" to go on: ')) === 'erase'
    );
  } finally {
    terminal.close();
  }
}

async function firstLineOf(input: Readable): Promise<string> {
  for await (const line of createInterface({ input })) {
    if (line.trim() !== '') return line.trim();
  }
  throw new ConfigurationProblems(['No id came on standard input.']);
}
