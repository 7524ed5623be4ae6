/** `npm run check-integration`: holds an integration against its accounting system. */
import { pathToFileURL } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';

import { tellFailure } from './command-failure.ts';
import { readConfig } from './config.ts';
import { checkIntegration, type IntegrationReport } from './integration-check.ts';
import { withOwnerDatabase } from './owner-database.ts';

/** Something is to be mended. */
const faultExitCode = 1;
interface Options {
  readonly organisation: string;
  readonly system?: string;
  readonly resume: boolean;
  readonly accept: boolean;
  readonly json: boolean;
  readonly by?: string;
  readonly timeLimit: number;
}

async function main(): Promise<number> {
  const program = new Command('npm run check-integration --')
    .description(
      'Signs in to the accounting system and reads what the settings and mappings name. ' +
        "DATABASE_URL names the database, with its owner's login; the secret comes from where a " +
        'dispatcher has it.',
    )
    .requiredOption('--organisation <name>', 'its id, number, prefix or name')
    .option('--system <system>', 'business_central, xledger or file; left out, the enabled one')
    .option('--no-resume', 'leaves a paused integration paused, also after a good check')
    .option('--accept', "takes the answers' shape as it is now for right from here on", false)
    .option('--by <name>', 'who checks, for the record; left out, the database login')
    .option('--time-limit <seconds>', 'for the whole check', parseSeconds, 300)
    .option('--json', 'prints one JSON object', false)
    .addHelpText(
      'after',
      '\nExit code: 0 good, 1 something is wrong, 2 wrong arguments or settings.',
    )
    .showHelpAfterError()
    .exitOverride()
    .parse();
  const options = program.opts<Options>();
  const config = readConfig(process.env);
  const report = await withOwnerDatabase(config.databaseUrl, 'check-integration', (client) =>
    checkIntegration(
      client,
      {
        organisation: options.organisation,
        system: options.system ?? null,
        mayResume: options.resume,
        isAccepted: options.accept,
        checkedBy: options.by ?? null,
        timeLimitMs: options.timeLimit * 1000,
        progress: (message) => {
          if (process.stderr.isTTY && !options.json) process.stderr.write(`${message} …\n`);
        },
      },
      config,
      process.env,
    ),
  );
  console.log(options.json ? JSON.stringify(report) : describe(report));
  return report.isGood ? 0 : faultExitCode;
}

const WORDS = { good: 'ok   ', note: 'note ', fault: 'WRONG' } as const;

/** The report in plain words. */
export function describe(report: IntegrationReport): string {
  const { organisation, system, endpoint, findings } = report;
  const faultCount = findings.filter(({ level }) => level === 'fault').length;
  const lines = findings.map(
    ({ level, about, message }) => `  ${WORDS[level]}  ${about}: ${message}`,
  );
  const sum =
    faultCount === 0
      ? 'All is well.'
      : `${String(faultCount)} ${faultCount === 1 ? 'thing is' : 'things are'} wrong.`;
  return [
    `${organisation}, ${system}${endpoint === null ? '' : ` at ${new URL(endpoint).host}`}`,
    ...lines,
    sum,
    ...pause(report),
  ].join('\n');
}

function pause({ isResumed, isPaused, isGood }: IntegrationReport): string[] {
  if (isResumed) return ['It was paused, and is resumed.'];
  if (!isPaused) return [];
  return [
    isGood
      ? 'It is still paused.'
      : 'It is still paused: mend what is wrong and check again, or: npm run organisation -- resume',
  ];
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d{1,5}$/.test(text) && seconds >= 1) return seconds;
  throw new InvalidArgumentError('It takes whole seconds, at least 1.');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main().catch(tellFailure);
}
