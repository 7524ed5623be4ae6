/** Sends the open claims to Xledger, asking first (Xledger contract 8.4). */
import type { AdapterContext, AttemptResult, Batch } from '../adapter.ts';
import { clip, refusedQuestion } from './classify.ts';
import { sendEnvelope } from './envelope.ts';
import { findLines, sentSince } from './find-lines.ts';
import { targetOf } from './graphql.ts';
import { planEnvelopes, XLEDGER_MAPPER_VERSIONS } from './mapper.ts';
import type { Voucher } from './mapper.ts';
import { liveLines, openClaims } from './open-claims.ts';
import type { OpenClaim } from './open-claims.ts';
import { attemptResult, problemResult, undone } from './results.ts';
import type { SchemaMemory } from './schema-memory.ts';

type Report = (results: readonly AttemptResult[]) => Promise<void>;

/**
 * Asks for the open claims, and sends them if none is there: whole vouchers, at most 500 nodes a
 * request, one request at a time, each read back before the next.
 *
 * If anything of ours is there already, nothing is sent: those claims are reported as `unknown`, so
 * that the next step is to ask, the others as `undone`.
 */
export async function submit(
  batch: Batch,
  context: AdapterContext,
  report: Report,
  memory: SchemaMemory,
): Promise<void> {
  if (batch.openClaimIds.length === 0) return;
  if (!XLEDGER_MAPPER_VERSIONS.includes(batch.input.mapper_version)) {
    const errorMessage = `no mapper ${batch.input.mapper_version} in this dispatcher`;
    await report([
      attemptResult(1, 'not_applied', batch.openClaimIds, {
        errorMessage,
        failure: 'configuration',
      }),
    ]);
    return;
  }
  const claims = openClaims(batch);
  const target = targetOf(batch, context, memory);
  const since = sentSince(batch);

  const references = claims.map((claim) => claim.reference);
  const finding = await findLines(target, references, since);
  if (finding.kind === 'problem') {
    await report([problemResult(1, batch.openClaimIds, refusedQuestion(finding))]);
    return;
  }
  const isThere = (claim: OpenClaim) =>
    liveLines(finding.byReference.get(claim.reference), batch, claim).length > 0;
  const there = claims.filter(isThere);
  if (there.length > 0) {
    const others = claims.filter((claim) => !isThere(claim));
    const errorMessage = clip(`already there: ${there.map((one) => one.reference).join(', ')}`);
    const { httpStatus } = finding;
    await report([
      attemptResult(1, 'unknown', idsOf(there), { errorMessage, httpStatus }),
      ...undone(1, idsOf(others), errorMessage),
    ]);
    return;
  }

  let envelopeNo = 0;
  const unmapped = claims.filter((claim) => claim.voucher === null);
  if (unmapped.length > 0) {
    envelopeNo += 1;
    const reasons = new Set(unmapped.map((claim) => claim.reason));
    await report([
      attemptResult(envelopeNo, 'rejected', idsOf(unmapped), {
        errorMessage: clip([...reasons].join('; ')),
      }),
    ]);
  }
  const vouchers = claims.flatMap(({ voucher }) => (voucher === null ? [] : [voucher]));
  const envelopes = [...planEnvelopes(vouchers)];
  for (let next = envelopes.shift(); next !== undefined; next = envelopes.shift()) {
    envelopeNo += 1;
    const results = await sendEnvelope(target, batch, next, envelopeNo, since);
    const stop = results.find(stops);
    if (stop === undefined) {
      await report(results);
      continue;
    }
    const rest = envelopes.map((vouchers, index) => unsent(envelopeNo + 1 + index, vouchers, stop));
    await report([...results, ...rest]);
    return;
  }
}

/** After a refusal the other envelopes may still go; after anything else they wait. */
function stops(result: AttemptResult): boolean {
  return (
    result.outcome === 'unknown' ||
    (result.outcome === 'not_applied' && result.failure !== 'undone')
  );
}

function unsent(envelopeNo: number, vouchers: readonly Voucher[], stop: AttemptResult) {
  return attemptResult(envelopeNo, 'not_applied', idsOf(vouchers), {
    errorMessage: stop.errorMessage,
    httpStatus: stop.httpStatus,
    failure: stop.outcome === 'unknown' ? 'undone' : stop.failure,
    retryAfterMs: stop.retryAfterMs,
  });
}

function idsOf(some: readonly { readonly claimId: string }[]): readonly string[] {
  return some.map(({ claimId }) => claimId);
}
