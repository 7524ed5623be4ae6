/** `npm run anchor`: the heads of the audit trails, to be kept elsewhere, and checked against. */
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import { KeptHeadsError, readHeads, writeHeads } from './anchor-heads.ts';
import { postAddressProblem, postLines } from './anchor-post.ts';
import { checkTrails, describeTrail, readCurrentHeads } from './anchor-trails.ts';
import { ConfigurationProblems, configurationExitCode } from './config.ts';
import { errorFields } from './log.ts';
import { requireDatabaseUrl } from './owner-database.ts';

/** A trail isn't the one that was kept, or the heads couldn't be posted. */
const mismatchExitCode = 1;
const usageExitCode = 2;
/** EX_UNAVAILABLE of sysexits.h: nothing was found, for nothing could be looked at. */
const unavailableExitCode = 69;

const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

interface Options {
  readonly organisation?: string;
  readonly post?: string;
  readonly check?: string;
}

async function print(organisationId: string | null): Promise<number> {
  process.stdout.write(writeHeads(await readCurrentHeads(requireDatabaseUrl(), organisationId)));
  return 0;
}

async function post(address: string, organisationId: string | null): Promise<number> {
  const allowPrivateAddresses = process.env['ALLOW_PRIVATE_ENDPOINTS'] === 'true';
  const problem = postAddressProblem(address, allowPrivateAddresses);
  if (problem !== null) throw new ConfigurationProblems([`--post: ${problem}`]);
  const heads = await readCurrentHeads(requireDatabaseUrl(), organisationId);
  if (heads.length === 0) {
    console.log('There is no trail yet, so there is no head to post.');
    return 0;
  }
  const authorization = process.env['ANCHOR_AUTHORIZATION']?.trim();
  const failure = await postLines(address, writeHeads(heads), {
    allowPrivateAddresses,
    ...(authorization === undefined || authorization === '' ? {} : { authorization }),
  });
  if (failure !== null) {
    process.stderr.write(`- The heads were not kept: ${failure}.\n`);
    return mismatchExitCode;
  }
  console.log(`heads posted to ${new URL(address).host}: ${heads.length}`);
  return 0;
}

async function check(file: string, organisationId: string | null): Promise<number> {
  const databaseUrl = requireDatabaseUrl();
  let kept: string;
  try {
    kept = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new KeptHeadsError([`${file} can't be read: ${errorFields(error).message}`]);
  }
  const trails = await checkTrails(databaseUrl, readHeads(kept), organisationId);
  if (trails.length === 0) throw new ConfigurationProblems(['There is no such organisation.']);
  // Of all organisations some may be newer than the kept lines; the one that was named isn't checked.
  if (
    organisationId !== null &&
    trails.some(
      ({ isValid, rowsChecked, headsChecked }) => isValid && rowsChecked > 0 && headsChecked === 0,
    )
  ) {
    throw new KeptHeadsError([`there is no kept head of ${organisationId} to check against`]);
  }
  for (const trail of trails) console.log(describeTrail(trail));
  return trails.every(({ isValid }) => isValid) ? 0 : mismatchExitCode;
}

async function main(): Promise<number> {
  const program = new Command('npm run --silent anchor --')
    .description(
      'Prints the heads of the audit trails, one JSON object per line, to be kept where this ' +
        "database can't write. DATABASE_URL names the database, with its owner's login.",
    )
    .option('--organisation <id>', 'only this one', (id) => {
      if (!isUuid.test(id)) throw new InvalidArgumentError('It takes a UUID.');
      return id.toLowerCase();
    })
    .addOption(
      new Option(
        '--post <url>',
        'posts the lines there instead, with ANCHOR_AUTHORIZATION as the Authorization header',
      ).conflicts('check'),
    )
    .option(
      '--check <file>',
      'checks the trails against lines kept earlier; - reads them from stdin',
    )
    .addHelpText(
      'after',
      '\nExit code: 0 all is well, 1 a trail is not what was kept or the post failed, ' +
        '2 wrong arguments,\n69 the database could not be asked, 78 wrong settings or kept lines.',
    )
    .showHelpAfterError()
    .exitOverride()
    .parse();
  const options = program.opts<Options>();
  const organisationId = options.organisation ?? null;
  if (options.post !== undefined) return post(options.post, organisationId);
  if (options.check !== undefined) return check(options.check, organisationId);
  return print(organisationId);
}

/** Says what went wrong; gives the exit code. */
function complain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
  if (error instanceof ConfigurationProblems || error instanceof KeptHeadsError) {
    process.stderr.write(error.problems.map((line) => `- ${line}\n`).join(''));
    return configurationExitCode;
  }
  const { code, message } = errorFields(error);
  process.stderr.write(`- ${`${code ?? ''} ${message}`.trim()}\n`);
  return code?.startsWith('AX') === true ? configurationExitCode : unavailableExitCode;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main().catch(complain);
}
