/** Asks Minibok what it has of the open claims, and compares. */
import type { AnswerResult, Batch } from '../../../dispatcher/adapters/adapter.ts';
import type { Api, Booked } from './api.ts';
import { agrees } from './compare.ts';
import type { Mapped } from './mapper.ts';
import { answerOf } from './results.ts';

export async function findExisting(
  api: Api,
  claims: readonly Mapped[],
  batch: Batch,
): Promise<AnswerResult[]> {
  const found = await api.find(claims.map(({ reference }) => reference));
  if (!Array.isArray(found)) {
    const claimIds = claims.map(({ claimId }) => claimId);
    const { status: httpStatus, message: errorMessage, failure, retryAfterMs } = found;
    return [answerOf('unclear', claimIds, { httpStatus, errorMessage, failure, retryAfterMs })];
  }
  // A person removed these: they are no booking of ours any more.
  const voided = new Set(batch.voidedExternalIds);
  return claims.map((claim) => {
    const mine = found.filter(
      ({ id, reference }) => reference === claim.reference && !voided.has(id),
    );
    return judge(claim, mine, batch);
  });
}

function judge(claim: Mapped, booked: readonly Booked[], { search }: Batch): AnswerResult {
  const claimIds = [claim.claimId];
  if (booked.length === 0) {
    // The reference is taken from the first send on. Asked by reference no run is known that could
    // be sent again, so nothing is said to collide.
    return answerOf('absent', claimIds, { httpStatus: 200, collides: search === 'run' });
  }
  const told = { httpStatus: 200, externalIds: { [claim.claimId]: booked.map(({ id }) => id) } };
  if (claim.voucher !== null && booked.length === 1 && agrees(claim.voucher, booked[0])) {
    return answerOf('found', claimIds, told);
  }
  const errorMessage =
    claim.reason ?? `${claim.reference}: ${booked.length} vouchers, not what we would send`;
  return answerOf('unclear', claimIds, { ...told, errorMessage, needsPerson: true });
}
