// The way of a message as rows: what stands for itself, what is a part of it, and where each lies in time.
import type { Step, Trail } from '../../local/inspector/trail.ts';

export interface Row {
  step: Step;
  /** 0: it stands for itself; 1: it is a part of the row above. */
  depth: 0 | 1;
  /** Of a webhook that tells what became of a message: the status. */
  status: string | null;
}

/** The statuses that a body of 360dialog's tells. */
export function statusesIn(body: unknown): string[] {
  const root = (body ?? {}) as Json;
  const changes = (root.entry ?? []).flatMap(({ changes }) => changes ?? []);
  const values = [root, ...changes.map(({ value }) => value)];
  return values.flatMap((value) => (value?.statuses ?? []).map(({ status }) => status));
}

interface Json {
  entry?: { changes?: { value: Json }[] }[];
  statuses?: { status: string }[];
}

/**
 * The rows of a way. `isWhole` false leaves out how a status went through its queue, which is the same
 * each time.
 */
export function rowsOf({ steps }: Trail, { isWhole }: { isWhole: boolean }): Row[] {
  const ofStatuses = (step: Step) =>
    step.kind === 'statuses' || (step.kind === 'queue' && step.facts.queue === 'statuses');
  const shown = steps.filter((step) => isWhole || !ofStatuses(step));
  const parents = shown.filter(({ parent }) => parent === null);
  return parents
    .toSorted((a, b) => a.at - b.at)
    .flatMap((step): Row[] => [
      { step, depth: 0, status: statusesIn(step.request?.body)[0] ?? null },
      ...shown
        .filter(({ parent }) => parent === step.id)
        .toSorted((a, b) => a.at - b.at)
        .map((part): Row => ({ step: part, depth: 1, status: null })),
    ]);
}

/** Up to here a stretch of time is drawn as long as it is. */
const PLAIN_MS = 400;

/**
 * Where moments lie on a line from 0 to 1. Long stretches in which nothing changes are drawn shorter, so
 * that milliseconds can be seen beside minutes.
 */
export function timeScale(steps: Step[], now: number): (at: number) => number {
  const moments = [...new Set(steps.flatMap(({ at, ended_at }) => [at, ended_at ?? now]))].sort(
    (a, b) => a - b,
  );
  const places = new Map<number, number>();
  let place = 0;
  for (const [index, moment] of moments.entries()) {
    const length = moment - (moments[index - 1] ?? moment);
    place += length <= PLAIN_MS ? length : PLAIN_MS + (PLAIN_MS / 4) * Math.log2(length / PLAIN_MS);
    places.set(moment, place);
  }
  return (at) => (places.get(at) ?? 0) / (place || 1);
}

/** From the first step to the moment the first answer was with 360dialog; null: none is yet. */
export function answeredAfter({ at, steps }: Trail): number | null {
  const sent = steps.find(
    ({ kind, ok, answer }) =>
      kind === 'provider' && ok && (answer?.body as { messages?: unknown } | null)?.messages,
  );
  return sent?.ended_at ? sent.ended_at - at : null;
}
