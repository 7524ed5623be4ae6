/** Compares what Minibok has with what we would send. Pure. */
import type { Booked } from './api.ts';
import type { Voucher } from './mapper.ts';

/** Whether lines, sums and departments are the same, in any order. */
export function agrees(voucher: Voucher, booked: Booked | undefined): boolean {
  if (booked === undefined) return false;
  const key = (line: { account: string; department: string | null; amount: string }) =>
    JSON.stringify([line.account, line.department, line.amount]);
  const wanted = voucher.lines.map(key).sort();
  const found = booked.lines.map(key).sort();
  return JSON.stringify(wanted) === JSON.stringify(found);
}
