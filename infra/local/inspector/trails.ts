import type { Step, Trail } from './trail.ts';

/** What a step says of its place: the ids it is about, and whether a way begins with it. */
export interface Sighting {
  step: Step;
  keys: string[];
  channelId: string | null;
  person: string | null;
  /** The ids that begin a way of their own. */
  roots: string[];
}

/** The ways that are kept. An old one goes when a new one comes. */
const MOST_TRAILS = 500;
/** Steps that no way is known for yet: a status may come before the answer that names its message. */
const MOST_ORPHANS = 50;

/** Finds out which step belongs to the way of which message, by the ids they share. */
export class Trails {
  readonly #trails = new Map<string, Trail>();
  readonly #byKey = new Map<string, Set<Trail>>();
  /** The steps as they were told last, so that none is told twice. */
  readonly #told = new Map<Trail, Map<string, string>>();
  #orphans: Sighting[] = [];
  readonly #onStep: (trail: Trail, step: Step) => void;

  /** `onStep` hears of each step that came to a way or changed. */
  constructor(onStep: (trail: Trail, step: Step) => void) {
    this.#onStep = onStep;
  }

  /** The way that one of its ids leads to. */
  find(key: string): Trail | null {
    return [...(this.#byKey.get(key) ?? [])].at(-1) ?? null;
  }

  /** The newest first. */
  all(): Trail[] {
    return [...this.#trails.values()].toReversed();
  }

  /** Takes a step, or what has become of one that was there before. */
  put(sighting: Sighting): void {
    const { step, keys, roots } = sighting;
    for (const root of roots) this.#begin(root, sighting);
    const trails = new Set(keys.flatMap((key) => [...(this.#byKey.get(key) ?? [])]));
    if (trails.size === 0) {
      this.#orphans = [...this.#orphans.filter((other) => other.step.id !== step.id), sighting];
      this.#orphans = this.#orphans.slice(-MOST_ORPHANS);
      return;
    }
    for (const trail of trails) this.#add(trail, step);
    // What several ways share names none of them.
    const [only, second] = [...trails];
    if (only && !second && this.#learn(only, keys)) this.#adopt();
  }

  /** Puts back what was kept from an earlier run. */
  restore(trail: Omit<Trail, 'steps'>, step: Step): void {
    const known = this.#trails.get(trail.id) ?? this.#open(trail);
    this.#learn(known, trail.keys);
    this.#add(known, step);
  }

  #begin(root: string, { step, channelId, person }: Sighting): void {
    if (this.#byKey.has(root)) return;
    this.#open({ id: root, channel_id: channelId, person, at: step.at, keys: [root] });
  }

  #open({ id, channel_id, person, at, keys }: Omit<Trail, 'steps'>): Trail {
    const trail: Trail = { id, channel_id, person, at, keys: [], steps: [] };
    this.#trails.set(id, trail);
    this.#learn(trail, keys);
    const [oldest] = this.#trails.values();
    if (this.#trails.size > MOST_TRAILS && oldest) this.#drop(oldest);
    return trail;
  }

  #drop(trail: Trail): void {
    this.#trails.delete(trail.id);
    this.#told.delete(trail);
    for (const key of trail.keys) {
      this.#byKey.get(key)?.delete(trail);
      if (this.#byKey.get(key)?.size === 0) this.#byKey.delete(key);
    }
  }

  #add(trail: Trail, step: Step): void {
    const told = this.#told.get(trail) ?? new Map<string, string>();
    this.#told.set(trail, told);
    const text = JSON.stringify(step);
    if (told.get(step.id) === text) return;
    told.set(step.id, text);
    upsert(trail.steps, step);
    this.#onStep(trail, step);
  }

  /** Returns whether one of the ids was new. */
  #learn(trail: Trail, keys: string[]): boolean {
    const fresh = keys.filter((key) => !this.#byKey.get(key)?.has(trail));
    for (const key of fresh) {
      this.#byKey.set(key, (this.#byKey.get(key) ?? new Set()).add(trail));
      trail.keys.push(key);
    }
    return fresh.length > 0;
  }

  #adopt(): void {
    const found = this.#orphans.filter(({ keys }) => keys.some((key) => this.#byKey.has(key)));
    this.#orphans = this.#orphans.filter((orphan) => !found.includes(orphan));
    for (const orphan of found) this.put(orphan);
  }
}

function upsert(steps: Step[], step: Step): void {
  const at = steps.findIndex(({ id }) => id === step.id);
  if (at >= 0) steps[at] = step;
  else steps.push(step);
}
