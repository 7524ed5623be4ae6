/**
 * The file that describes an organisation: who it is, how it reaches its accounting system, where
 * its expense types are booked, what it has switched on. docs/organisation-file.md shows every key.
 */
import { readFile } from 'node:fs/promises';
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import { SYSTEMS } from './adapters/adapter.ts';

/** The file can't be used; `problems` names each thing that is wrong, with its place. */
export class OrganisationFileError extends Error {
  override readonly name = 'OrganisationFileError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const milliseconds = z.int().nonnegative();

const timings = {
  max_attempts: z.int().positive().optional(),
  base_delay_ms: milliseconds.optional(),
  max_delay_ms: milliseconds.optional(),
  lease_ms: milliseconds.optional(),
  send_timeout_ms: milliseconds.optional(),
  remote_max_ms: milliseconds.optional(),
  quarantine_ms: milliseconds.optional(),
  max_concurrency: z.int().positive().optional(),
  follow_up_ms: milliseconds.optional(),
  is_enabled: z.boolean().optional(),
};

const code = z.union([z.string(), z.int().transform(String)]);

const codes = z.record(z.string(), code);

const integration = z
  .strictObject({
    system: z.enum(SYSTEMS),
    endpoint: z.url({ protocol: /^https?$/ }).optional(),
    credential_ref: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,62}$/, 'takes a to z, 0 to 9 and -: it is a name, never the secret')
      .optional(),
    /** What each system takes is checked by the database: accounting.settings_problems. */
    settings: z.record(
      z.string(),
      // Beside plain values: dimensions, and what is different for a kind of claim.
      z.union([z.string(), z.number(), z.boolean(), codes, z.record(z.string(), codes)]),
    ),
    ...timings,
  })
  .superRefine((given, context) => {
    for (const key of ['endpoint', 'credential_ref'] as const) {
      const isFile = given.system === 'file';
      if ((given[key] === undefined) === isFile) continue;
      const message = isFile ? 'a file has none: nobody is called' : 'is missing';
      context.addIssue({ code: 'custom', path: [key], message });
    }
  });

/** Of a mapping, and of what a kind of claim changes in it. */
const overridable = {
  tax_code: code.nullable().optional(),
  label: z.string().min(1).max(60).optional(),
  dimensions: codes.optional(),
};

const schema = z.strictObject({
  organisation: z.strictObject({
    id: z.uuid(),
    name: z.string().min(1),
    organisation_number: code,
    reference_prefix: z.string().regex(/^[A-Z][A-Z0-9]{0,5}$/, 'takes 1 to 6 of A to Z, 0 to 9'),
    /** How long after its delivery a claim keeps its person's data. */
    retention_months: z.int().min(0).max(600).optional(),
  }),
  integrations: z.array(integration),
  mappings: z.record(
    z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'takes a to z, 0 to 9 and _'),
    z.strictObject({
      account: code,
      ...overridable,
      by_kind: z
        .partialRecord(
          z.enum(['travel_expense', 'driver_honorarium']),
          z.strictObject({ account: code.optional(), ...overridable }),
        )
        .optional(),
    }),
  ),
  /** Those that it leaves out stay as they are. */
  flags: z
    .partialRecord(
      z.enum(['driver_honorarium']),
      z.strictObject({
        is_enabled: z.boolean(),
        reason: z.string().regex(/\S/, 'says why, and is kept').max(500),
      }),
    )
    .optional(),
});

/** An organisation's file, checked. */
export type OrganisationFile = z.infer<typeof schema>;

/**
 * Reads and checks a file, YAML or JSON. `${NAME}` in a text stands for an environment variable, so
 * that one file serves test and production.
 *
 * @throws OrganisationFileError that names every problem.
 */
export async function readOrganisationFile(
  file: string,
  environment: NodeJS.ProcessEnv,
): Promise<OrganisationFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code: reason } = error as { code?: string };
    throw new OrganisationFileError([
      reason === 'ENOENT' ? `There is no file ${file}.` : `${file} can't be read (${reason}).`,
    ]);
  }
  return parseOrganisationFile(text, environment);
}

/** As {@link readOrganisationFile}, from the file's text. */
export function parseOrganisationFile(
  text: string,
  environment: NodeJS.ProcessEnv,
): OrganisationFile {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const where = error instanceof YAMLParseError ? error.message.split('\n')[0] : 'not readable';
    throw new OrganisationFileError([`The file is neither YAML nor JSON: ${where}`]);
  }
  const missing = new Set<string>();
  const filled = fillIn(value, environment, missing);
  const problems = [...missing].map((name) => `\${${name}}: that variable is not set`);
  const parsed = schema.safeParse(filled);
  if (!parsed.success) {
    problems.push(
      ...parsed.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`),
    );
  }
  if (problems.length > 0 || !parsed.success) throw new OrganisationFileError(problems);
  return parsed.data;
}

function fillIn(value: unknown, environment: NodeJS.ProcessEnv, missing: Set<string>): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{([A-Z][A-Z0-9_]*)\}/g, (_, name: string) => {
      const found = environment[name];
      if (found === undefined || found === '') missing.add(name);
      return found ?? '';
    });
  }
  if (Array.isArray(value)) return value.map((item) => fillIn(item, environment, missing));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fillIn(item, environment, missing)]),
    );
  }
  return value;
}
