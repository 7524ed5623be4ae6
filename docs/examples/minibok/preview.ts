/** What `submit` would send, made by the functions that it sends with. Pure. */
import type { Batch, Preview } from '../../../dispatcher/adapters/adapter.ts';
import { sha256Hex } from '../../../dispatcher/http.ts';
import { bookingRequest } from './api.ts';
import { mapClaims } from './mapper.ts';
import { readSettings } from './settings.ts';

/** See `Adapter.preview`. */
export function preview({ input, openClaimIds, endpoint }: Batch): Preview {
  const settings = readSettings(input.settings);
  if (typeof settings === 'string') {
    return { requests: [], unsendable: [{ claimIds: openClaimIds, reason: settings }] };
  }
  const claims = mapClaims(input, openClaimIds, settings);
  return {
    requests: claims.flatMap(({ claimId, voucher }, index) => {
      if (voucher === null) return [];
      const { method, url, headers, body } = bookingRequest(endpoint, '{token}', voucher);
      const purpose = `books the voucher ${voucher.reference}`;
      const envelopeNo = index + 1;
      return [
        {
          purpose,
          method,
          url,
          headers,
          body,
          sha256: sha256Hex(body),
          envelopeNo,
          claimIds: [claimId],
        },
      ];
    }),
    unsendable: claims.flatMap(({ claimId, reason }) =>
      reason === null ? [] : [{ claimIds: [claimId], reason }],
    ),
  };
}
