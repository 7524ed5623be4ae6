/**
 * `npm run declaration -- import FILE`, `-- preview`, `-- list` and `-- missing`: the confidentiality
 * declaration, for whoever runs the system. Signing off is nobody's here.
 */
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import { ConfigurationProblems, configurationExitCode } from './config.ts';
import {
  DeclarationFileError,
  readDeclarationFile,
  validities,
  waysOfAcknowledging,
  type DeclarationFile,
} from './declaration-file.ts';
import { describeHeldUp, describeImported, describeVersions } from './declaration-lines.ts';
import { describeSample, pageOf } from './declaration-page.ts';
import {
  findFaults,
  importDeclaration,
  listHeldUp,
  listVersions,
  sampleOfText,
  sampleOfVersion,
  type Sample,
} from './declaration-queries.ts';
import { errorFields } from './log.ts';
import { requireDatabaseUrl } from './owner-database.ts';

/** The file can't be a declaration, or the database refused. */
const refusedExitCode = 1;
const usageExitCode = 2;
/** EX_UNAVAILABLE of sysexits.h: the database could not be asked. */
const unavailableExitCode = 69;

/** What was asked for doesn't go together. */
class WrongArguments extends ConfigurationProblems {}

interface FileOptions {
  readonly organisation: string;
  readonly language?: string;
  readonly way?: string;
  readonly validFrom?: string;
  readonly validity?: string;
}

interface ImportOptions extends FileOptions {
  readonly author?: string;
}

interface PreviewOptions extends FileOptions {
  readonly version?: number;
  readonly html?: string;
}

/** What options say goes together with what the file says, or it is refused. */
function settle(file: string, { frontMatter }: DeclarationFile, options: FileOptions) {
  const differing: string[] = [];
  const one = (key: string, inFile: string | undefined, asked: string | undefined) => {
    if (inFile !== undefined && asked !== undefined && inFile !== asked) {
      differing.push(`${file} says ${key}: ${inFile}, and the option says ${asked}.`);
    }
    return asked ?? inFile;
  };
  const settled = {
    language: one('language', frontMatter.language, options.language),
    way: one('way_of_acknowledging', frontMatter.way_of_acknowledging, options.way),
    validFrom: one('valid_from', frontMatter.valid_from, options.validFrom),
    validity: one('validity', frontMatter.validity, options.validity),
  };
  if (differing.length > 0) throw new WrongArguments(differing);
  return settled;
}

async function importFile(file: string, options: ImportOptions): Promise<number> {
  const databaseUrl = requireDatabaseUrl();
  const read = await readDeclarationFile(file);
  const { language, way, validFrom, validity } = settle(file, read, options);
  if (language === undefined) {
    throw new WrongArguments(['The language is missing: --language, or language in the file.']);
  }
  if (way === undefined) {
    throw new WrongArguments([
      'The way of acknowledging is missing: --way, or way_of_acknowledging in the file.',
    ]);
  }
  await refuseFaults(databaseUrl, file, read);
  const imported = await importDeclaration(databaseUrl, options.organisation, {
    language,
    body: read.body,
    wayOfAcknowledging: way,
    author: options.author ?? null,
  });
  const meant = { language, way, validFrom: validFrom ?? null, validity: validity ?? null };
  console.log(describeImported(imported, meant, options.organisation));
  return 0;
}

/** @throws DeclarationFileError that names every fault by its line in the file. */
async function refuseFaults(
  databaseUrl: string,
  file: string,
  { body, firstLineNo }: DeclarationFile,
): Promise<void> {
  const faults = await findFaults(databaseUrl, body);
  if (faults.length === 0) return;
  throw new DeclarationFileError(
    file,
    faults.map(({ lineNo, fault }) => ({
      lineNo: lineNo === null ? null : lineNo + firstLineNo - 1,
      fault,
    })),
  );
}

async function preview(file: string | undefined, options: PreviewOptions): Promise<number> {
  const databaseUrl = requireDatabaseUrl();
  const { organisation, language = 'nb', version = null, html } = options;
  if (file !== undefined && version !== null) {
    throw new WrongArguments(['--version is of what is stored: leave FILE or --version out.']);
  }
  const sample =
    file === undefined
      ? await sampleOfVersion(databaseUrl, organisation, language, version)
      : await fileSample(databaseUrl, file, options);
  if (sample === null) {
    process.stderr.write(
      `- There is no version ${version === null ? '' : `${String(version)} `}in ${language}.\n` +
        `- npm run declaration -- list --organisation '${organisation}' names those that there are.\n`,
    );
    return refusedExitCode;
  }
  console.log(describeSample(sample));
  if (html !== undefined) {
    await writeFile(html, pageOf(sample)).catch((error: unknown) => {
      const { code = 'unknown' } = error as { code?: string };
      throw new WrongArguments([`${html} can't be written (${code}).`]);
    });
    process.stderr.write(`The page is in ${html}.\n`);
  }
  return 0;
}

