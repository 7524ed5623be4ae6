/** Reads Xledger's own lists: entities, accounts, projects, and what a field may refer to. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { needsOf } from '../answer-shape.ts';
import type { CheckReport } from '../check-report.ts';
import type { HttpResult } from '../../http.ts';
import { classify } from './classify.ts';
import type { Data, Problem, Reply } from './classify.ts';
import { graphqlRequest } from './graphql.ts';
import type { Target } from './graphql.ts';

const idSchema = z.union([z.string(), z.number()]);
const rowSchema = z.looseObject({
  code: idSchema.transform(String),
  allowPosting: z.boolean().nullish(),
});
const pageSchema = z
  .looseObject({
    pageInfo: z.looseObject({ hasNextPage: z.boolean() }),
    edges: z.array(z.looseObject({ cursor: idSchema.nullish(), node: z.unknown() })).nullable(),
  })
  .nullable();
const alternativesSchema = z.looseObject({
  errors: z.tuple([
    z.looseObject({
      extensions: z.looseObject({
        exampleValidInputs: z.array(z.looseObject({ code: idSchema.transform(String) })),
      }),
    }),
  ]),
});

type Row = z.output<typeof rowSchema>;

export interface ListOptions {
  /** Only these (`code_in`). */
  readonly codes?: readonly string[];
  /** Left out: as Xledger has it by default. */
  readonly status?: 'ALL' | 'OPEN';
}

export interface MasterData {
  /** All rows of a list, or why it couldn't be read. */
  list(
    connection: string,
    fields: string,
    options?: ListOptions,
  ): Promise<{ readonly rows: readonly Row[] } | { readonly problem: Problem }>;
  /** The codes that a reference of an import item may hold; a sentence if they can't be read. */
  alternatives(field: string): Promise<readonly string[] | string>;
  /** One query, waiting as told where it comes too fast. */
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Reply>;
  /** How many requests were sent. */
  requestCount(): number;
}

/** A longer wait than for the burst, or more of them, is not worth somebody's patience. */
const LONGEST_WAIT_MS = 10_000;
const MOST_WAITS = 3;

/** @param token of the credential, already known to be Xledger's */
export function createMasterData(
  target: Pick<Target, 'endpoint' | 'context'>,
  token: string,
  report: CheckReport,
): MasterData {
  let requestCount = 0;

  async function send(
    query: string,
    variables: Readonly<Record<string, unknown>> = {},
  ): Promise<{ result: HttpResult; reply: Reply }> {
    // Nothing that is asked here can book anything.
    const request = graphqlRequest(target.endpoint, token, query, variables, false);
    for (let waits = 0; ; waits += 1) {
      requestCount += 1;
      const result = await target.context.http.request(request);
      const reply = classify(result, Date.now());
      const waitMs = reply.kind === 'problem' ? (reply.retryAfterMs ?? Infinity) : Infinity;
      if (waitMs > LONGEST_WAIT_MS || waits >= MOST_WAITS) return { result, reply };
      await sleep(waitMs);
    }
  }

  const ask: MasterData['ask'] = async (query, variables) => (await send(query, variables)).reply;

  async function readPages(
    connection: string,
    fields: string,
    { codes, status }: ListOptions,
  ): Promise<unknown[] | Problem> {
    const [variable, filter] =
      codes === undefined ? ['', ''] : [',$c:[String!]', ', filter:{code_in:$c}'];
    const objects = status === undefined ? '' : `, objectStatus:${status}`;
    const query =
      `query Check($a:String${variable}){ ${connection}(first:1000, after:$a, ownerSet:ALL${objects}` +
      `${filter}) { pageInfo{hasNextPage} edges{cursor node{${fields}}} } }`;
    const nodes: unknown[] = [];
    for (let after: string | null = null; ;) {
      const reply = await ask(query, { a: after, ...(codes === undefined ? {} : { c: codes }) });
      if (reply.kind === 'problem') return reply;
      const page = pageSchema.safeParse(reply.data[connection]);
      if (!page.success) return notUnderstood(reply);
      const edges = page.data?.edges ?? [];
      nodes.push(...edges.map(({ node }) => node));
      const cursor = edges.at(-1)?.cursor ?? null;
      if (page.data?.pageInfo.hasNextPage !== true) return nodes;
      if (cursor === null || String(cursor) === after) return notUnderstood(reply);
      after = String(cursor);
    }
  }

  return {
    ask,
    requestCount: () => requestCount,
    async list(connection, fields, options = {}) {
      const nodes = await readPages(connection, fields, options);
      if (!Array.isArray(nodes)) return { problem: nodes };
      report.saw(connection, nodes, needsOf(rowSchema));
      const rows = z.array(rowSchema).safeParse(nodes);
      if (rows.success) return { rows: rows.data };
      return { problem: { ...refused('the rows have another shape'), outcome: 'unknown' } };
    },
    async alternatives(field) {
      // No account and no amount: no voucher could come of it, whatever becomes of the option.
      const query = `mutation Check { addGLImportItems(inputs:[{node:{${field}:{showAlternatives:YES}}}]){ edges{ node{ dbId } } } }`;
      const { result, reply } = await send(query);
      if (reply.kind === 'data') {
        report.fault(field, 'asking for it was taken for an import item: look for an empty one');
        return 'Xledger gave no alternatives';
      }
      const given = alternativesSchema.safeParse(jsonOf(result));
      return given.success
        ? given.data.errors[0].extensions.exampleValidInputs.map(({ code }) => code)
        : describeProblem(reply);
    },
  };
}

/** What kept us from an answer, and where to look: for a person who sets up an integration. */
export function describeProblem({ httpStatus, message, isUnauthorised, failure }: Problem): string {
  if (failure === 'unreachable') return `the address can't be reached: ${message}`;
  if (isUnauthorised) return `the token is not taken: ${message}. Look at the credential`;
  if (httpStatus === 403) return `${message}. Look at the token's scopes`;
  if (httpStatus === 404) return `${message}. Look at the endpoint`;
  return message;
}

function jsonOf(result: HttpResult): unknown {
  try {
    return result.kind === 'answer' ? JSON.parse(result.text) : null;
  } catch {
    return null;
  }
}

function notUnderstood({ httpStatus }: Data): Problem {
  return { ...refused('the answer has another shape'), outcome: 'unknown', httpStatus };
}

function refused(message: string): Problem {
  return {
    kind: 'problem',
    outcome: 'rejected',
    failure: null,
    retryAfterMs: null,
    httpStatus: 200,
    message,
    isUnauthorised: false,
    refusals: [],
  };
}
