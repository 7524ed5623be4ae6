/** What an organisation that writes files is told in its settings, frozen with each run. */
import { z } from 'zod';

import { mappingSettings } from '../entries.ts';

/** How the file is laid out: docs/file-export.md describes each. */
export const fileFormatSchema = z.enum(['xledger_gl_csv', 'csv', 'json']);

export type FileFormat = z.output<typeof fileFormatSchema>;

/** Which dimension stands in a column `Posting n` of the .gl.csv layout. */
const posting = (place: number) => z.string().min(1).default(`glObject${place}`);

/** The settings of system `file`; checked when written, and again when a file is made. */
export const fileSettingsSchema = z.strictObject({
  format: fileFormatSchema,
  /** The account that is credited: what is owed to the claimants. */
  liability_account: z.string().min(1),
  /** The ledger's currency; a claim in another one gets into no file. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('NOK'),
  /** Column `Voucher Type` of the .gl.csv layout. */
  voucher_type: z
    .string()
    .regex(/^[A-Z0-9]{1,8}$/)
    .default('GL'),
  posting_1: posting(1),
  posting_2: posting(2),
  posting_3: posting(3),
  posting_4: posting(4),
  posting_5: posting(5),
  /** Which mapper turns claims into vouchers; a run keeps the version it was made with. */
  mapper: z.string().min(1).optional(),
  ...mappingSettings,
});

/** Checked settings, with their defaults. */
export type FileSettings = z.output<typeof fileSettingsSchema>;
