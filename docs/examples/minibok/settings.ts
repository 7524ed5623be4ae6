/** What an integration with Minibok is set up with, as frozen in a run's input. */
import { z } from 'zod';

const schema = z.object({
  /** The account that what is owed to the claimants is credited to. */
  liability_account: z.string().min(1),
  /** The ledger's currency: a claim in another one is not sent. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('NOK'),
});

export type Settings = z.output<typeof schema>;

/** The settings, or a sentence that names what is wrong without quoting it. */
export function readSettings(settings: Readonly<Record<string, unknown>>): Settings | string {
  const parsed = schema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map(({ path }) => path.join('.'));
  return `settings of Minibok: ${names.join(', ')} missing or not valid`;
}
