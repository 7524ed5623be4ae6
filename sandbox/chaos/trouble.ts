/** What is done to the dispatchers, to sessions and to notifications, and the operator who resumes. */
import { between, deckOf, pick, randomOf, seedOf, type Random } from '../random.ts';
import { keepActing } from './actor.ts';
import type { Fleet } from './fleet.ts';
import { TIMINGS } from './organisations.ts';
import { CONTROL_NAME, type ChaosWorld } from './world.ts';

export interface TroubleCounts {
  cutSessions: number;
  notifications: number;
  resumes: number;
}

const TROUBLES = [
  'kill',
  'kill',
  'kill',
  'hang',
  'hang',
  'terminate',
  'cut_sessions',
  'cut_sessions',
  'cut_sessions',
  'garbage',
] as const;

/** What no listener may choke on. */
const GARBAGE = ['', 'null', '{', '{"run_id":', '\u0001\u0007', "'; drop table", 'x'.repeat(7_000)];

/** Makes trouble until `signal` is aborted; each of its kinds in every ten. */
export async function makeTrouble(
  world: ChaosWorld,
  fleet: Fleet,
  seed: number,
  counts: TroubleCounts,
  signal: AbortSignal,
): Promise<void> {
  const random = randomOf(seedOf(seed, 200));
  const next = deckOf(random, TROUBLES);
  await keepActing(random, { leastMs: 400, mostMs: 1_800 }, signal, async () => {
    const place = random(fleet.size);
    switch (next()) {
      case 'kill':
        return fleet.kill(place, between(random, 0, 1_500));
      case 'terminate':
        return fleet.terminate(place, between(random, 0, 1_500));
      case 'hang':
        return fleet.hang(place, TIMINGS.lease_ms + between(random, 100, 2_000));
      case 'cut_sessions':
        counts.cutSessions += await cutSessions(world, random);
        return;
      case 'garbage':
        counts.notifications += await notifyGarbage(world, random);
        return;
    }
  });
}

/** Ends some sessions of apps and dispatchers, whatever they are doing. */
async function cutSessions(world: ChaosWorld, random: Random): Promise<number> {
  const { rows } = await world.control.query<{ pid: number }>(
    `select pid from pg_stat_activity
      where backend_type = 'client backend' and datname = current_database()
        and application_name <> $1
      order by state = 'active' desc, backend_start, pid`,
    [CONTROL_NAME],
  );
  // Every second time rather those that are at work.
  const near = random(2) === 0 ? rows.slice(0, 4) : rows;
  const pids = new Set(Array.from({ length: 4 }, () => near[random(100) % near.length]?.pid));
  const ended = await world.control.query<{ ended: number }>(
    `select count(*) filter (where pg_terminate_backend(pid))::integer as ended
       from unnest($1::integer[]) as p (pid)`,
    [[...pids].filter((pid) => pid !== undefined)],
  );
  return ended.rows[0]?.ended ?? 0;
}

async function notifyGarbage(world: ChaosWorld, random: Random): Promise<number> {
  const payloads = Array.from({ length: between(random, 1, 40) }, () => pick(random, GARBAGE));
  await world.control.query(
    `select pg_notify('accounting_export', payload) from unnest($1::text[]) as p (payload)`,
    [payloads],
  );
  return payloads.length;
}

/** The operator: lets integrations that were refused go on, until `signal` is aborted. */
export async function resumeIntegrations(
  world: ChaosWorld,
  seed: number,
  counts: TroubleCounts,
  signal: AbortSignal,
): Promise<void> {
  const random = randomOf(seedOf(seed, 201));
  await keepActing(random, { leastMs: 300, mostMs: 1_200 }, signal, async () => {
    const { rows } = await world.control.query<{ is_resumed: boolean }>(
      `select accounting.resume_integration(i.organisation_id, i.system) as is_resumed
         from accounting.integrations as i where i.paused_at is not null`,
    );
    counts.resumes += rows.filter(({ is_resumed: isResumed }) => isResumed).length;
  });
}
