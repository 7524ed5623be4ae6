/** What is done to the books behind a dispatcher's back, from where its request with lines is met. */
import type { FrontAnswer, Met } from './front.ts';

interface Operation {
  readonly url: string;
}

/** Closes the connection: what was done is told to nobody. */
export function hangUp({ response }: Met): void {
  response.socket?.resetAndDestroy();
}

/** Hands on the lines that are wanted, in either system's words; `isWanted` gets each as JSON. */
export async function applySome(
  met: Met,
  isWanted: (line: string) => boolean,
): Promise<FrontAnswer> {
  const body = JSON.parse(met.request.body) as {
    requests?: unknown[];
    variables?: { i: unknown[] };
  };
  const some = (all: unknown[]) => all.filter((one) => isWanted(JSON.stringify(one)));
  if (body.requests !== undefined) body.requests = some(body.requests);
  if (body.variables !== undefined) body.variables.i = some(body.variables.i);
  return met.apply({ body: JSON.stringify(body) });
}

/** Hands the lines on, each claim of `newClaims` one krone dearer. */
export function applyDearer(met: Met): Promise<FrontAnswer> {
  return met.apply({ body: met.request.body.replaceAll(/\b(10|15)0\.5/g, '$11.5') });
}

/** Business Central's own resources, as the same caller. */
export function businessCentral(met: Met) {
  const [operation] = (JSON.parse(met.request.body) as { requests: Operation[] }).requests;
  const address = /companies\([^)]*\)\/journals\(([^)]*)\)/.exec(operation?.url ?? '');
  const [ours = '', journalId = ''] = address ?? [];
  const base = met.request.url.replace(/\$batch$/, '');
  const call = async (method: string, url: string, body?: object): Promise<unknown> => {
    const answer = await met.apply({
      method,
      url: `${base}${url}`,
      headers: { ...met.request.headers, 'if-match': '*' },
      body: body === undefined ? '' : JSON.stringify(body),
    });
    if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.text}`);
    return answer.text === '' ? null : JSON.parse(answer.text);
  };
  /** The same lines in a journal of somebody else's; its path. */
  async function createElsewhere(code: string): Promise<string> {
    const journals = ours.replace(/\([^)]*\)$/, '');
    const { id } = (await call('POST', journals, { code })) as { id: string };
    await met.apply({ body: met.request.body.replaceAll(journalId, id) });
    return `${journals}(${id})`;
  }
  return {
    /** The id of our journal. */
    journalId,
    post: () => call('POST', `${ours}/Microsoft.NAV.post`),
    removeJournal: () => call('DELETE', ours),
    async removeLines() {
      const { value } = (await call('GET', `${ours}/journalLines`)) as { value: { id: string }[] };
      for (const { id } of value) await call('DELETE', `${ours}/journalLines(${id})`);
    },
    createElsewhere,
    /** The same as {@link createElsewhere}, posted. */
    async postElsewhere(code: string) {
      await call('POST', `${await createElsewhere(code)}/Microsoft.NAV.post`);
    },
  };
}
