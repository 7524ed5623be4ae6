/** Sends one request of whole vouchers and reads it back. */
import { z } from 'zod';
import type { AttemptResult, Batch } from '../adapter.ts';
import { blamedClaims } from './blame.ts';
import { clip } from './classify.ts';
import type { Problem } from './classify.ts';
import { compareVoucher } from './compare.ts';
import { itemId } from './external-ids.ts';
import { byReference, findLines } from './find-lines.ts';
import { exchange } from './graphql.ts';
import type { Target } from './graphql.ts';
import { readLines } from './ledger-lines.ts';
import type { LedgerLine } from './ledger-lines.ts';
import { idSchema } from './line-schema.ts';
import type { Voucher } from './mapper.ts';
import { misfitOf } from './misfit.ts';
import { liveLines } from './open-claims.ts';
import { ADD_GL_IMPORT_ITEMS, itemsOf } from './queries.ts';
import { attemptResult, problemResult, undone } from './results.ts';

const answerSchema = z.looseObject({
  edges: z.array(z.looseObject({ clientId: z.string(), node: z.looseObject({ dbId: idSchema }) })),
});

/** By clientId: the dbIds that Xledger gave. */
type Given = ReadonlyMap<string, readonly string[]>;

/**
 * Sends the vouchers, and tells what became of each of their claims; at most one result for each
 * outcome. Once the lines are out, only lines that read back as sent are `accepted`; all else is
 * `unknown`, a failed reading too.
 */
export async function sendEnvelope(
  target: Target,
  batch: Batch,
  vouchers: readonly Voucher[],
  envelopeNo: number,
  since: string,
): Promise<readonly AttemptResult[]> {
  const variables = itemsOf(vouchers);
  const { reply, wireSha256 } = await exchange(target, ADD_GL_IMPORT_ITEMS, variables, true);
  const claimIds = vouchers.map((voucher) => voucher.claimId);
  if (reply.kind === 'problem') return refused(envelopeNo, vouchers, reply, wireSha256);

  const answer = answerSchema.safeParse(reply.data['addGLImportItems']);
  if (!answer.success) {
    const misfit = misfitOf(answer.error, 'data', 'addGLImportItems');
    const errorMessage = clip(`not understood: ${misfit}`);
    const { httpStatus } = reply;
    return [
      attemptResult(envelopeNo, 'unknown', claimIds, { errorMessage, httpStatus, wireSha256 }),
    ];
  }
  const given = givenIds(answer.data.edges);
  const externalIds = idsByClaim(vouchers, given);
  const reading = await readBack(target, batch, vouchers, since);
  if (reading.kind === 'problem') {
    // A refused or throttled question says nothing about the lines before it.
    return [
      attemptResult(envelopeNo, 'unknown', claimIds, {
        httpStatus: reading.httpStatus,
        errorMessage: clip(`reading back failed: ${reading.message}`),
        externalIds,
        wireSha256,
        retryAfterMs: reading.retryAfterMs,
      }),
    ];
  }
  const doubts = new Map<string, string>();
  const sent = new Set(variables.i.map(({ clientId }) => clientId));
  const unsent = [...given.keys()].filter((clientId) => !sent.has(clientId)).length;
  const surplus = unsent === 0 ? null : `${unsent} were confirmed that were not sent`;
  for (const voucher of vouchers) {
    const doubt =
      surplus ?? doubtOf(voucher, given, reading.byReference.get(voucher.reference) ?? []);
    if (doubt !== null) doubts.set(voucher.claimId, `${voucher.reference}: ${doubt}`);
  }
  const accepted = claimIds.filter((claimId) => !doubts.has(claimId));
  const common = { httpStatus: reply.httpStatus, wireSha256 };
  const results: AttemptResult[] = [];
  if (accepted.length > 0) {
    const ids = pick(externalIds, accepted);
    results.push(attemptResult(envelopeNo, 'accepted', accepted, { ...common, externalIds: ids }));
  }
  if (doubts.size > 0) {
    const unknown = [...doubts.keys()];
    results.push(
      attemptResult(envelopeNo, 'unknown', unknown, {
        ...common,
        errorMessage: clip([...doubts.values()].join('; ')),
        externalIds: pick(externalIds, unknown),
      }),
    );
  }
  return results;
}

