/**
 * One sign-in by client credentials (contract 2.1 and 7.1). The OAuth is oauth4webapi's; what it
 * sends goes through the attempt's own HTTP client, whose deadline, byte cap and address checks hold
 * for this request too.
 */
import {
  allowInsecureRequests,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  customFetch,
  processClientCredentialsResponse,
  ResponseBodyError,
} from 'oauth4webapi';
import type { ClientCredentialsGrantRequestOptions } from 'oauth4webapi';
import { z } from 'zod';
import type { BusinessCentralCredential } from '../../credentials.ts';
import type { HttpClient, HttpResult } from '../../http.ts';
import { ProblemError } from './problem-error.ts';
import { readAnswer, readShape, unreadable } from './read-answer.ts';

const SCOPE = 'https://api.businesscentral.dynamics.com/.default';

/** What the library leaves open; `expires_in` comes as a text from older endpoints. */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive(),
});

/** A token, and how long it lives. */
export interface AccessToken {
  readonly value: string;
  readonly lifetimeMs: number;
}

/** @throws ProblemError as the request went; `sign_in_refused` for 400 and 401 */
export async function signIn(
  http: HttpClient,
  tokenUrl: string,
  { client_id, client_secret }: BusinessCentralCredential,
): Promise<AccessToken> {
  let result: HttpResult | null = null;
  const options: ClientCredentialsGrantRequestOptions = {
    [allowInsecureRequests]: http.allowsPrivateAddresses === true,
    [customFetch]: async (url, { headers, body }) => {
      result = await http.request({ method: 'POST', url, headers, body: body.toString() });
      return asResponse(result);
    },
  };
  const server = { issuer: tokenUrl, token_endpoint: tokenUrl };
  const client = { client_id };
  try {
    const response = await clientCredentialsGrantRequest(
      server,
      client,
      ClientSecretPost(client_secret),
      { scope: SCOPE },
      options,
    );
    const body = await processClientCredentialsResponse(server, client, response);
    const token = readShape(tokenAnswer, { status: response.status, body }, 'token');
    return { value: token.access_token, lifetimeMs: token.expires_in * 1000 };
  } catch (error) {
    throw problemOf(error, result);
  }
}

/** @throws ProblemError for anything but a whole answer */
function asResponse(result: HttpResult): Response {
  if (result.kind !== 'answer' || result.isTruncated) readAnswer(result);
  const { status, text, headers } = result as HttpResult & { kind: 'answer' };
  // Without the challenge of a 401: the body's words say more.
  const type = headers.get('content-type') ?? 'application/json';
  const isEmpty = text === '' || [204, 205, 304].includes(status);
  return new Response(isEmpty ? null : text, { status, headers: { 'content-type': type } });
}

/** The library's errors stay here: they hold the answer, and so perhaps the token. */
function problemOf(error: unknown, result: HttpResult | null): ProblemError {
  if (error instanceof ProblemError) return error;
  if (result === null) {
    // An address that the library sends nothing to.
    const message = error instanceof Error ? error.message : 'the sign-in failed';
    const nothing = { status: null, code: null, retryAfterMs: null };
    return new ProblemError({ ...nothing, kind: 'unreachable', message: `sign-in: ${message}` });
  }
  const { status } = result as HttpResult & { kind: 'answer' };
  if (status === 400 || status === 401) {
    const refusal = { kind: 'sign_in_refused', status, retryAfterMs: null } as const;
    if (!(error instanceof ResponseBodyError)) {
      const message = `sign-in: HTTP ${String(status)}`;
      return new ProblemError({ ...refusal, code: null, message });
    }
    const { error: code, error_description: words } = error;
    const message = `sign-in: ${code}${words === undefined ? '' : `: ${words}`}`;
    return new ProblemError({ ...refusal, code, message });
  }
  try {
    readShape(tokenAnswer, readAnswer(result), 'token');
  } catch (problem) {
    if (problem instanceof ProblemError) return problem;
    throw problem;
  }
  return unreadable(status, 'token: the answer is not one of OAuth 2.0');
}
