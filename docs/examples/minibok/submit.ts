/** Sends the open claims, one request each, and reads each back. */
import type { AttemptResult } from '../../../dispatcher/adapters/adapter.ts';
import type { Api } from './api.ts';
import type { Problem } from './classify.ts';
import { agrees } from './compare.ts';
import type { Mapped, Voucher } from './mapper.ts';
import { resultOf } from './results.ts';

type Report = (results: readonly AttemptResult[]) => Promise<void>;

export async function submit(api: Api, claims: readonly Mapped[], report: Report): Promise<void> {
  for (const [index, claim] of claims.entries()) {
    const envelopeNo = index + 1;
    if (claim.voucher === null) {
      const errorMessage = claim.reason;
      await report([resultOf(envelopeNo, 'rejected', [claim.claimId], { errorMessage })]);
      continue;
    }
    const result = await send(api, envelopeNo, claim.claimId, claim.voucher);
    const rest = claims.slice(index + 1).map(({ claimId }) => claimId);
    if (!stops(result) || rest.length === 0) {
      await report([result]);
      continue;
    }
    // Together, so that no claim is left without a word if we die here.
    await report([result, unsent(result, rest)]);
    return;
  }
}

async function send(
  api: Api,
  envelopeNo: number,
  claimId: string,
  voucher: Voucher,
): Promise<AttemptResult> {
  const { answer, wireSha256 } = await api.book(voucher);
  if (answer.kind === 'problem') {
    return resultOf(envelopeNo, answer.outcome, [claimId], { ...toldBy(answer), wireSha256 });
  }
  // A 201 proves nothing; from here on whatever fails leaves the outcome unknown.
  const found = await api.find([voucher.reference]);
  if (!Array.isArray(found)) {
    const told = { ...toldBy(found), failure: null, wireSha256 };
    return resultOf(envelopeNo, 'unknown', [claimId], told);
  }
  const ours = found.filter(({ reference }) => reference === voucher.reference);
  const externalIds = { [claimId]: ours.map(({ id }) => id) };
  const common = { httpStatus: answer.status, externalIds, wireSha256 };
  if (ours.length === 1 && agrees(voucher, ours[0])) {
    return resultOf(envelopeNo, 'accepted', [claimId], common);
  }
  const errorMessage = 'read back, the voucher is not what was sent';
  return resultOf(envelopeNo, 'unknown', [claimId], { ...common, errorMessage });
}

/** After a refusal for the claim's own sake the others may still go. */
function stops({ outcome }: AttemptResult): boolean {
  return outcome === 'unknown' || outcome === 'not_applied';
}

function unsent(stop: AttemptResult, claimIds: readonly string[]): AttemptResult {
  const isUnknown = stop.outcome === 'unknown';
  return resultOf(stop.envelopeNo + 1, 'not_applied', claimIds, {
    errorMessage: isUnknown ? 'not sent, after a doubt about another claim' : stop.errorMessage,
    failure: isUnknown ? 'undone' : stop.failure,
    httpStatus: isUnknown ? null : stop.httpStatus,
    retryAfterMs: stop.retryAfterMs,
  });
}

function toldBy({ status, message, failure, retryAfterMs }: Problem) {
  return { httpStatus: status, errorMessage: message, failure, retryAfterMs };
}
