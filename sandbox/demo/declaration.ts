/** Plays a driver's honorarium: held up, declared, exported, and on record. */
import type { ApiClient } from './api-client.ts';
import type { Part } from './acts.ts';
import { makeHonorarium, putInForce, readAndAcknowledge, recordOf } from './honoraria.ts';
import { putClaims, requestAndWait, shortId, type PlayedRequest } from './play.ts';
import type { Screen } from './screen.ts';
import { table } from './table.ts';
import type { World } from './world.ts';

/** Past the references of the claims that the demo exports. */
const HONORARIUM_NUMBER = 801;
const DRIVER = { id: 'demo-driver', name: 'Havlin Demoåsen' };

export interface PlayedDeclaration {
  /** The parts, with the honorarium among its organisation's claims. */
  readonly parts: readonly Part[];
  /** What did not happen; empty if all did. */
  readonly problems: readonly string[];
}

/** The last part's organisation has honoraria switched on by its file. */
export async function playDeclaration(
  world: World,
  api: ApiClient,
  parts: readonly Part[],
  screen: Screen,
  signal: AbortSignal,
): Promise<PlayedDeclaration> {
  const organisation = world.organisations[1];
  const claim = makeHonorarium(organisation.prefix, HONORARIUM_NUMBER, DRIVER);
  const played = parts.map((part) =>
    part.organisation === organisation ? { ...part, claims: [...part.claims, claim] } : part,
  );
  const problems: string[] = [];
  const expect = (isSo: boolean, what: string): void => {
    if (!isSo) problems.push(`the honorarium ${claim.reference}: ${what}`);
  };
  const ask = (): Promise<PlayedRequest> => requestAndWait(world, api, organisation, claim, signal);

  screen.heading('A driver’s honorarium: held up, declared, exported, on record');
  await putClaims(api, [{ organisation, claims: [claim] }]);
  const version = await putInForce(api, organisation);
  screen.paragraph(
    `1. An organisation_admin signs an example text off: version ${version.version}, in force ` +
      `from ${version.valid_from}. Honoraria are switched on by the organisation’s file.`,
    2,
  );

  const held = await ask();
  const [why] = held.claims;
  expect(why?.verdict === 'declaration_missing', `is ${why?.verdict}, and was to be held up`);
  screen.paragraph(
    `2. ${claim.reference}, ${claim.total} kr, asked for: run ${shortId(held.runId)} ` +
      `${held.status.integration_status}, ${why?.verdict}: ${why?.error}.`,
    2,
  );

  const token = await organisation.tokenOfDriver(DRIVER.id);
  const { content, acknowledgement } = await readAndAcknowledge(api, token);
  const until = acknowledgement.acknowledged_until ?? 'further notice';
  screen.paragraph(
    `3. The driver reads ${content.length} letters, “${content.slice(0, 40)}…”, and acknowledges ` +
      `just these: SHA-256 ${acknowledgement.content_sha256.slice(0, 12)}…, until ${until}.`,
    2,
  );

  const sent = await ask();
  const state = sent.status.integration_status;
  expect(state === 'exported', `its run is ${state}, and was to be exported`);
  screen.line(`  4. Asked for again: run ${shortId(sent.runId)} ${state}.`);
  problems.push(...(await showRecord(screen, api, world, content)));
  return { parts: played, problems };
}

async function showRecord(
  screen: Screen,
  api: ApiClient,
  { organisations: [, organisation] }: World,
  content: string,
): Promise<string[]> {
  const rows = await recordOf(api, organisation, DRIVER.id);
  screen.line('  5. What an auditor gets of rpc/declaration_record, beside the text as shown:');
  const lines = table(
    [
      { heading: 'act' },
      { heading: 'acted_at' },
      { heading: 'version' },
      { heading: 'content_sha256' },
      { heading: 'is_hash_right' },
      { heading: 'signed_off_by' },
    ],
    rows.map((row) => [
      row.act,
      row.acted_at.slice(0, 19),
      `${row.version} (${row.language})`,
      `${row.content_sha256?.slice(0, 12) ?? ''}…`,
      String(row.is_hash_right),
      row.signed_off_by,
    ]),
  );
  for (const line of lines) screen.line(`     ${line}`);
  const [row] = rows;
  const isRight =
    rows.length === 1 &&
    row?.act === 'acknowledged' &&
    row.is_hash_right === true &&
    row.content === content;
  return isRight ? [] : ['the auditor’s record of the declaration is not what was shown'];
}
