/** Placeholder for the signature; the module itself follows. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Already serialised. */
  readonly body?: string;
  /** True for a request that can book something: the lease is checked right before its first byte. */
  readonly carriesLines?: boolean;
}
/** An answer with its whole body, or what kept us from one. */
export type HttpResult =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
      /** The body was cut by the byte cap, the deadline or the peer; status and headers are good. */
      readonly isTruncated: boolean;
    }
  /** Nothing was written to the socket: refused, DNS, TLS, forbidden address. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** The lease no longer holds: nothing was written. */
  | { readonly kind: 'lease_lost'; readonly message: string }
  /** Something was written and no status came back: cut, timed out. */
  | { readonly kind: 'no_answer'; readonly message: string };
export interface HttpClient {
  /** Never throws for what the network or the remote does. 3xx is answered, never followed. */
  request(request: HttpRequest): Promise<HttpResult>;
}
