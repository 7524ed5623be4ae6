/** What the resources of the API work on, and how they answer. */
import type { SandboxAnswer } from '../../../../sandbox/sandbox-server.ts';
import type { Entity } from './entities.ts';
import { ApiError, badRequest, methodNotAllowed } from './errors.ts';
import type { Row } from './odata-filter.ts';
import type { Store } from './state.ts';
import { etagOf } from './state.ts';

/** `name` or `name(key)` of an address. */
export interface Segment {
  readonly name: string;
  /** In lower case; null where there is none. */
  readonly key: string | null;
}

/** One request, alone or as an operation of a `$batch`. */
export interface ApiRequest {
  readonly method: string;
  /** Below the base address. */
  readonly segments: readonly Segment[];
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Undefined if there is none. */
  readonly body: unknown;
  /** The base address, as the client wrote it: `http://…/api/v2.0`. */
  readonly base: string;
}

/** How the sandbox as a whole behaves. */
export interface ApiSettings {
  /** Whether enums are answered as `G_x002F_L_x0020_Account` or as `G/L Account`. */
  readonly enumForm: 'encoded' | 'plain';
  /** Rows of a page; a client can only ask for fewer. */
  readonly pageSize: number;
  /** Answer refused operations of a `$batch` with the code `Unknown` (contract 7.5). */
  readonly batchErrorsAreUnknown: boolean;
}

/** How the rows of a resource changed overnight: members that are gone, new, or of another type. */
export interface Drift {
  readonly removed?: readonly string[];
  readonly added?: Readonly<Record<string, string | number | boolean>>;
  /** Written as text, whatever they were. */
  readonly retyped?: readonly string[];
}

export interface Api {
  readonly store: Store;
  readonly settings: ApiSettings;
  /** By the resource's name in addresses; changed while it runs. */
  readonly drifts: Map<string, Drift>;
}

const ANSWER_HEADERS = {
  'content-type': 'application/json; odata.metadata=minimal',
  'odata-version': '4.0',
};

/** An answer with OData's headers. */
export function odataAnswer(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): SandboxAnswer {
  return { status, headers: { ...ANSWER_HEADERS, ...headers }, body };
}

/** 201 with the new row and its address. */
export function created(request: ApiRequest, context: string, row: Row): SandboxAnswer {
  return odataAnswer(201, withContext(request, `${context}/$entity`, row), {
    location: `${request.base}/${context}(${String(row['id'])})`,
  });
}

/** 204 without a body. */
export function noContent(): SandboxAnswer {
  return { status: 204, headers: { 'odata-version': '4.0' }, body: null };
}

/** A row with `@odata.context` in front. */
export function withContext(request: ApiRequest, context: string, row: Row): object {
  return { '@odata.context': `${request.base}/$metadata#${context}`, ...row };
}

/**
 * Checks `If-Match` of a change against the record's version: 400 if it is missing, 409 if it is
 * another one (contract 7.4).
 */
export function checkIfMatch(request: ApiRequest, version: number): void {
  const given = request.headers['if-match'];
  if (given === undefined || given === '') {
    throw new ApiError(
      400,
      'BadRequest_InvalidToken',
      'Could not validate the client concurrency token required by the service. Please provide a valid token in the client request.',
    );
  }
  if (given !== '*' && given !== etagOf(version)) {
    throw new ApiError(
      409,
      'Request_EntityChanged',
      'Another user has already changed the record.',
    );
  }
}

/** Refuses every verb but those named. */
export function allowMethods(
  request: ApiRequest,
  entity: Entity,
  methods: readonly string[],
): void {
  if (!methods.includes(request.method)) throw methodNotAllowed(request.method, entity.set);
}

/** The body, where one is needed. */
export function bodyOf(request: ApiRequest): unknown {
  if (request.body === undefined) throw badRequest('Invalid Request Body');
  return request.body;
}

/** 404 for an address that leads nowhere. */
export function resourceNotFound(segment: string): ApiError {
  return new ApiError(
    404,
    'BadRequest_ResourceNotFound',
    `Resource not found for the segment '${segment}'.`,
  );
}