async function fileSample(
  databaseUrl: string,
  file: string,
  options: PreviewOptions,
): Promise<Sample> {
  const read = await readDeclarationFile(file);
  const { language = 'nb', way, validFrom = null } = settle(file, read, options);
  await refuseFaults(databaseUrl, file, read);
  const sample = await sampleOfText(
    databaseUrl,
    options.organisation,
    language,
    read.body,
    validFrom,
  );
  return { ...sample, wayOfAcknowledging: way ?? null };
}

/** The options that a file may say too. */
function withFileOptions(command: Command): Command {
  return command
    .requiredOption('--organisation <name>', 'its id, organisation number, prefix or name')
    .option('--language <code>', 'nb, nn, en, …', (code) => {
      if (!/^[a-z]{2,3}$/.test(code)) {
        throw new InvalidArgumentError('It takes a code of two or three letters.');
      }
      return code;
    })
    .addOption(
      new Option('--way <way>', 'how it is acknowledged').choices([...waysOfAcknowledging]),
    )
    .option('--valid-from <day>', 'the day on which it is meant to come into force', (day) => {
      if (!isDay(day)) throw new InvalidArgumentError('It takes a day, as 2027-01-31.');
      return day;
    })
    .addOption(
      new Option(
        '--validity <rule>',
        "the rule it is meant for, compared with the organisation's",
      ).choices([...validities]),
    );
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Runs the command; gives the exit code. */
async function main(): Promise<number> {
  let exitCode = 0;
  const program = new Command('npm run declaration --')
    .description(
      "The organisation's confidentiality declaration: docs/declarations.md. Signing off and " +
        'publishing are done by an organisation_admin, through the API. DATABASE_URL names the database, ' +
        "with its owner's login.",
    )
    .addHelpText(
      'after',
      "\nExit code: 0 done, 1 the file can't be a declaration or the database refused, " +
        '2 wrong arguments,\n69 the database could not be asked, 78 wrong settings.',
    )
    .showHelpAfterError()
    .exitOverride();
  withFileOptions(program.command('import').argument('<file>', 'text with a front matter in YAML'))
    .description(
      'writes the draft of a language from a file; safe to repeat. Nothing is signed off',
    )
    .option(
      '--author <sub>',
      'the sub of whoever wrote it; an organisation may demand another signer',
    )
    .action(async (file: string, options: ImportOptions) => {
      exitCode = await importFile(file, options);
    });
  withFileOptions(program.command('preview').argument('[file]', 'left out: what is stored'))
    .description('shows a file or a version as a driver would read it, with an invented name')
    .option('--version <number>', 'of what is stored; left out: the newest', (text) => {
      if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('It takes 1, 2, …');
      return Number(text);
    })
    .option('--html <file>', 'writes a page too, over one that is there', (file) => {
      if (!file.endsWith('.html')) throw new InvalidArgumentError('Its name ends in .html.');
      return file;
    })
    .action(async (file: string | undefined, options: PreviewOptions) => {
      exitCode = await preview(file, options);
    });
  program
    .command('list')
    .requiredOption('--organisation <name>', 'its id, organisation number, prefix or name')
    .description('the versions: state, days, who signed off and on what')
    .action(async ({ organisation }: FileOptions) => {
      console.log(describeVersions(await listVersions(requireDatabaseUrl(), organisation)));
    });
  program
    .command('missing')
    .requiredOption('--organisation <name>', 'its id, organisation number, prefix or name')
    .description('drivers that lack an acknowledgement, and what that holds up; no names')
    .action(async ({ organisation }: FileOptions) => {
      console.log(describeHeldUp(await listHeldUp(requireDatabaseUrl(), organisation)));
    });
  await program.parseAsync();
  return exitCode;
}

/** Says what went wrong; gives the exit code. */
function complain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode;
  if (error instanceof ConfigurationProblems || error instanceof DeclarationFileError) {
    process.stderr.write(error.problems.map((line) => `- ${line}\n`).join(''));
    if (error instanceof WrongArguments) return usageExitCode;
    if (error instanceof ConfigurationProblems) return configurationExitCode;
    process.stderr.write('- Nothing was stored. docs/declarations.md says what a text may have.\n');
    return refusedExitCode;
  }
  const { code, message } = errorFields(error);
  const { detail, hint } = error as { detail?: string; hint?: string };
  process.stderr.write(
    [`${code ?? ''} ${message}`.trim(), detail, hint]
      .filter((line) => line !== undefined && line !== '')
      .map((line) => `- ${line}\n`)
      .join(''),
  );
  return code?.startsWith('AX') === true ? refusedExitCode : unavailableExitCode;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main().catch(complain);
}
