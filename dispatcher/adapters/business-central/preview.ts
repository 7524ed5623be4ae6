/** What `submit` would send, made by the functions that it sends with. Pure. */
import { sha256Hex } from '../../http.ts';
import type { HttpRequest } from '../../http.ts';
import type { Batch, Preview, PreviewedRequest } from '../adapter.ts';
import { dimensionGaps } from './compare.ts';
import { dimensionOperation } from './dimensions.ts';
import { envelopeBody, linesEnvelope, MAX_OPERATIONS, packVouchers } from './envelope.ts';
import type { Voucher } from './mapper.ts';
import { claimIdsOf, planOf } from './plan.ts';
import { markedName } from './posting-mark.ts';
import { GL_ACCOUNT, journalBody, POST_ACTION } from './records.ts';
import type { JournalLine } from './records.ts';
import { baseOf, batchRequest, pathInCompany, withToken, writeRequest } from './requests.ts';
import { readSettings } from './settings.ts';

/** Stands for the id of a journal that isn't there yet. */
const JOURNAL_ID = '{journal-id}';

/** See `Adapter.preview`. */
export function preview(batch: Batch): Preview {
  const settings = readSettings(batch.input.settings);
  if (typeof settings === 'string') return unsendable(batch, settings);
  const plan = planOf(batch, settings);
  if (plan.code === null) return unsendable(batch, 'no run holds these claims');
  const base = baseOf(batch.endpoint);
  const pathOf = (inside: string) => pathInCompany(settings, inside);
  const known = journalsOf(plan.known);
  const journalId = known.length === 1 && known[0] !== undefined ? known[0] : JOURNAL_ID;
  const isNew = journalId === JOURNAL_ID;

  const requests: PreviewedRequest[] = [];
  const before = plan.unmapped.length;
  for (const [index, vouchers] of packVouchers(plan.open).entries()) {
    if (isNew && index === 0) {
      const body = journalBody(plan.code, plan.postingDate, settings);
      requests.push(
        shown(writeRequest('POST', base, pathOf('journals'), body), {
          purpose: `makes the journal ${plan.code}, unless it is there`,
          claimIds: claimIdsOf(plan.open),
        }),
      );
    }
    const claimIds = claimIdsOf(vouchers);
    const { operations } = linesEnvelope(pathOf, journalId, vouchers);
    requests.push(
      shown(batchRequest(base, envelopeBody(operations), true), {
        purpose: `writes ${counted(operations.length, 'line')} into the journal, all or none`,
        claimIds,
        envelopeNo: before + index + 1,
        isExact: !isNew,
      }),
      ...dimensionRequests(base, pathOf, journalId, vouchers),
    );
  }
  if (settings.post_journal && plan.open.length > 0) {
    const journal = pathOf(`journals(${journalId})`);
    const mark = { displayName: markedName(plan.code, plan.postingDate) };
    const about = { claimIds: claimIdsOf(plan.open), isExact: !isNew };
    requests.push(
      shown(writeRequest('PATCH', base, journal, mark), {
        purpose: 'marks the journal, unless somebody changed it: posting may begin',
        ...about,
        // It names the journal's etag, which only reading it tells.
        isExact: false,
      }),
      shown(writeRequest('POST', base, `${journal}/${POST_ACTION}`), {
        purpose:
          'posts the whole journal, once its lines were read back and no claim is left to send',
        ...about,
      }),
    );
  }
  return {
    requests,
    unsendable: plan.unmapped.map(({ claimId, reason }) => ({ claimIds: [claimId], reason })),
  };
}

/** Dimensions follow the lines, by ids that only the lines' answer tells. */
function dimensionRequests(
  base: string,
  pathOf: (inside: string) => string,
  journalId: string,
  vouchers: readonly Voucher[],
): PreviewedRequest[] {
  const gaps = vouchers.flatMap((voucher) => dimensionGaps(voucher, asIfWritten(voucher)));
  const requests: PreviewedRequest[] = [];
  for (let i = 0; i < gaps.length; i += MAX_OPERATIONS) {
    const some = gaps.slice(i, i + MAX_OPERATIONS);
    const operations = some.map((gap) => dimensionOperation(pathOf, journalId, gap));
    requests.push(
      shown(batchRequest(base, envelopeBody(operations), false), {
        purpose: `sets ${counted(operations.length, 'dimension')} that the lines lack`,
        claimIds: claimIdsOf(vouchers),
        isExact: false,
      }),
    );
  }
  return requests;
}

/** The voucher's lines as they would be read back, without dimensions. */
function asIfWritten(voucher: Voucher): JournalLine[] {
  return voucher.lines.map((line) => ({
    id: `{id-of-line-${String(line.lineNumber)}}`,
    lineNumber: line.lineNumber,
    accountType: GL_ACCOUNT,
    accountNumber: line.accountNumber,
    balancingAccountNumber: '',
    documentNumber: line.documentNumber,
    externalDocumentNumber: line.documentNumber,
    amount: line.amountMinor / 100,
    dimensionSetLines: [],
  }));
}

function shown(
  request: HttpRequest,
  about: Pick<PreviewedRequest, 'purpose' | 'claimIds'> & {
    readonly envelopeNo?: number;
    readonly isExact?: boolean;
  },
): PreviewedRequest {
  const { method, url, headers, body = '' } = withToken(request, '{access-token}');
  const { purpose, claimIds, envelopeNo = null, isExact = true } = about;
  const sha256 = isExact ? sha256Hex(body) : null;
  return { purpose, method, url, headers, body, sha256, envelopeNo, claimIds };
}

/** The trail may know a run's journal; a removed one may have had another id. */
function journalsOf(known: readonly string[]): string[] {
  return known.flatMap((id) => /^journal:(.+)$/.exec(id)?.[1] ?? []);
}

function counted(count: number, what: string): string {
  return `${String(count)} ${what}${count === 1 ? '' : 's'}`;
}

function unsendable(batch: Batch, reason: string): Preview {
  return { requests: [], unsendable: [{ claimIds: batch.openClaimIds, reason }] };
}
