/** The declaration of an organisation in each state, and a driver who acknowledged it, without PostgREST. */
import { randomUUID } from 'node:crypto';

import type { Pool } from 'pg';

import { newClaims } from './two-organisations.ts';

/** A version of the declaration, by what names it. */
export interface Version {
  readonly templateId: string;
  readonly version: number;
  readonly bodySha256: string;
}

/** What {@link DeclarationsOf.seed} brought about. */
export interface Declared {
  readonly driverId: string;
  readonly draft: Version;
  readonly signedOff: Version;
  /** What it fills in is the same for every driver, so that one hash is right for all. */
  readonly inForce: Version;
}

export interface DeclarationsOf {
  /** Switches honoraria on; writes, signs off, publishes; the driver consents, and has driven before. */
  seed(prefix: string, driverId: string): Promise<Declared>;
}

/**
 * @param pool a superuser's
 * @param word stands in every text
 */
export function declarationsOf(pool: Pool, id: string, word: string): DeclarationsOf {
  const write = async (language: string, body: string): Promise<Version> => {
    const { rows } = await pool.query<Version>(
      `select id as "templateId", version, body_sha256 as "bodySha256"
         from accounting.put_declaration_template($1, $2, $3, 'tick_box', $4)`,
      [id, language, body, `${word} the author`],
    );
    const [version] = rows;
    if (version === undefined) throw new Error('nothing was written');
    return version;
  };
  const signOff = async (language: string, body: string): Promise<Version> => {
    const written = await write(language, body);
    await pool.query(`select accounting.sign_off_template($1, $2, $3, $4, 'tick_box', $5, $5)`, [
      id,
      written.templateId,
      written.version,
      written.bodySha256,
      word,
    ]);
    return written;
  };
  const publish = async (language: string, body: string): Promise<Version> => {
    const signed = await signOff(language, body);
    await pool.query(
      `select accounting.publish_template(
         $1, $2, $3, (accounting.clock() at time zone 'Europe/Oslo')::date, $4)`,
      [id, signed.templateId, signed.version, word],
    );
    return signed;
  };

  return {
    async seed(prefix, driverId) {
      await pool.query(
        `select accounting.set_feature_flag($1, 'driver_honorarium', true, $2 || ' decided')`,
        [id, word],
      );
      await pool.query(
        `select accounting.set_declaration_rules($1, 'yearly', false, 'nb', 60, $2, $2)`,
        [id, word],
      );
      const inForce = await publish('nb', `Nobody hears of ${word}.`);
      await pool.query(`select accounting.acknowledge($1, $2, $3, $4, $5, null, 'web')`, [
        id,
        driverId,
        inForce.templateId,
        inForce.version,
        inForce.bodySha256,
      ]);
      const [claim] = newClaims(prefix, 1, { text: `${word} drove` });
      const honorarium = {
        ...claim,
        kind: 'driver_honorarium',
        claimant: { id: driverId, name: `${word} Eksempel` },
      };
      await pool.query('select accounting.put_claims($1, $2)', [id, JSON.stringify([honorarium])]);
      return {
        driverId,
        inForce,
        draft: await write('nb', `Nobody hears of ${word} again.`),
        signedOff: await signOff('nn', `Ingen høyrer om ${word}.`),
      };
    },
  };
}

/** One that nobody wrote. */
export function nobodysVersion(version: number): Version {
  return { templateId: randomUUID(), version, bodySha256: '0'.repeat(64) };
}
