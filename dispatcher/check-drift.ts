/** What changed in shape since the last check, and what of it we depend on. Pure. */
import { parentOf } from './adapters/answer-shape.ts';
import type { Needs, Shape } from './adapters/answer-shape.ts';
import type { Finding, SeenAnswer } from './adapters/adapter.ts';

/** By resource. */
export type Shapes = Readonly<Record<string, Shape>>;

/** What is told, and the shapes that the next check compares with. */
export interface Drift {
  readonly findings: readonly Finding[];
  readonly shapes: Shapes;
}

/** Changes of one kind named one by one; of more, only their number is told. */
const MOST_NAMED = 20;

/**
 * Compares what was answered now with what was answered at the last check. What wasn't met this time
 * (a list without rows, a resource that couldn't be read) has not changed. What we depend on and is
 * gone or of another type is a fault, and stays one at each check until it is mended or accepted.
 *
 * @param before of the last check; null: there was none
 * @param since when that was, as it is told
 * @param isAccepted takes what is there now for what the next check compares with, faults too
 */
export function compareShapes(
  before: Shapes | null,
  seen: readonly SeenAnswer[],
  since: string,
  isAccepted: boolean,
): Drift {
  const findings: Finding[] = [];
  const shapes: Record<string, Shape> = { ...before };
  for (const { resource, shape: now, needs } of seen) {
    const old = before?.[resource] ?? null;
    const faulty = new Set<string>();
    const tell = (level: Finding['level'], message: string) =>
      findings.push({ level, about: resource, message });
    for (const [path, reason] of missing(needs, now)) {
      faulty.add(path);
      const wasThere = old?.[path] === undefined ? '' : `; ${since} it was ${words(old[path])}`;
      tell('fault', `${name(path)} ${reason}${wasThere}`);
    }
    if (old !== null) {
      const changes = changesOf(old, now, needs, faulty);
      for (const { path, message } of changes.faults) {
        faulty.add(path);
        tell('fault', `${name(path)} ${message} (${since})`);
      }
      tellAll(changes.notes, (message) => tell('note', `${message} (${since})`));
    }
    shapes[resource] = carriedOn(old, now, isAccepted ? new Set() : faulty);
  }
  return { findings, shapes };
}

/** What we depend on and isn't as we take it. */
function missing(needs: Needs, now: Shape): [string, string][] {
  return Object.entries(needs).flatMap(([path, taken]): [string, string][] => {
    if (!isMet(parentOf(path), now)) return [];
    const types = now[path];
    if (types === undefined) {
      return taken?.includes('undefined') ? [] : [[path, 'is missing, and we depend on it']];
    }
    if (taken === null || types.every((type) => taken.includes(type))) return [];
    const fit = taken.filter((type) => type !== 'undefined');
    return [[path, `is ${words(types)}, and we take ${words(fit)}`]];
  });
}

interface Changes {
  readonly faults: readonly { readonly path: string; readonly message: string }[];
  readonly notes: readonly string[];
}

function changesOf(old: Shape, now: Shape, needs: Needs, told: ReadonlySet<string>): Changes {
  const faults: { path: string; message: string }[] = [];
  const notes: string[] = [];
  for (const [path, types] of Object.entries(now)) {
    if (told.has(path)) continue;
    const before = old[path];
    if (before === undefined) {
      // Of a list that had no elements, all that is in them is new to us, not to the remote.
      if (isMet(parentOf(path), old) && !path.endsWith('[]')) {
        notes.push(`${name(path)} is new: ${words(types)}`);
      }
    } else if (isRetyped(before, types)) {
      const message = `is ${words(types)}, and was ${words(before)}`;
      if (needs[path] === null) faults.push({ path, message });
      else notes.push(`${name(path)} ${message}`);
    }
  }
  for (const path of Object.keys(old)) {
    if (now[path] === undefined && isRemoved(path, now) && !told.has(path)) {
      notes.push(`${name(path)} is gone`);
    }
  }
  return { faults, notes };
}

/** An empty value tells nothing of the type that a full one has. */
function isRetyped(before: readonly string[], now: readonly string[]): boolean {
  const [old, fresh] = [withoutNull(before), withoutNull(now)];
  if (old.length === 0 || fresh.length === 0) return false;
  return fresh.some((type) => !old.includes(type));
}

/** Elements of a list without any are not gone. */
function isRemoved(path: string, now: Shape): boolean {
  return !path.endsWith('[]') && isMet(parentOf(path), now);
}

/** Whether an object was met at the path, which could have had members. */
function isMet(path: string, shape: Shape): boolean {
  return shape[path]?.includes('object') === true;
}

/** What the next check compares with. */
function carriedOn(old: Shape | null, now: Shape, faulty: ReadonlySet<string>): Shape {
  const next: Record<string, readonly string[]> = {};
  for (const [path, types] of Object.entries(now)) {
    const before = old?.[path];
    const isEmpty = withoutNull(types).length === 0;
    const kept = before !== undefined && (isEmpty || faulty.has(path)) ? before : [];
    next[path] =
      faulty.has(path) && kept.length > 0 ? kept : [...new Set([...types, ...kept])].sort();
  }
  for (const [path, types] of Object.entries(old ?? {})) {
    if (path in next) continue;
    if (faulty.has(path) || !isRemoved(path, now)) next[path] = types;
  }
  return next;
}

function withoutNull(types: readonly string[]): string[] {
  return types.filter((type) => type !== 'null');
}

function tellAll(messages: readonly string[], tell: (message: string) => void): void {
  for (const message of messages.slice(0, MOST_NAMED)) tell(message);
  const more = messages.length - MOST_NAMED;
  if (more > 0) tell(`and ${String(more)} more changes`);
}

function name(path: string): string {
  return path === '' ? 'the answer' : `\`${path}\``;
}

function words(types: readonly string[]): string {
  return types.join(' or ');
}
