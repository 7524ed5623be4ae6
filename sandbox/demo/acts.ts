/** What happens in the demo: claims are put, and exported in runs of which each meets something. */
import type { FaultInput, FaultQueue } from '../faults.ts';
import { makeClaims, type Claim } from './claims.ts';
import type { Organisation, World } from './world.ts';

/** What the demo promises to show. */
export type Milestone =
  'throttled' | 'server_error' | 'lost_answer' | 'rejected' | 'unmapped' | 'repeat';

/** One request for an export, and what is to become of it. */
export interface Act {
  readonly claims: readonly Claim[];
  readonly requestedBy: 'app' | 'coordinator';
  readonly shows: readonly Milestone[];
  /** What the accounting system does to the run's lines. */
  readonly fault?: FaultInput;
}

/** One organisation's part: its acts are played one after the other. */
export interface Part {
  readonly organisation: Organisation;
  readonly claims: readonly Claim[];
  readonly acts: readonly Act[];
  readonly faults: FaultQueue;
}

/** Business Central: the request that carries lines. */
const BATCH = { method: 'POST', path: '/\\$batch$' };
/** Xledger: the same. */
const ADD_ITEMS = { operation: 'addGLImportItems' };

/** Xledger refuses under HTTP 200, and wants five seconds. */
const BURST: FaultInput = {
  ...ADD_ITEMS,
  kind: 'status',
  status: 200,
  body: {
    errors: [
      {
        message: 'Too many requests in the last 5 seconds. The limit is 20.',
        code: 'BAD_REQUEST.BURST_RATE_LIMIT_REACHED',
      },
    ],
  },
};

/** Types that sandbox/organisations/*.yaml maps to a missing account, or not at all. */
const FERRY = { type: 'ferry', text: 'ferry to the course' };
const UNMAPPED = { type: 'interpreter', text: 'interpreter, two hours' };

/** Both organisations' parts, 240 claims in all. */
export function writeParts(world: World, today: Date): readonly Part[] {
  const [hlf, blindeforbundet] = world.organisations;
  const ofHlf = makeClaims({
    count: 130,
    prefix: hlf.prefix,
    seed: 1,
    today,
    extra: { 112: FERRY, 121: UNMAPPED },
  });
  const ofBlindeforbundet = makeClaims({
    count: 110,
    prefix: blindeforbundet.prefix,
    seed: 2,
    today,
    extra: { 45: FERRY, 61: UNMAPPED },
  });
  return [
    {
      organisation: hlf,
      claims: ofHlf,
      faults: world.businessCentral.faults,
      acts: [
        {
          ...asked(ofHlf.slice(0, 40), 'throttled'),
          fault: { ...BATCH, kind: 'status', status: 429, retry_after: '1' },
        },
        {
          ...asked(ofHlf.slice(40, 75), 'server_error'),
          fault: { ...BATCH, kind: 'status', status: 500 },
        },
        {
          ...asked(ofHlf.slice(75, 105), 'lost_answer'),
          fault: { ...BATCH, kind: 'drop_after' },
        },
        asked(ofHlf.slice(105), 'rejected', 'unmapped'),
        askedAgain(ofHlf.slice(0, 40)),
      ],
    },
    {
      organisation: blindeforbundet,
      claims: ofBlindeforbundet,
      faults: world.xledger.faults,
      // The throttle comes late: the wait that it brings also keeps the others within Xledger's
      // limit of 20 requests in 5 seconds.
      acts: [
        {
          ...asked(ofBlindeforbundet.slice(0, 40), 'lost_answer'),
          fault: { ...ADD_ITEMS, kind: 'drop_after' },
        },
        asked(ofBlindeforbundet.slice(40, 70), 'rejected', 'unmapped'),
        { ...asked(ofBlindeforbundet.slice(70), 'throttled'), fault: BURST },
        askedAgain(ofBlindeforbundet.slice(0, 40)),
      ],
    },
  ];
}

function asked(claims: readonly Claim[], ...shows: readonly Milestone[]): Act {
  return { claims, requestedBy: 'app', shows };
}

function askedAgain(claims: readonly Claim[]): Act {
  return { claims, requestedBy: 'coordinator', shows: ['repeat'] };
}
