/** The file that would be written. Pure: it is made by the code that writes it. */
import { sha256Hex } from '../../http.ts';
import type { Batch, Preview } from '../adapter.ts';
import { FILE_MAPPER_VERSIONS } from './mapper.ts';
import { produceFile } from './produce.ts';

/** See `Adapter.preview`; the one "request" is the file, under its name. */
export function preview({ input, batchKey, openClaimIds }: Batch): Preview {
  if (!FILE_MAPPER_VERSIONS.includes(input.mapper_version)) {
    const reason = `no mapper ${input.mapper_version} in this program`;
    return { requests: [], unsendable: [{ claimIds: openClaimIds, reason }] };
  }
  const { file, vouchers, refused } = produceFile(input, batchKey, openClaimIds);
  const unsendable = [...refused].map(([claimId, reason]) => ({ claimIds: [claimId], reason }));
  if (file === null) return { requests: [], unsendable };
  return {
    requests: [
      {
        purpose: 'writes the file, which the database keeps until a person has imported it',
        method: 'FILE',
        url: file.name,
        headers: {},
        body: file.content,
        sha256: sha256Hex(file.content),
        envelopeNo: 1,
        claimIds: vouchers.map(({ claimId }) => claimId),
      },
    ],
    unsendable,
  };
}
