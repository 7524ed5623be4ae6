/** What an integration with Xledger is told in its settings, frozen with each run. */
import { z } from 'zod';
import { mappingSettings } from '../entries.ts';

/** The settings of an Xledger integration; checked when written, and again when a run is sent. */
export const xledgerSettingsSchema = z.strictObject({
  /** The account that is credited: what is owed to the claimants. */
  liability_account: z.string().min(1),
  /** The entity that the vouchers belong to; left out, the one that the token is bound to. */
  owner_code: z.string().min(1).optional(),
  transaction_source: z.string().min(1).default('GL'),
  /** `jobLevel.dbSubId`: the stage at which an import item waits for booking. */
  job_level_sub_id: z.int().default(1),
  /** The entity's currency; a claim in another one is not sent. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('NOK'),
  /** Which mapper turns claims into records; a run keeps the version it was made with. */
  mapper: z.string().min(1).optional(),
  ...mappingSettings,
});

/** Checked settings, with their defaults. */
export type XledgerSettings = z.output<typeof xledgerSettingsSchema>;