/** All or nothing in each request (A: Xledger contract 3.3): who isn't to blame was undone. */
function refused(
  envelopeNo: number,
  vouchers: readonly Voucher[],
  problem: Problem,
  wireSha256: string | null,
): readonly AttemptResult[] {
  const all = vouchers.map((voucher) => voucher.claimId);
  const blamed = problem.outcome === 'rejected' ? blamedClaims(problem.refusals, vouchers) : all;
  const others = all.filter((claimId) => !blamed.includes(claimId));
  return [
    problemResult(envelopeNo, blamed, problem, wireSha256),
    ...undone(envelopeNo, others, problem.message).map((result) => ({
      ...result,
      httpStatus: problem.httpStatus,
      wireSha256,
    })),
  ];
}

type ReadBack =
  | { readonly kind: 'lines'; readonly byReference: ReadonlyMap<string, readonly LedgerLine[]> }
  | Problem;

/** The import items alone, as a rule; the journal too where they don't agree: booked at once. */
async function readBack(
  target: Target,
  batch: Batch,
  vouchers: readonly Voucher[],
  since: string,
): Promise<ReadBack> {
  const references = vouchers.map((voucher) => voucher.reference);
  const items = await readLines(target, {
    connection: 'glImportItems',
    status: 'ALL',
    references,
    since,
  });
  if (items.kind === 'problem') return items;
  const live = (groups: ReadonlyMap<string, readonly LedgerLine[]>) =>
    new Map(
      vouchers.map((voucher) => {
        const { reference } = voucher;
        return [
          reference,
          liveLines(groups.get(reference), batch, { claimId: voucher.claimId, voucher }),
        ] as const;
      }),
    );
  let lines = live(byReference(items.lines));
  const agree = vouchers.every(
    (voucher) => compareVoucher(voucher, lines.get(voucher.reference) ?? []).kind === 'agrees',
  );
  if (!agree) {
    const finding = await findLines(target, references, since);
    if (finding.kind === 'problem') return finding;
    lines = live(finding.byReference);
  }
  return { kind: 'lines', byReference: lines };
}

/** Null if there is none. */
function doubtOf(voucher: Voucher, given: Given, lines: readonly LedgerLine[]): string | null {
  const count = voucher.inputs.length;
  const missing = voucher.inputs.filter((input) => !given.has(input.clientId));
  if (missing.length > 0) return `${missing.length} of ${count} were not confirmed`;
  const ids = voucher.inputs.flatMap((input) => given.get(input.clientId) ?? []);
  if (ids.length > count) return `${count} were confirmed ${ids.length} times`;
  if (new Set(ids).size < count) return 'some were confirmed under one id';
  const comparison = compareVoucher(voucher, lines);
  if (comparison.kind === 'agrees') return null;
  return comparison.kind === 'absent' ? 'not there when read back' : comparison.reason;
}

function givenIds(edges: z.output<typeof answerSchema>['edges']): Given {
  const given = new Map<string, string[]>();
  for (const { clientId, node } of edges) {
    given.set(clientId, [...(given.get(clientId) ?? []), node.dbId]);
  }
  return given;
}

function idsByClaim(
  vouchers: readonly Voucher[],
  given: Given,
): Readonly<Record<string, readonly string[]>> {
  const entries = vouchers.map((voucher) => {
    const ids = voucher.inputs.flatMap((input) => given.get(input.clientId) ?? []);
    return [voucher.claimId, ids.map(itemId)] as const;
  });
  return Object.fromEntries(entries.filter(([, ids]) => ids.length > 0));
}

function pick(
  externalIds: Readonly<Record<string, readonly string[]>>,
  claimIds: readonly string[],
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(externalIds).filter(([claimId]) => claimIds.includes(claimId)),
  );
}
