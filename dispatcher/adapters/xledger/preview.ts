/** What `submit` would send, made by the functions that it sends with. Pure. */
import { sha256Hex } from '../../http.ts';
import type { Batch, Preview } from '../adapter.ts';
import { graphqlRequest } from './graphql.ts';
import { planEnvelopes, XLEDGER_MAPPER_VERSIONS } from './mapper.ts';
import { openClaims } from './open-claims.ts';
import { itemsOf, ADD_GL_IMPORT_ITEMS } from './queries.ts';

/** See `Adapter.preview`. */
export function preview(batch: Batch): Preview {
  if (!XLEDGER_MAPPER_VERSIONS.includes(batch.input.mapper_version)) {
    const reason = `no mapper ${batch.input.mapper_version} in this program`;
    return { requests: [], unsendable: [{ claimIds: batch.openClaimIds, reason }] };
  }
  const claims = openClaims(batch);
  const unmapped = claims.filter(({ voucher }) => voucher === null);
  const vouchers = claims.flatMap(({ voucher }) => (voucher === null ? [] : [voucher]));
  // What can't be mapped is told first, as the first envelope.
  const before = unmapped.length > 0 ? 1 : 0;
  const requests = planEnvelopes(vouchers).map((some, index) => {
    const variables = itemsOf(some);
    const request = graphqlRequest(batch.endpoint, '{token}', ADD_GL_IMPORT_ITEMS, variables, true);
    const { method, url, headers, body } = request;
    return {
      purpose: `adds ${String(variables.i.length)} import items, whole vouchers, all or none`,
      method,
      url,
      headers,
      body,
      sha256: sha256Hex(body),
      envelopeNo: before + index + 1,
      claimIds: some.map(({ claimId }) => claimId),
    };
  });
  return {
    requests,
    unsendable: unmapped.map(({ claimId, reason }) => ({
      claimIds: [claimId],
      reason: reason ?? "it can't be mapped",
    })),
  };
}
