/** Error bodies as Business Central writes them (contract 2.6). */
import { randomUUID } from 'node:crypto';
import type { SandboxAnswer } from '../../../../sandbox/sandbox-server.ts';

/** A refusal that becomes an error body. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }
}

/** `{"error":{"code","message"}}`; the message ends with a new correlation id. */
export function errorBody(code: string, message: string): object {
  return { error: { code, message: `${message}  CorrelationId:  ${randomUUID()}.` } };
}

/** The answer to a refused request. */
export function errorAnswer(error: ApiError): SandboxAnswer {
  return {
    status: error.status,
    headers: error.status === 401 ? { 'www-authenticate': 'Bearer' } : {},
    body: errorBody(error.code, error.message),
  };
}

/** The body of a faulty answer; the pairing of status and code is assumed where it isn't named. */
export function errorBodyOfStatus(status: number): object {
  switch (status) {
    case 401:
      return errorBody(
        'Authentication_InvalidCredentials',
        'The server has rejected the client credentials',
      );
    case 403:
      return errorBody('Unknown', 'The client does not have permission.');
    case 409:
      return errorBody('Request_EntityChanged', 'Another user has already changed the record.');
    case 429:
      return errorBody('Application_TooManyRequests', 'Too many requests were made.');
    case 503:
      return errorBody('Internal_TenantUnavailable', "The tenant 'sandbox' is not accessible");
    default:
      return status >= 500
        ? errorBody('Internal_ServerError', 'Cannot establish a connection to the SQL Server.')
        : errorBody('Unknown', `Answered ${status} by a fault switch.`);
  }
}

/** 400 with the code that AL's own `Error()` gives. */
export function dialogError(message: string): ApiError {
  return new ApiError(400, 'Application_DialogException', message);
}

/** 400 for a field that doesn't hold what is needed (AL's `TestField`). */
export function fieldError(message: string): ApiError {
  return new ApiError(400, 'Application_FieldValidationException', message);
}

/** 400 for what OData itself refuses. */
export function badRequest(message: string): ApiError {
  return new ApiError(400, 'BadRequest', message);
}

/** 400 (status assumed, contract 7.3 and 7.4): the primary key is taken. */
export function sameKeyError(table: string, key: string): ApiError {
  return new ApiError(
    400,
    'Internal_EntityWithSameKeyExists',
    `The ${table} already exists. Identification fields and values: ${key}`,
  );
}

/** 404 (assumed, contract 7.4): no such record. */
export function recordNotFound(table: string, id: string): ApiError {
  return new ApiError(
    404,
    'Internal_RecordNotFound',
    `The ${table} does not exist. Identification fields and values: SystemId='{${id.toUpperCase()}}'`,
  );
}

/** 405 (assumed): the resource has no such verb. */
export function methodNotAllowed(method: string, resource: string): ApiError {
  return new ApiError(
    405,
    'BadRequest_MethodNotAllowed',
    `'${method}' requests for '${resource}' of EdmType 'Entity' are not allowed within Microsoft Dynamics NAV OData web services.`,
  );
}
