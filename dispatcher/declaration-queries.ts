/** What `npm run declaration` asks the database, with the login that owns the schemas. */
import type { Client } from 'pg';

import { withOwnerDatabase } from './owner-database.ts';

/** Something that keeps a text from being a declaration. */
export interface TextFault {
  /** In the text; null: the whole of it. */
  readonly lineNo: number | null;
  readonly fault: string;
  /** No hidden character is in that line. */
  readonly isPrintable: boolean;
}

/** A text to be written down as a draft. */
export interface DraftToImport {
  readonly language: string;
  readonly body: string;
  readonly wayOfAcknowledging: string;
  /** The sub of whoever wrote it; null: nobody was named. */
  readonly author: string | null;
}

/** What became of it. */
export interface Imported {
  readonly result: 'created' | 'updated' | 'unchanged';
  readonly templateId: string;
  readonly version: number;
  readonly state: 'draft' | 'signed_off' | 'published';
  readonly bodySha256: string;
  readonly validFrom: string | null;
  readonly today: string;
  /** The organisation's rule. */
  readonly validity: string;
  readonly needsAnotherSigner: boolean;
}

/** A version as a driver would read it, with an invented name. */
export interface Sample {
  readonly organisation: string;
  readonly language: string;
  readonly version: number;
  readonly state: string;
  readonly wayOfAcknowledging: string | null;
  readonly bodySha256: string;
  readonly content: string;
  readonly contentHtml: string;
  /** Those that the text has, and what they stand for here. */
  readonly placeholders: Readonly<Record<string, string>>;
  /** Placeholders that nobody can fill in. */
  readonly problems: readonly string[];
  /** All that a text may have. */
  readonly knownPlaceholders: readonly string[];
}

/** A version and where it stands. */
export interface Version {
  readonly language: string;
  readonly version: number;
  readonly state: string;
  readonly wayOfAcknowledging: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly signedOffBy: string | null;
  readonly signedOffAt: string | null;
  readonly signOffReference: string | null;
  readonly problems: readonly string[];
}

/** An honorarium that a missing acknowledgement holds up. */
export interface HeldUp {
  readonly driverId: string;
  readonly claimId: string;
  readonly reference: string;
  readonly missingOn: string;
  readonly neededLanguage: string | null;
  readonly neededVersion: number | null;
}

/** A session in which nothing can be written. */
function read<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  return withOwnerDatabase(databaseUrl, 'declaration', async (client) => {
    await client.query('set default_transaction_read_only = on');
    return work(client);
  });
}

/**
 * Asked by itself: in a join, the planner leaves it out where the other side has no row.
 *
 * @throws a database error with SQLSTATE AX014.
 */
async function requireOrganisation(client: Client, named: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    'select id from accounting.named_organisation($1)',
    [named],
  );
  if (rows[0] === undefined) throw new Error('named_organisation gave no row');
  return rows[0].id;
}

/** What is wrong with a text; none: it may be a declaration. */
export function findFaults(databaseUrl: string, body: string): Promise<TextFault[]> {
  return read(databaseUrl, async (client) => {
    const { rows } = await client.query<TextFault>(
      `select line_no as "lineNo", fault, is_printable as "isPrintable"
         from accounting.declaration_faults($1)`,
      [body],
    );
    return rows;
  });
}

/**
 * Writes a draft, unless the newest version is just that.
 *
 * @param organisation its id, number, prefix or name.
 * @throws a database error with SQLSTATE AX014, AX030 or AX031.
 */
export function importDeclaration(
  databaseUrl: string,
  organisation: string,
  { language, body, wayOfAcknowledging, author }: DraftToImport,
): Promise<Imported> {
  return withOwnerDatabase(databaseUrl, 'declaration', async (client) => {
    const { rows } = await client.query<Imported>(
      `select i.result, i.template_id as "templateId", i.version, i.state,
              i.body_sha256 as "bodySha256", i.valid_from::text as "validFrom",
              (accounting.clock() at time zone 'Europe/Oslo')::date::text as today,
              rule.validity, rule.needs_another_signer as "needsAnotherSigner"
         from accounting.named_organisation($1) as o,
              accounting.declaration_rule_of(o.id) as rule,
              accounting.import_declaration(o.id, $2, $3, $4, $5) as i`,
      [organisation, language, body, wayOfAcknowledging, author],
    );
    if (rows[0] === undefined) throw new Error('import_declaration gave no row');
    return rows[0];
  });
}

