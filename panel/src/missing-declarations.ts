/** Which drivers lack an acknowledgement, and which honoraria that holds up. */
import { missingDeclarations } from './api.ts';
import { Loading } from './loading.ts';
import { dayInOslo } from './oslo.ts';
import type { MissingDeclaration } from './rows.ts';

const mostShown = 50;

export interface LackingDriver {
  readonly driverId: string;
  readonly claims: readonly MissingDeclaration[];
}

/** Its failure never fails what stands beside it. */
export class MissingDeclarations extends Loading {
  drivers: readonly LackingDriver[] = [];
  hasMore = false;

  protected override async fetch(signal: AbortSignal): Promise<boolean> {
    const rows = await missingDeclarations(this.around.client(), mostShown + 1, signal);
    if (signal.aborted) return false;
    this.drivers = byDriver(rows.slice(0, mostShown));
    this.hasMore = rows.length > mostShown;
    return true;
  }
}

/** In the order in which they come. */
export function byDriver(rows: readonly MissingDeclaration[]): LackingDriver[] {
  const claims = new Map<string, MissingDeclaration[]>();
  for (const row of rows) {
    const known = claims.get(row.driver_id);
    if (known === undefined) claims.set(row.driver_id, [row]);
    else known.push(row);
  }
  return [...claims].map(([driverId, claims]) => ({ driverId, claims }));
}

/** Whether that day is past, in Norway: what is acknowledged now doesn't cover it any more. */
export function isPast(date: string, now: number): boolean {
  const { year, month, day } = dayInOslo(new Date(now));
  const today = [year, month, day].map((part) => String(part).padStart(2, '0')).join('-');
  return date < today;
}
