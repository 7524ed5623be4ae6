/** Minibok's two endpoints. */
import { z } from 'zod';
import type { AdapterContext } from '../../../dispatcher/adapters/adapter.ts';
import type { HttpRequest } from '../../../dispatcher/http.ts';
import { sha256Hex } from '../../../dispatcher/http.ts';
import { asQuestion, classify, unreadable } from './classify.ts';
import type { Problem, Success } from './classify.ts';
import type { Voucher } from './mapper.ts';

const bookedAnswer = z.object({ id: z.string() });
const vouchersAnswer = z.object({
  vouchers: z.array(
    z.object({
      id: z.string(),
      reference: z.string(),
      lines: z.array(
        z.object({
          account: z.string(),
          department: z.string().nullable(),
          amount: z.string(),
        }),
      ),
    }),
  ),
});

/** A voucher as Minibok has it. */
export type Booked = z.output<typeof vouchersAnswer>['vouchers'][number];

/** So many references go into one address. */
const REFERENCES_AT_ONCE = 50;

export interface Sent {
  readonly answer: Success | Problem;
  /** Null if nothing of it was written. */
  readonly wireSha256: string | null;
}

export interface Api {
  /** `POST /vouchers` */
  book(voucher: Voucher): Promise<Sent>;
  /** `GET /vouchers?reference=…` */
  find(references: readonly string[]): Promise<Booked[] | Problem>;
}

/** The request that books a voucher, as it is sent and as a preview shows it. */
export function bookingRequest(endpoint: string, token: string, voucher: Voucher) {
  return {
    method: 'POST',
    url: `${endpoint}/vouchers`,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(voucher),
    carriesLines: true,
  } as const;
}

export function createApi(endpoint: string, token: string, { http }: AdapterContext): Api {
  const url = `${endpoint}/vouchers`;
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` };

  /** A 401 applied nothing: asked once more, it is no second send. */
  async function request(given: HttpRequest) {
    const first = await http.request(given);
    return first.kind === 'answer' && first.status === 401 ? http.request(given) : first;
  }

  return {
    async book(voucher) {
      const booking = bookingRequest(endpoint, token, voucher);
      const result = await request(booking);
      const wasWritten = result.kind === 'answer' || result.kind === 'no_answer';
      const wireSha256 = wasWritten ? sha256Hex(booking.body) : null;
      const answer = classify(result, Date.now());
      // An answer that doesn't fit is no success, whatever its status.
      const isOdd = answer.kind === 'success' && !bookedAnswer.safeParse(answer.body).success;
      return { answer: isOdd ? unreadable(answer.status, 'POST vouchers') : answer, wireSha256 };
    },
    async find(references) {
      const found: Booked[] = [];
      for (let from = 0; from < references.length; from += REFERENCES_AT_ONCE) {
        const some = references.slice(from, from + REFERENCES_AT_ONCE);
        const query = some.map((reference) => `reference=${encodeURIComponent(reference)}`);
        const result = await request({ method: 'GET', url: `${url}?${query.join('&')}`, headers });
        const answer = classify(result, Date.now());
        if (answer.kind === 'problem') return asQuestion(answer);
        const parsed = vouchersAnswer.safeParse(answer.body);
        if (!parsed.success) return unreadable(answer.status, 'GET vouchers');
        found.push(...parsed.data.vouchers);
      }
      return found;
    },
  };
}
