/** Who a token says that somebody is: for what the page shows, never for what may be done. */

export interface Holder {
  readonly subject: string;
  readonly organisationId: string;
  /** Empty: the token doesn't say. */
  readonly organisationName: string;
  readonly role: string;
}

/** Reads a JWT's payload without checking it: that is the API's part. Null: it isn't one. */
export function readHolder(token: string): Holder | null {
  try {
    const payload: unknown = JSON.parse(decode(token.split('.')[1] ?? ''));
    if (!isRecord(payload)) return null;
    const metadata = payload['app_metadata'];
    const text = (name: string): string => {
      const value = payload[name] ?? (isRecord(metadata) ? metadata[name] : undefined);
      return typeof value === 'string' ? value : '';
    };
    return {
      subject: text('sub'),
      organisationId: text('organisation_id'),
      organisationName: text('organisation_name'),
      role: text('app_role'),
    };
  } catch {
    return null;
  }
}

function decode(base64url: string): string {
  const bytes = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
