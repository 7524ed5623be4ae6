/** What an integration with Business Central is set up with, as frozen in a run's input. */
import { z } from 'zod';

/** An account, tax code, template or dimension is a Code or Text field of this length at most. */
const code = (max: number) => z.string().min(1).max(max);

const schema = z.object({
  company_id: z.guid(),
  /** Where the access token is asked for; that it is https is held by the HTTP client. */
  token_url: z.url({ protocol: /^https?$/ }),
  /** G/L account that the claimants' money is owed on. Never an employee's: the API hides those. */
  liability_account: code(20),
  /** The journal template's name; left out, it is the tenant's default. */
  journal_template: code(10).optional(),
  /** Whether a run's journal is posted once all of its claims are in; else a person does it. */
  post_journal: z.boolean().default(false),
  /** The company's own currency: journal lines of the API know no other (contract 2.3). */
  currency: z.string().length(3).default('NOK'),
});

/** See the schema for each member. */
export type Settings = z.output<typeof schema>;

/**
 * Reads frozen settings; members of other readers are passed over.
 *
 * @returns the settings, or a sentence that names what is wrong without quoting it.
 */
export function readSettings(settings: Readonly<Record<string, unknown>>): Settings | string {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map((issue) => issue.path.join('.')))];
  return `settings of Business Central: ${names.join(', ')} missing or not valid`;
}
