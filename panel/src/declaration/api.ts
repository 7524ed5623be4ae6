/** A driver's part of schema `api`: docs/declarations.md. */
import { ApiError, request, rowsOf, type Client } from '../http.ts';

export type WayOfAcknowledging = 'tick_box' | 'typed_name' | 'both';

/** The version in force as this driver is to see it, and whether an acknowledgement counts today. */
export interface Declaration {
  readonly template_id: string;
  readonly version: number;
  readonly language: string;
  readonly content: string;
  readonly content_sha256: string;
  readonly way_of_acknowledging: WayOfAcknowledging;
  readonly valid_from: string;
  readonly is_acknowledged: boolean;
  readonly acknowledged_at: string | null;
  readonly acknowledged_version: number | null;
  /** Versions count per language, so a version alone says little. */
  readonly acknowledged_language?: string | null;
  readonly acknowledged_sha256?: string | null;
  /** The last day on which it counts; null: no end is known. */
  readonly acknowledged_until: string | null;
}

export interface Acknowledged {
  readonly template_id: string;
  readonly version: number;
  readonly language: string;
  readonly content_sha256: string;
  readonly acknowledged_at: string;
  readonly acknowledged_until: string | null;
}

export interface Withdrawn {
  readonly withdrawn_at: string;
  readonly version: number;
}

export type Channel = 'web' | 'app';

/** Null: no version is in force. */
export async function currentDeclaration(
  client: Client,
  signal: AbortSignal,
): Promise<Declaration | null> {
  const answer = await request(client, 'rpc/current_declaration', { signal });
  const [row] = await rowsOf<Declaration>(answer);
  return row ?? null;
}

/** Consents to the text whose hash is given. The same again is harmless. */
export async function acknowledgeDeclaration(
  client: Client,
  shown: {
    readonly templateId: string;
    readonly version: number;
    readonly sha256: string;
    /** Null: the version asks for none. */
    readonly typedName: string | null;
    readonly channel: Channel;
  },
  signal: AbortSignal,
): Promise<Acknowledged> {
  const body = {
    p_template_id: shown.templateId,
    p_version: shown.version,
    p_content_sha256: shown.sha256,
    p_typed_name: shown.typedName,
    p_channel: shown.channel,
  };
  return onlyRow(await request(client, 'rpc/acknowledge_declaration', { body, signal }));
}

/** Takes back all that the driver acknowledged. */
export async function withdrawAcknowledgement(
  client: Client,
  signal: AbortSignal,
): Promise<Withdrawn> {
  return onlyRow(await request(client, 'rpc/withdraw_acknowledgement', { body: {}, signal }));
}

async function onlyRow<Row>(answer: Response): Promise<Row> {
  const [row] = await rowsOf<Row>(answer);
  if (row === undefined) throw new ApiError('unreadable', 'the answer has no row');
  return row;
}
