/** The panel for the demo: built, served, and with claims that are still to be exported. */
import { buildPanel, panelFolder } from '../../panel/build.ts';
import { writeLink, type ListedClaim } from '../../panel/page/link.ts';
import { startPanelServer } from '../panel-server.ts';
import { ApiClient } from './api-client.ts';
import { makeClaims } from './claims.ts';
import { makeHonorarium } from './honoraria.ts';
import type { Screen } from './screen.ts';
import type { Organisation, World } from './world.ts';

export interface DemoPanel {
  readonly url: string;
  /** What signs a coordinator in, for each of the world's organisations. */
  readonly links: readonly string[];
  /** What signs a driver in who has acknowledged nothing yet, and whose honorarium waits for it. */
  readonly driverLink: string;
}

/** Approved for each organisation, and not asked for yet. */
const CLAIM_COUNT = 6;
/** Past the references of the claims that the demo itself exports. */
const FIRST_REFERENCE = 901;
const HONORARIUM_NUMBER = 951;
const DRIVER = { id: 'demo-driver-to-try', name: 'Lyngar Eksempelvika' };

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
          if (organisation === world.organisations[1]) {
            claims.push(await honorariumToTry(api, organisation));
          }
          return server.url + writeLink(organisation.tokens.coordinator, claims);
        }),
      ),
    () => `${CLAIM_COUNT} more claims for each organisation, to export from there`,
  );
  const driverLink = await screen.step(
    () => linkOfDriver(world, server.url),
    () => 'a driver, whose declaration holds an honorarium up',
  );
  return { url: server.url, links, driverLink };
}

async function linkOfDriver({ organisations }: World, url: string): Promise<string> {
  const token = await organisations[1].tokenOfDriver(DRIVER.id);
  return `${url}declaration.html${writeLink(token, [])}`;
}

/** One that waits for its driver. */
async function honorariumToTry(
  api: ApiClient,
  { prefix, tokens }: Organisation,
): Promise<ListedClaim> {
  const claim = makeHonorarium(prefix, HONORARIUM_NUMBER, DRIVER);
  await api.post(tokens.app, '/rpc/put_claims', { p_claims: [claim] });
  return { id: claim.id, reference: claim.reference };
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
