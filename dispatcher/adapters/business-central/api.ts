/** Requests to one company of one tenant: signed in, parsed, paged. */
import { z } from 'zod';
import type { BusinessCentralCredential } from '../../credentials.ts';
import type { HttpClient, HttpRequest, HttpResult } from '../../http.ts';
import { envelopeBody, MAX_OPERATIONS, readEnvelopeAnswer } from './envelope.ts';
import type { SubAnswer } from './envelope.ts';
import { ProblemError } from './problem-error.ts';
import { readAnswer, readDone, readShape, unreadable } from './read-answer.ts';
import type { JsonAnswer } from './read-answer.ts';
import {
  answersInOrder,
  baseOf,
  batchRequest,
  isWithin,
  pathInCompany,
  relative,
  withToken,
  writeRequest,
} from './requests.ts';
import type { Settings } from './settings.ts';
import type { TokenCache } from './token.ts';

export interface ApiOptions {
  readonly http: HttpClient;
  readonly tokens: TokenCache;
  readonly credential: BusinessCentralCredential;
  /** `https://…/v2.0/{tenant}/{environment}/api/v2.0` */
  readonly endpoint: string;
  readonly settings: Settings;
}

/** All of its functions throw a ProblemError for what the network or the remote does. */
export interface Api {
  /** The companies that the sign-in sees. */
  listCompanies<T>(row: z.ZodType<T>): Promise<T[]>;
  /** The rows of a resource of the company, over all its pages. */
  list<T>(path: string, query: Readonly<Record<string, string>>, row: z.ZodType<T>): Promise<T[]>;
  /**
   * The rows of each of some questions, in their order, over all their pages: a hundred questions to
   * a request (contract 2.5), fewer where the answer is more than is read of one.
   */
  listAll<T>(questions: readonly Question[], row: z.ZodType<T>): Promise<T[][]>;
  /** Creates a record of the company. */
  create(path: string, body: object): Promise<JsonAnswer>;
  /** Changes a record of the company; with its etag, unless somebody changed it since it was read. */
  change(path: string, body: object, etag?: string): Promise<JsonAnswer>;
  /** Has an action done; its answer is empty. */
  act(path: string): Promise<void>;
  /** Sends an envelope, already serialised; `isAtomic`: one fault undoes all of it. */
  batch(body: string, isAtomic: boolean): Promise<EnvelopeAnswer>;
  /** A path inside the company, relative to the base, as operations of an envelope name it. */
  path(path: string): string;
}

/** What an envelope was answered, operation by operation. */
export interface EnvelopeAnswer {
  readonly status: number;
  readonly answers: readonly SubAnswer[];
}

/** A resource of the company, and what is asked of it. */
export interface Question {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** Rows a page; keeps a page with its dimensions well below the byte cap. */
const PAGE_SIZE = 1000;
const PAGED = { Prefer: `odata.maxpagesize=${String(PAGE_SIZE)}` };

const page = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().optional(),
});

