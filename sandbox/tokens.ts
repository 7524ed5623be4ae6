import { SignJWT } from 'jose';

export interface TokenOptions {
  /** Shared with PostgREST; at least 32 characters. */
  readonly secret: string;
  /** The database role that PostgREST switches to. */
  readonly role: 'anon' | 'authenticated' | 'service_role';
  /** Claim `organisation_id`. */
  readonly organisationId?: string;
  /** Claim `organisation_name`: for what a page shows; the API doesn't read it. */
  readonly organisationName?: string;
  /** Claim `app_role`: `app`, `coordinator`, `driver`, `auditor` or `organisation_admin`. */
  readonly appRole?: string;
  /** Claim `sub`: who acts. */
  readonly subject?: string;
  /** Seconds from now; negative for a token that has run out. Default one hour. */
  readonly expiresInSeconds?: number;
  /**
   * Where `organisation_id` and `app_role` stand: at the top level (default), in `app_metadata` as
   * Supabase Auth puts them, or in `user_metadata`, which users write themselves and nobody may
   * trust. `sub` and `role` are at the top level in each.
   */
  readonly placedIn?: 'top_level' | 'app_metadata' | 'user_metadata';
}

/** Signs (HS256) what the app's sign-in would hand out. */
export async function signToken(options: TokenOptions): Promise<string> {
  const claims = {
    ...(options.organisationId === undefined ? {} : { organisation_id: options.organisationId }),
    ...(options.organisationName === undefined
      ? {}
      : { organisation_name: options.organisationName }),
    ...(options.appRole === undefined ? {} : { app_role: options.appRole }),
  };
  const placedIn = options.placedIn ?? 'top_level';
  const now = Math.floor(Date.now() / 1000);
  const token = new SignJWT({
    role: options.role,
    ...(placedIn === 'top_level' ? claims : { [placedIn]: claims }),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuedAt(now)
    .setExpirationTime(now + (options.expiresInSeconds ?? 3600));
  if (options.subject !== undefined) token.setSubject(options.subject);
  return token.sign(new TextEncoder().encode(options.secret));
}
