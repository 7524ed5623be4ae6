/** What all scenarios share: database, API, ledgers, dispatcher, the panel's server and a browser. */
import type { Browser } from 'playwright-core';

import { startPanelServer } from '../../../../sandbox/panel-server.ts';
import type { Teardown } from '../../../../dispatcher/test/support/database.ts';
import { startDispatcher } from '../../../../dispatcher/test/support/dispatcher-process.ts';
import { createTestApi, type TestApi } from '../../../../dispatcher/test/support/postgrest.ts';
import {
  newClaims,
  startTwoOrganisations,
  type ClaimInput,
  type ClaimOptions,
  type TwoOrganisations,
} from '../../../../dispatcher/test/support/two-organisations.ts';
import { panelFolder } from '../../../build.ts';
import { launchChromium } from './chromium.ts';

/** As much of an organisation as the panel's tests name. */
export interface Place {
  readonly id: string;
  readonly prefix: string;
}

export interface PanelWorld extends TwoOrganisations {
  readonly api: TestApi;
  readonly panelUrl: string;
  readonly browser: Browser;
  /** Exports into files. */
  readonly filing: Place;
  /** Its accounting system answers nobody, and each attempt is ten minutes after the last. */
  readonly stuck: Place;
  /** Has asked for nothing yet. */
  readonly empty: Place;
  /** New approved claims of any of them. */
  claimsOf(place: Place, count: number, options?: ClaimOptions): Promise<ClaimInput[]>;
  /** A run of new claims, asked for in this person's name. */
  runOf(place: Place, claims: readonly ClaimInput[], subject?: string): Promise<string>;
}

const TEN_MINUTES = 600_000;

export async function startPanelWorld(t: Teardown): Promise<PanelWorld> {
  const two = await startTwoOrganisations(t, { remote_max_ms: 500, quarantine_ms: 1_000 });
  const { pool } = two.database;
  const addPlace = async (number: string, place: Place, integration: object): Promise<Place> => {
    const file = {
      organisation: {
        id: place.id,
        name: place.prefix,
        organisation_number: number,
        reference_prefix: place.prefix,
      },
      integrations: [integration],
      mappings: { mileage: { account: '7100' }, toll: { account: '7140' } },
    };
    await pool.query('select * from accounting.apply_organisation($1)', [JSON.stringify(file)]);
    return place;
  };
  const placeOf = (digit: number, prefix: string): Place => ({
    id: `00000000-0000-4000-8000-00000000000${digit}`,
    prefix,
  });
  const file = { system: 'file', settings: { format: 'csv', liability_account: '2910' } };
  const unreachable = {
    system: 'xledger',
    // Port 9 discards, where there is anybody at all.
    endpoint: 'http://127.0.0.1:9/graphql',
    credential_ref: 'bf-xl',
    settings: { liability_account: '2910' },
    base_delay_ms: TEN_MINUTES,
    max_delay_ms: TEN_MINUTES,
  };
  const filing = await addPlace('111111111', placeOf(3, 'FIL'), file);
  const stuck = await addPlace('222222222', placeOf(4, 'STUCK'), unreachable);
  const empty = await addPlace('333333333', placeOf(5, 'TOM'), file);

  const api = await createTestApi(t, two.database);
  await startDispatcher(t, two);
  const server = await startPanelServer({ folder: panelFolder, apiUrl: api.url });
  t.teardown(() => server.close());
  const browser = await launchChromium();
  t.teardown(() => browser.close());

  return {
    ...two,
    api,
    panelUrl: server.url,
    browser,
    filing,
    stuck,
    empty,
    async claimsOf(place, count, options) {
      const claims = newClaims(place.prefix, count, options);
      const values = [place.id, JSON.stringify(claims)];
      await pool.query('select accounting.put_claims($1, $2)', values);
      return claims;
    },
    async runOf(place, claims, subject = 'kari') {
      const token = await api.token({
        role: 'authenticated',
        organisationId: place.id,
        appRole: 'coordinator',
        subject,
      });
      const ids = claims.map(({ id }) => id);
      const answer = await api.post(
        '/export_requests',
        { claim_ids: ids },
        { token, headers: { prefer: 'return=representation' } },
      );
      const [row] = answer.body as { run_id: string }[];
      if (row === undefined) throw new Error(`no run: ${JSON.stringify(answer.body)}`);
      return row.run_id;
    },
  };
}
