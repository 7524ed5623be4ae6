/** What the demo shows in the end: the story, each coordinator's status, and the sums. */
import type { ApiClient } from './api-client.ts';
import type { Part } from './acts.ts';
import { businessCentralBooks, compareWithBooks, xledgerBooks, type Agreement } from './checks.ts';
import { kroner } from './money.ts';
import { shortId, type ClaimRow, type PlayedRun, type StatusRow } from './play.ts';
import type { Screen } from './screen.ts';
import { tell } from './story.ts';
import { table } from './table.ts';
import type { World } from './world.ts';
import { toMinorUnits } from '../../dispatcher/adapters/amount.ts';

/** Tells the six; what did not happen comes back as problems. */
export function showStory(screen: Screen, runs: readonly PlayedRun[]): string[] {
  screen.heading(
    'What went wrong, and what became of it (read from export_runs and export_claims)',
  );
  const problems: string[] = [];
  for (const [index, { title, sentences, missing }] of tell(runs).entries()) {
    screen.line(`  ${index + 1}. ${title}`);
    for (const sentence of sentences) screen.paragraph(sentence, 5);
    for (const run of missing) {
      screen.line(`     ${screen.bad(`not seen in ${run.organisation.name} run ${run.runId}`)}`);
      problems.push(`“${title}” did not happen in run ${run.runId}`);
    }
    if (sentences.length + missing.length === 0) problems.push(`“${title}” was not played`);
  }
  return problems;
}

/** GET /export_status as each coordinator gets it. */
export async function showStatus(
  screen: Screen,
  api: ApiClient,
  parts: readonly Part[],
): Promise<void> {
  for (const { organisation } of parts) {
    const rows = await api.get<StatusRow>(
      organisation.tokens.coordinator,
      '/export_status?order=requested_at',
    );
    screen.heading(
      `GET /export_status, as ${organisation.name}’s coordinator gets it (some columns)`,
    );
    const lines = table(
      [
        { heading: 'run_id' },
        { heading: 'integration_status' },
        { heading: 'total', align: 'right' },
        { heading: 'success', align: 'right' },
        { heading: 'failure', align: 'right' },
        { heading: 'skipped', align: 'right' },
        { heading: 'attempts', align: 'right' },
        { heading: 'http', align: 'right' },
      ],
      rows.map((row) => [
        shortId(row.run_id),
        row.integration_status,
        String(row.total_claims),
        String(row.success_count),
        String(row.failure_count),
        String(row.skipped_count),
        String(row.attempts),
        row.last_http_status === null ? '–' : String(row.last_http_status),
      ]),
    );
    for (const line of lines) screen.line(`  ${line}`);
  }
}

/** Claims' totals beside the ledgers'; what doesn't agree comes back as problems. */
export async function showSums(
  screen: Screen,
  api: ApiClient,
  world: World,
  parts: readonly Part[],
): Promise<string[]> {
  const agreements: (readonly [Part, Agreement])[] = [];
  for (const part of parts) agreements.push([part, await agreementOf(api, world, part)]);
  screen.heading('The claims beside the ledgers’ own books');
  const lines = table(
    [
      { heading: 'organisation' },
      { heading: 'claims put', align: 'right' },
      { heading: 'delivered', align: 'right' },
      { heading: 'kroner', align: 'right' },
      { heading: 'in the ledger', align: 'right' },
      { heading: 'kroner', align: 'right' },
      { heading: '' },
    ],
    agreements.map(([{ organisation }, sums]) => [
      organisation.name,
      String(sums.putCount),
      String(sums.deliveredCount),
      kroner(sums.deliveredOre),
      String(sums.bookedCount),
      kroner(sums.bookedOre),
      sums.problems.length === 0 ? 'agree' : 'DIFFER',
    ]),
  );
  for (const line of lines) screen.line(`  ${line}`);
  const problems = agreements.flatMap(([{ organisation }, sums]) =>
    sums.problems.map((problem) => `${organisation.name}: ${problem}`),
  );
  if (problems.length === 0) {
    screen.line(
      `  ${screen.good('Each delivered claim is in its ledger once, to the øre; no other is.')}`,
    );
  }
  return problems;
}

async function agreementOf(api: ApiClient, world: World, part: Part): Promise<Agreement> {
  const delivered = await api.get<Pick<ClaimRow, 'claim_id'>>(
    part.organisation.tokens.coordinator,
    '/export_claims?select=claim_id&exported_at=not.is.null',
  );
  const ids = new Set(delivered.map(({ claim_id }) => claim_id));
  return compareWithBooks(
    part.claims.map(({ id, reference, total }) => ({
      reference,
      totalOre: toMinorUnits(total),
      isDelivered: ids.has(id),
    })),
    part.organisation.system === 'business_central'
      ? businessCentralBooks(world.businessCentral)
      : xledgerBooks(world.xledger),
  );
}
