/** `POST /graphql`: token, limits, validation and execution (Xledger contract 8.1 and 8.2). */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { executeSync, GraphQLError, Kind, OperationTypeNode, parse, validate } from 'graphql';
import { z } from 'zod';
import type { SandboxAnswer, SandboxRequest } from '../../../../sandbox/sandbox-server.ts';
import type { WireError } from './errors.ts';
import { BAD_HEADER, TIMED_OUT, toWireError } from './errors.ts';
import type { Rows } from './ledger.ts';
import type { Limits } from './limits.ts';
import type { Entity } from './references.ts';
import type { Played } from './resolvers.ts';
import { rootValue } from './resolvers.ts';
import { xledgerSchema } from './schema.ts';

/** What a token may do: null for all root fields. */
export interface Grant {
  readonly entity: Entity;
  readonly scopes: readonly string[] | null;
}

const bodySchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

type Body = z.output<typeof bodySchema>;

/** The root fields that a request names, joined by commas; null if it can't be read. */
export function operationOf(request: SandboxRequest): string | null {
  const body = bodyOf(request.text);
  const document = body === null ? null : parseQuery(body.query);
  if (document === null || document instanceof GraphQLError) return null;
  return rootFields(document).join(',') || null;
}

/** Answers one request; it counts as running until the promise resolves. */
export function createEndpoint(
  played: Played,
  limits: Limits,
  grants: ReadonlyMap<string, Grant>,
): (request: SandboxRequest) => Promise<SandboxAnswer> {
  const { ledger, switches } = played;
  const schemas = new Map<string, GraphQLSchema>();
  let timedOut = 0;

  function refusal(status: number, errors: readonly WireError[]): SandboxAnswer {
    return { status, body: switches.nullData ? { errors, data: null } : { errors } };
  }

  function schemaNow(): GraphQLSchema {
    const key = `${switches.extFilter} ${switches.codeFields} ${switches.schemaDrift}`;
    const schema = schemas.get(key) ?? xledgerSchema(switches);
    schemas.set(key, schema);
    return schema;
  }

  function run(body: Body, document: DocumentNode, grant: Grant): SandboxAnswer {
    const schema = schemaNow();
    const faults = validate(schema, document);
    if (faults.length > 0) return refusal(switches.errorStatus, faults.map(toWireError));
    const undo = ledger.checkpoint();
    const { data, errors = [] } = executeSync({
      schema,
      document,
      rootValue: rootValue(played, grant.entity),
      variableValues: body.variables ?? {},
      operationName: body.operationName ?? null,
    });
    if (errors.length === 0) return { status: 200, body: { data } };
    // All or nothing for each request: assumed (contract 3.3).
    undo();
    return refusal(switches.errorStatus, errors.map(toWireError));
  }

  function answer(request: SandboxRequest, grant: Grant): SandboxAnswer {
    const body = bodyOf(request.text);
    if (body === null) return refusal(400, [{ message: 'The request body is not valid.' }]);
    const document = parseQuery(body.query);
    if (document instanceof GraphQLError) {
      return refusal(switches.errorStatus, [{ message: document.message }]);
    }
    const fields = rootFields(document);
    const denied = fields.find((field) => grant.scopes !== null && !grant.scopes.includes(field));
    if (denied !== undefined) {
      return refusal(403, [{ message: `The API token has no access to ${denied}.` }]);
    }
    if (switches.timeOuts > 0 && fields.includes('addGLImportItems')) {
      switches.timeOuts -= 1;
      timedOut += 1;
      // Every second one is applied, beginning with the first.
      if (timedOut % 2 === 1) run(body, document, grant);
      return refusal(switches.timeOutStatus, [TIMED_OUT]);
    }
    const { fault } = request;
    const isLate = fault?.kind === 'lag' && !isMutation(document);
    if (!isLate) return run(body, document, grant);
    return ledger.on(fault.remembered as Rows, () => run(body, document, grant));
  }

  return async (request) => {
    if (request.path !== '/graphql') return { status: 404, body: null };
    if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' }, body: null };
    const header = /^token (\S+)$/.exec(request.headers.authorization ?? '');
    if (header === null) return refusal(switches.authStatus, [BAD_HEADER]);
    const grant = switches.demoRefresh ? undefined : grants.get(header[1] ?? '');
    // Text and status for a token that isn't known are assumed.
    if (grant === undefined) {
      return refusal(switches.authStatus, [{ message: 'The API token is not valid.' }]);
    }
    const limited = limits.enter();
    // Under 200, as confirmed for the burst.
    if (limited !== null) return refusal(200, [limited]);
    try {
      if (switches.latencyMs > 0) await sleep(switches.latencyMs, undefined, { ref: false });
      return answer(request, grant);
    } finally {
      limits.leave();
    }
  };
}

function bodyOf(text: string): Body | null {
  try {
    return bodySchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function parseQuery(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function isMutation(document: DocumentNode): boolean {
  return document.definitions.some(
    (one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === OperationTypeNode.MUTATION,
  );
}

function rootFields(document: DocumentNode): string[] {
  return document.definitions
    .filter((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION)
    .flatMap(({ selectionSet }) => selectionSet.selections)
    .flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : []));
}