export function createApi(options: ApiOptions): Api {
  const { http, tokens, credential, settings } = options;
  const base = baseOf(options.endpoint);
  const path = (inside: string) => pathInCompany(settings, inside);

  const askToken = () => tokens.get(http, settings.token_url, credential);
  const forget = (token: string) => tokens.forget(settings.token_url, credential, token);

  /** The answer, and the token that it was given for. */
  async function signedIn(request: HttpRequest): Promise<{ result: HttpResult; token: string }> {
    const token = await askToken();
    const result = await http.request(withToken(request, token));
    if (result.kind !== 'answer' || result.status !== 401) return { result, token };
    // A 401 applied nothing, so asking again with a new token is no second send.
    forget(token);
    const newToken = await askToken();
    return { result: await http.request(withToken(request, newToken)), token: newToken };
  }

  async function send(request: HttpRequest): Promise<JsonAnswer> {
    return readAnswer((await signedIn(request)).result);
  }

  const writing = (method: 'POST' | 'PATCH', inside: string, body?: object, etag?: string) =>
    writeRequest(method, base, path(inside), body, etag);

  const ask = (url: string) => send({ method: 'GET', url, headers: PAGED });

  /** The rows of a first page and of those that follow it. */
  async function follow<T>(
    first: JsonAnswer,
    firstUrl: string,
    inside: string,
    row: z.ZodType<T>,
  ): Promise<T[]> {
    const what = inside.replace(/^.*\//, '');
    const schema = page.extend({ value: z.array(row) });
    const rows: T[] = [];
    const seen = new Set([firstUrl]);
    let answer = first;
    for (;;) {
      const { status } = answer;
      const read = readShape(schema, answer, what);
      rows.push(...read.value);
      const url = read['@odata.nextLink'];
      if (url === undefined) return rows;
      // The token goes with it, so it must stay where we were sent.
      if (!isWithin(url, base)) {
        throw unreadable(status, `${what}: the next page is at another address`);
      }
      if (seen.has(url)) throw unreadable(status, `${what}: the same page comes twice`);
      seen.add(url);
      answer = await ask(url);
    }
  }

  async function envelope(
    body: string,
    isAtomic: boolean,
    isRead: boolean,
  ): Promise<EnvelopeAnswer> {
    const request = batchRequest(base, body, isAtomic);
    const { result, token } = await signedIn({ ...request, carriesLines: !isRead });
    const answer = readAnswer(result);
    const answers = readEnvelopeAnswer(answer);
    // An envelope isn't repeated within an attempt; the next request comes with a new token.
    if (answers.some(({ status }) => status === 401)) forget(token);
    return { status: answer.status, answers };
  }

  interface Answered {
    readonly inside: string;
    readonly url: string;
    readonly answer: SubAnswer;
  }

  /** The first pages of at most a hundred questions, in their order. */
  async function askTogether(questions: readonly Question[]): Promise<Answered[]> {
    const operations = questions.map((one) => ({
      method: 'GET' as const,
      url: relative(path(one.path), one.query),
      headers: PAGED,
    }));
    let given: EnvelopeAnswer;
    try {
      given = await envelope(envelopeBody(operations), false, true);
    } catch (error) {
      const isCut = error instanceof ProblemError && error.problem.kind === 'unreadable';
      if (!isCut || questions.length === 1) throw error;
      // Together they may be over the byte cap, and would be again whenever they are asked.
      const half = Math.ceil(questions.length / 2);
      const first = await askTogether(questions.slice(0, half));
      return [...first, ...(await askTogether(questions.slice(half)))];
    }
    const answers = answersInOrder(given.answers, questions.length);
    if (answers === null) throw unreadable(given.status, '$batch: some operations have no answer');
    return questions.flatMap((question, index) => {
      const [answer, operation] = [answers[index], operations[index]];
      if (answer === undefined || operation === undefined) return [];
      return [{ inside: question.path, url: `${base}/${operation.url}`, answer }];
    });
  }

  return {
    path,
    async listCompanies(row) {
      const url = `${base}/companies`;
      return follow(await ask(url), url, 'companies', row);
    },
    async list(inside, query, row) {
      const url = `${base}/${relative(path(inside), query)}`;
      return follow(await ask(url), url, inside, row);
    },
    async listAll<T>(questions: readonly Question[], row: z.ZodType<T>) {
      const lists: T[][] = [];
      for (let i = 0; i < questions.length; i += MAX_OPERATIONS) {
        for (const { inside, url, answer } of await askTogether(
          questions.slice(i, i + MAX_OPERATIONS),
        )) {
          lists.push(await follow({ body: undefined, ...answer }, url, inside, row));
        }
      }
      return lists;
    },
    create: (inside, body) => send(writing('POST', inside, body)),
    change: (inside, body, etag) => send(writing('PATCH', inside, body, etag)),
    async act(inside) {
      readDone((await signedIn(writing('POST', inside))).result);
    },
    batch(body, isAtomic) {
      return envelope(body, isAtomic, false);
    },
  };
}
