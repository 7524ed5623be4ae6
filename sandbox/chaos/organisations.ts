/** The four organisations of a chaos run: two in each accounting system, with claims to put. */
import { createHash } from 'node:crypto';

import {
  DEFAULT_COMPANY_ID,
  type CompanyOptions,
} from '../../dispatcher/adapters/business-central/sandbox/options.ts';
import { makeClaims, type Claim } from '../demo/claims.ts';
import { randomOf, seedOf } from '../random.ts';

/** An organisation, and what it keeps for putting. */
export interface ChaosOrganisation {
  readonly id: string;
  readonly prefix: string;
  readonly organisationNumber: string;
  readonly system: 'business_central' | 'xledger';
  readonly credentialRef: string;
  /** The secrets behind `credentialRef`. */
  readonly credential: Readonly<Record<string, string>>;
  /** The company in Business Central, the entity's code in Xledger. */
  readonly company: string;
  readonly claims: readonly Claim[];
}

/**
 * How a system is treated, in milliseconds. Short, so that much happens; `remote_max_ms` leaves a
 * loaded machine a second and more above {@link LONGEST_DELAY_MS}, for what is a promise of the
 * accounting system must be kept by the one that is played.
 */
export const TIMINGS = {
  max_attempts: 6,
  base_delay_ms: 50,
  max_delay_ms: 800,
  lease_ms: 2500,
  send_timeout_ms: 1500,
  remote_max_ms: 2400,
  quarantine_ms: 3000,
  max_concurrency: 3,
} as const;

/** The longest that a fault holds a request back, milliseconds. */
export const LONGEST_DELAY_MS = 1200;

/** By how much a read may lag behind, milliseconds: less than the quarantine is above the rest. */
export const LONGEST_LAG_MS = 500;

/** Claims that wait for being put, for each organisation: more than an hour needs. */
const CLAIM_COUNT = 20_000;
/** About one claim in so many has a line whose account the ledger doesn't have. */
const REFUSED_ONE_IN = 15;
const SECOND_COMPANY_ID = 'a0a0a0a0-0000-4000-8000-000000000002';

/** Business Central's companies, one for each organisation. */
export const COMPANIES: readonly CompanyOptions[] = [
  { id: DEFAULT_COMPANY_ID, name: 'First' },
  { id: SECOND_COMPANY_ID, name: 'Second' },
];

/** Xledger's entities: one for each organisation, below the one that has the codes. */
export const ENTITIES = [
  { dbId: 42365430, code: '1' },
  { dbId: 42365431, code: '10', parent: '1' },
  { dbId: 42365432, code: '20', parent: '1' },
] as const;

/** Two organisations in each system; their claims follow from the seed and the day. */
export function makeOrganisations(
  seed: number,
  today: Date,
  claimCount = CLAIM_COUNT,
): readonly ChaosOrganisation[] {
  const kinds = [
    { prefix: 'BCA', system: 'business_central', company: DEFAULT_COMPANY_ID },
    { prefix: 'BCB', system: 'business_central', company: SECOND_COMPANY_ID },
    { prefix: 'XLA', system: 'xledger', company: '10' },
    { prefix: 'XLB', system: 'xledger', company: '20' },
  ] as const;
  return kinds.map((kind, place) => ({
    ...kind,
    id: `00000000-0000-4000-8000-00000000c0${place + 1}0`,
    organisationNumber: String(place + 1).repeat(9),
    credentialRef: `chaos-${kind.prefix.toLowerCase()}`,
    credential: credentialOf(kind.system, kind.prefix),
    claims: claimsOf(kind.prefix, seedOf(seed, place), today, claimCount),
  }));
}

function credentialOf(system: string, prefix: string): Readonly<Record<string, string>> {
  const secret = createHash('sha256').update(`secret of ${prefix}`).digest('hex');
  if (system === 'xledger') return { token: secret };
  return { client_id: `client-of-${prefix.toLowerCase()}`, client_secret: secret };
}

function claimsOf(prefix: string, seed: number, today: Date, count: number): readonly Claim[] {
  const random = randomOf(seed);
  const extra: Record<number, { type: string; text: string }> = {};
  for (let place = 0; place < count; place += 1) {
    if (random(REFUSED_ONE_IN) === 0) extra[place] = { type: 'ferry', text: 'ferry to the course' };
  }
  return makeClaims({ count, prefix, seed, today, extra });
}

/**
 * What `accounting.apply_organisation` takes.
 *
 * @param address endpoint, and where to sign in (Business Central).
 */
export function organisationFile(
  organisation: ChaosOrganisation,
  address: { readonly endpoint: string; readonly tokenUrl: string | null },
): object {
  const isXledger = organisation.system === 'xledger';
  const dimensions = isXledger ? { project: '100' } : { AVDELING: '100' };
  return {
    organisation: {
      id: organisation.id,
      name: `Chaos ${organisation.prefix}`,
      organisation_number: organisation.organisationNumber,
      reference_prefix: organisation.prefix,
    },
    integrations: [
      {
        system: organisation.system,
        endpoint: address.endpoint,
        credential_ref: organisation.credentialRef,
        settings: {
          liability_account: '2910',
          ...(isXledger ? {} : { company_id: organisation.company, token_url: address.tokenUrl }),
        },
        ...TIMINGS,
      },
    ],
    mappings: {
      mileage: { account: '7100', dimensions },
      toll: { account: '7140', dimensions },
      parking: { account: '7140' },
      public_transport: { account: '7140', dimensions },
      meals: { account: '7160', dimensions },
      lodging: { account: '7140' },
      // An account that no ledger has here.
      ferry: { account: '7145' },
    },
  };
}
