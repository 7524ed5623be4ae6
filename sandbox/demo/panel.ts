/** The panel for the demo: built, served, and with claims that are still to be exported. */
import { buildPanel, panelFolder } from '../../panel/build.ts';
import { writeLink, type ListedClaim } from '../../panel/page/link.ts';
import { startPanelServer } from '../panel-server.ts';
import { ApiClient } from './api-client.ts';
import { makeClaims } from './claims.ts';
import type { Screen } from './screen.ts';
import type { Organisation, World } from './world.ts';

export interface DemoPanel {
  readonly url: string;
  /** What signs a coordinator in, for each of the world's organisations. */
  readonly links: readonly string[];
}

/** Approved for each organisation, and not asked for yet. */
const CLAIM_COUNT = 6;
/** Past the references of the claims that the demo itself exports. */
const FIRST_REFERENCE = 901;

/**
 * Serves the panel, and puts claims to try it with.
 *
 * @param closers gets what stops the server.
 */
export async function openPanel(
  screen: Screen,
  world: World,
  signal: AbortSignal,
  closers: (() => Promise<void>)[],
): Promise<DemoPanel> {
  screen.heading('The panel');
  const server = await screen.step(
    async () => {
      await buildPanel();
      return startPanelServer({ folder: panelFolder, apiUrl: world.apiUrl });
    },
    ({ url }) => `built, and served at ${url}`,
  );
  closers.push(() => server.close());
  const api = new ApiClient(world.apiUrl, signal);
  const links = await screen.step(
    () =>
      Promise.all(
        world.organisations.map(async (organisation, index) => {
          const claims = await claimsToTry(api, organisation, 3 + index);
          return server.url + writeLink(organisation.tokens.coordinator, claims);
        }),
      ),
    () => `${CLAIM_COUNT} more claims for each organisation, to export from there`,
  );
  return { url: server.url, links };
}

/** New ones, and one that was exported: so that the panel's warning can be met. */
async function claimsToTry(
  api: ApiClient,
  { prefix, tokens }: Organisation,
  seed: number,
): Promise<ListedClaim[]> {
  const claims = makeClaims({
    count: CLAIM_COUNT,
    prefix,
    seed,
    today: new Date(),
    firstReference: FIRST_REFERENCE,
  });
  await api.post(tokens.app, '/rpc/put_claims', { p_claims: claims });
  const delivered = await api.get<{ claim_id: string; reference: string }>(
    tokens.coordinator,
    '/export_claims?exported_at=not.is.null&select=claim_id,reference&order=reference&limit=1',
  );
  return [
    ...claims.map(({ id, reference }) => ({ id, reference })),
    ...delivered.map(({ claim_id: id, reference }) => ({ id, reference })),
  ];
}
