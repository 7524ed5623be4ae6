/** One GraphQL request to Xledger (Xledger contract 3.1). */
import type { AdapterContext, FrozenInput } from '../adapter.ts';
import { sha256Hex } from '../../http.ts';
import { classify } from './classify.ts';
import type { Reply } from './classify.ts';
import type { OwnerSet } from './queries.ts';
import type { SchemaMemory } from './schema-memory.ts';

/** What is sent, and what came of it. */
export interface Exchange {
  readonly reply: Reply;
  /** Hex SHA-256 of the body; null if nothing of it was written. */
  readonly wireSha256: string | null;
}

/** Where and as whom requests are sent. */
export interface Target {
  readonly endpoint: string;
  readonly context: AdapterContext;
  /** Whose rows are read. */
  readonly ownerSet: OwnerSet;
  readonly memory: SchemaMemory;
}

/**
 * Rows of another entity than the token's are not read unless they are asked for (A: a query without
 * an owner set reads the token's own entity).
 */
export function targetOf(
  { endpoint, input }: { readonly endpoint: string; readonly input: FrozenInput },
  context: AdapterContext,
  memory: SchemaMemory,
): Target {
  const ownerSet = input.settings['owner_code'] === undefined ? null : 'ALL';
  return { endpoint, context, ownerSet, memory };
}

/**
 * Sends one request. A token that isn't taken is tried once more, since nothing else can be done
 * about a static token before a person is asked.
 *
 * @param carriesLines true for what can book something
 */
export async function exchange(
  target: Target,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  carriesLines = false,
): Promise<Exchange> {
  const first = await send(target, query, variables, carriesLines);
  if (first.reply.kind === 'problem' && first.reply.isUnauthorised) {
    return send(target, query, variables, carriesLines);
  }
  return first;
}

async function send(
  { endpoint, context }: Target,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  carriesLines: boolean,
): Promise<Exchange> {
  if (!('token' in context.credential)) {
    return { reply: noToken(), wireSha256: null };
  }
  const { token } = context.credential;
  const request = graphqlRequest(endpoint, token, query, variables, carriesLines);
  const result = await context.http.request(request);
  const wasWritten = result.kind === 'answer' || result.kind === 'no_answer';
  return {
    reply: classify(result, Date.now()),
    wireSha256: wasWritten ? sha256Hex(request.body) : null,
  };
}

/** A request as it is sent, and as a preview shows it. Pure. */
export function graphqlRequest(
  endpoint: string,
  token: string,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  carriesLines: boolean,
) {
  return {
    method: 'POST',
    url: endpoint,
    headers: {
      accept: 'application/json',
      authorization: `token ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ query, variables }),
    carriesLines,
  } as const;
}

function noToken(): Reply {
  return {
    kind: 'problem',
    outcome: 'not_applied',
    failure: 'configuration',
    retryAfterMs: null,
    httpStatus: null,
    message: 'the credential is not {"token"}',
    isUnauthorised: false,
    refusals: [],
  };
}