/**
 * A text that is stored nowhere, as the language's next version would be read.
 *
 * @param validFrom null: today.
 * @throws a database error with SQLSTATE AX014.
 */
export function sampleOfText(
  databaseUrl: string,
  organisation: string,
  language: string,
  body: string,
  validFrom: string | null,
): Promise<Sample> {
  return read(databaseUrl, async (client) => {
    const { rows } = await client.query<Sample>(
      `select o.name as organisation, $2 as language, next.version, 'not stored' as state,
              null as "wayOfAcknowledging", accounting.sha256_text($3) as "bodySha256", s.content,
              s.content_html as "contentHtml", s.placeholders, '{}'::text[] as problems,
              accounting.declaration_placeholders() as "knownPlaceholders"
         from accounting.named_organisation($1) as o,
              lateral (select coalesce(max(t.version) filter (where t.state <> 'draft'), 0) + 1 as version
                         from accounting.declaration_templates as t
                        where t.organisation_id = o.id and t.language = $2) as next,
              accounting.sample_declaration(o.id, $3, next.version, $4) as s`,
      [organisation, language, body, validFrom],
    );
    if (rows[0] === undefined) throw new Error('sample_declaration gave no row');
    return rows[0];
  });
}

/**
 * A version that is stored.
 *
 * @param version null: the newest of the language.
 * @returns null if there is none.
 * @throws a database error with SQLSTATE AX014.
 */
export function sampleOfVersion(
  databaseUrl: string,
  organisation: string,
  language: string,
  version: number | null,
): Promise<Sample | null> {
  return read(databaseUrl, async (client) => {
    const { rows } = await client.query<Sample>(
      `select o.name as organisation, t.language, t.version, t.state,
              t.way_of_acknowledging as "wayOfAcknowledging", t.body_sha256 as "bodySha256", s.content,
              s.content_html as "contentHtml", s.placeholders, t.problems,
              accounting.declaration_placeholders() as "knownPlaceholders"
         from accounting.organisations as o,
              api.declaration_templates as t,
              accounting.sample_declaration(o.id, t.body, t.version, t.valid_from) as s
        where o.id = $1 and t.organisation_id = o.id
          and t.language = $2 and t.version = coalesce($3, t.version)
        order by t.version desc
        limit 1`,
      [await requireOrganisation(client, organisation), language, version],
    );
    return rows[0] ?? null;
  });
}

/** @throws a database error with SQLSTATE AX014. */
export function listVersions(databaseUrl: string, organisation: string): Promise<Version[]> {
  return read(databaseUrl, async (client) => {
    const { rows } = await client.query<Version>(
      `select t.language, t.version, t.state, t.way_of_acknowledging as "wayOfAcknowledging",
              t.valid_from::text as "validFrom", t.valid_until::text as "validUntil",
              t.signed_off_by as "signedOffBy",
              to_char(t.signed_off_at at time zone 'Europe/Oslo', 'YYYY-MM-DD') as "signedOffAt",
              t.sign_off_reference as "signOffReference", t.problems
         from api.declaration_templates as t
        where t.organisation_id = $1
        order by t.language, t.version`,
      [await requireOrganisation(client, organisation)],
    );
    return rows;
  });
}

/** @throws a database error with SQLSTATE AX014. */
export function listHeldUp(databaseUrl: string, organisation: string): Promise<HeldUp[]> {
  return read(databaseUrl, async (client) => {
    const { rows } = await client.query<HeldUp>(
      `select l.driver_id as "driverId", l.claim_id as "claimId", l.reference,
              l.missing_on::text as "missingOn", l.needed_language as "neededLanguage",
              l.needed_version as "neededVersion"
         from accounting.named_organisation($1) as o,
              accounting.missing_declarations(o.id, null) as l
        order by l.driver_id, l.missing_on, l.reference`,
      [organisation],
    );
    return rows;
  });
}
