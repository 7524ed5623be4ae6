import {
  startBusinessCentralSandbox,
  type BusinessCentralSandbox,
} from '../adapters/business-central/sandbox/business-central-sandbox.ts';
import {
  DEFAULT_CLIENT,
  DEFAULT_COMPANY_ID,
} from '../adapters/business-central/sandbox/options.ts';
import { createBusinessCentralAdapter } from '../adapters/business-central/adapter.ts';
import { MAPPER_VERSION } from '../adapters/business-central/mapper.ts';
import { describeSystem } from './support/contract-kit/describe-system.ts';
import type { OwnAnswer, PersonActs, Setup } from './support/contract-kit/system.ts';
import type { FrozenClaim } from '../adapters/adapter.ts';

const error = (code: string, message: string) => ({ error: { code, message } });
const TAKEN = 'The record already exists. Identification fields and values: …';

/** One operation of an envelope is answered so (contract 2.5). */
function operation(status: number, body?: object): OwnAnswer['fault'] {
  const response = { id: '1', status, ...(body === undefined ? {} : { body }) };
  return { kind: 'status', status: 200, body: { responses: [response] } };
}

const OWN_ANSWERS: readonly OwnAnswer[] = [
  {
    title: 'a line number that is taken as a question, not as a refusal',
    fault: operation(400, error('Internal_EntityWithSameKeyExists', TAKEN)),
    outcome: 'unknown',
    failure: null,
  },
  {
    title: 'a taken line number that bears no code of its own',
    fault: operation(400, error('Unknown', TAKEN)),
    outcome: 'unknown',
    failure: null,
  },
  {
    title: 'an operation that was throttled',
    fault: operation(429, error('Application_TooManyRequests', 'Too many requests.')),
    outcome: 'not_applied',
    failure: 'throttled',
  },
  {
    title: 'a journal that is gone as a question, not as a pause',
    fault: operation(404, error('BadRequest_NotFound', 'Not found.')),
    outcome: 'unknown',
    failure: null,
  },
  {
    title: 'an envelope of which not all is answered',
    fault: operation(201, {}),
    outcome: 'unknown',
    failure: null,
  },
  {
    title: 'a success that kept nothing',
    fault: { kind: 'lie_201' },
    outcome: 'unknown',
    failure: null,
  },
];

function setup(
  sandbox: BusinessCentralSandbox,
  claims: readonly FrozenClaim[],
  origin: string,
): Setup {
  const at = (address: string) => address.replace(sandbox.url, origin);
  const account = (number: string, dimensions = {}) => ({
    account: number,
    tax_code: null,
    dimensions,
  });
  return {
    endpoint: at(sandbox.apiBase()),
    input: {
      version: 1,
      system: 'business_central',
      mapper_version: MAPPER_VERSION,
      organisation: { id: '10000000-0000-4000-8000-000000000000', name: 'Kit', prefix: 'KIT' },
      settings: {
        company_id: DEFAULT_COMPANY_ID,
        token_url: at(sandbox.tokenUrl()),
        liability_account: '2910',
      },
      posting_date: '2026-03-02',
      mappings: {
        travel: account('7100', { AVDELING: '100' }),
        meals: account('7150'),
        nowhere: account('9999'),
      },
      claims,
    },
  };
}

/** All of it over the API, as the page in a browser would. */
function personOf(sandbox: BusinessCentralSandbox): PersonActs {
  async function call(method: string, path: string, body?: object): Promise<void> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      ...DEFAULT_CLIENT,
      scope: 'https://api.businesscentral.dynamics.com/.default',
    });
    const signIn = await fetch(sandbox.tokenUrl(), { method: 'POST', body: form });
    const { access_token: token } = (await signIn.json()) as { access_token: string };
    const answer = await fetch(`${sandbox.apiBase()}/companies(${DEFAULT_COMPANY_ID})/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'if-match': '*',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`);
  }
  const linesOf = (reference: string) =>
    (sandbox.ledger()[0]?.journals ?? []).flatMap(({ id, lines }) =>
      lines
        .filter(({ documentNumber }) => documentNumber === reference)
        .map((line) => `journals(${id})/journalLines(${line.id})`),
    );
  const first = (reference: string) => linesOf(reference)[0] ?? '';
  return {
    loseLine: (reference) => call('DELETE', first(reference)),
    changeAmount: (reference) => call('PATCH', first(reference), { amount: 1.25 }),
    async remove(reference) {
      for (const line of linesOf(reference)) await call('DELETE', line);
    },
    async post(reference) {
      const journal = first(reference).split('/')[0] ?? '';
      await call('POST', `${journal}/Microsoft.NAV.post`);
    },
  };
}

await describeSystem({
  name: 'Business Central',
  promise: 'R1',
  credential: DEFAULT_CLIENT,
  wrongCredential: { ...DEFAULT_CLIENT, client_secret: 'some-other-secret' },
  mostLines: 99,
  createAdapter: createBusinessCentralAdapter,
  async start() {
    const sandbox = await startBusinessCentralSandbox();
    return {
      setup: (claims, origin) => setup(sandbox, claims, origin),
      effects: (reference) => sandbox.effects(reference),
      person: personOf(sandbox),
      http: {
        origin: sandbox.url,
        faults: sandbox.faults,
        lines: { method: 'POST', path: '/\\$batch$' },
        questions: { method: 'GET', path: '/journals\\?' },
        refusal: error('Application_DialogException', 'The field is not valid.'),
        ownAnswers: OWN_ANSWERS,
      },
      reset: () => sandbox.reset(),
      close: () => sandbox.close(),
    };
  },
});
