/** The master data that the Xledger sandbox knows. */

/** An entity, in Xledger's word an owner; `parent` is the code of the one above it. */
export interface EntityOption {
  readonly dbId: number;
  readonly code: string;
  readonly parent?: string;
}

/** A code, or a code with more; `owner` is the code of the entity that has it (default: the first). */
export type CodeOption =
  | string
  | {
      readonly code: string;
      readonly text?: string;
      readonly owner?: string;
      /** Listed as CLOSED, not as OPEN; that an item naming it is still taken is assumed. */
      readonly isClosed?: boolean;
      /** Of a project; default true. */
      readonly allowPosting?: boolean;
    };

/** A token of all scopes, or one of some: the names of the root fields that it may use. */
export type TokenOption =
  | string
  | { readonly token: string; readonly scopes?: readonly string[]; readonly entity?: string };

export interface XledgerSandboxOptions {
  /** 0 (default): any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly entities?: readonly EntityOption[];
  readonly tokens?: readonly TokenOption[];
  readonly accounts?: readonly CodeOption[];
  readonly taxRules?: readonly CodeOption[];
  readonly transactionSources?: readonly CodeOption[];
  readonly projects?: readonly CodeOption[];
  readonly subledgers?: readonly CodeOption[];
  readonly xgl?: readonly CodeOption[];
  readonly glObject1?: readonly CodeOption[];
  readonly glObject2?: readonly CodeOption[];
  readonly glObject3?: readonly CodeOption[];
  readonly glObject4?: readonly CodeOption[];
  readonly glObject5?: readonly CodeOption[];
  readonly currencies?: readonly CodeOption[];
  readonly companies?: readonly CodeOption[];
  readonly importDefinitions?: readonly CodeOption[];
  /** The clock, for the burst, the credits and the times of rows. */
  readonly now?: () => Date;
}

/** What is there if nothing else is asked for; the owner's number is the one of contract 3.2. */
export const DEFAULTS = {
  entities: [{ dbId: 42365431, code: '10' }],
  tokens: ['sandbox-token'],
  accounts: [
    '7100',
    '7130',
    '7140',
    '7150',
    '7160',
    '2910',
    '2911',
    '2400',
    '1570',
    '5330',
    '7799',
  ],
  taxRules: [
    { code: '0', text: 'Ingen mva' },
    { code: '1', text: 'Inngående mva 25 %' },
    { code: '11', text: 'Inngående mva 15 %' },
    { code: '13', text: 'Inngående mva 12 %' },
  ],
  transactionSources: ['GL', 'AR', 'OS'],
  projects: ['100', '200'],
  glObject1: ['10', '20', '30'],
  currencies: ['NOK'],
} as const satisfies XledgerSandboxOptions;
