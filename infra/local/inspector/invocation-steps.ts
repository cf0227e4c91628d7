import { randomUUID } from 'node:crypto';
import type { SQSRecord } from 'aws-lambda';
import { failedItems } from '../lambda/failed-items.ts';
import type { Invocation, InvocationWatch, SandboxNote } from '../lambda/sandbox.ts';
import type { SeenCall } from '../lambda/seen-call.ts';
import { idsInAnswer, idsInCall, idsInEntry, idsInJob, idsInWebhook } from './ids-in.ts';
import { answeredTo, askedFor, bodyIn, channelIn, isHttpEvent } from './invocation-event.ts';
import { logEntry } from './log-entry.ts';
import type { Step, StepKind } from './trail.ts';
import type { Sighting } from './trails.ts';
import { Waits } from './waits.ts';

/** The functions a message passes, and what the inspector calls the step. */
const KINDS: Record<string, StepKind> = {
  webhook: 'webhook',
  requests: 'endpoint',
  worker: 'worker',
  send: 'send',
  statuses: 'statuses',
  news: 'news',
};

/**
 * Makes steps of what the functions do: the way through the queue, the run of the function, each call it
 * makes, and what is waited for afterwards. `put` gets each as it begins and whenever it changes.
 */
export function watchInvocations(
  put: (sighting: Sighting) => void,
  now: () => number,
): InvocationWatch {
  const waits = new Waits(put);
  return {
    begin: (name, event) => {
      const kind = KINDS[name];
      return kind ? watchOne(kind, event, { put, now, waits }) : UNWATCHED;
    },
  };
}

/** A function that no message passes. */
const UNWATCHED: ReturnType<InvocationWatch['begin']> = { note: () => {}, end: () => {} };

interface Around {
  put: (sighting: Sighting) => void;
  now: () => number;
  waits: Waits;
}

function watchOne(kind: StepKind, event: unknown, { put, now, waits }: Around) {
  const records = (event as { Records?: SQSRecord[] }).Records ?? [];
  const jobs = records.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  const posted = idsInWebhook(kind === 'webhook' ? bodyIn(event) : null);
  const channelId = channelIn(event, jobs);
  const keys = new Set([...posted.messages, ...posted.others, ...jobs.flatMap(idsInJob)]);
  let roots = posted.messages;
  const step: Step = {
    id: randomUUID(),
    kind,
    parent: null,
    at: now(),
    ended_at: null,
    ok: null,
    facts: factsOf(records),
    log: [],
    request: askedFor(event, jobs),
  };
  const children: Step[] = [];
  const show = (one: Step) =>
    put({ step: one, keys: [...keys], channelId, person: posted.person, roots });
  const showAll = () => [...children, step].map(show);

  for (const record of records) children.push(waits.arrival(record, now()));
  showAll();
  return {
    note: (note: SandboxNote) => {
      const fresh = 'call' in note ? idsInCall(note.call) : idsInEntry(note.entry);
      if ('call' in note) children.push(callStep(note.call, step.id, kind));
      else step.log.push(logEntry(note.entry, now()));
      for (const id of fresh) keys.add(id);
      if ('entry' in note) waits.hear(note.entry, { keys: [...keys], channelId, at: now() });
      showAll();
    },
    end: (outcome: Invocation) => {
      step.ended_at = now();
      step.ok = outcome.ok;
      if (!outcome.ok) step.facts.died = outcome.reason;
      if (isHttpEvent(event) && outcome.ok) {
        step.answer = answeredTo(outcome.value);
        step.facts.status = step.answer.status ?? 0;
        step.ok = (step.answer.status ?? 0) < 400;
      }
      if (kind === 'endpoint') {
        const made = idsInAnswer(step.answer?.body);
        for (const id of made) keys.add(id);
        // A late reply goes the way of the event that it names.
        const traced = step.log.map(({ facts }) => facts.trace_id).find((id) => id !== undefined);
        if (made.length > 0) roots = [String(traced ?? made[0])];
      }
      const ids = records.map(({ messageId }) => messageId);
      const left = outcome.ok ? failedItems(outcome.value, ids) : new Set(ids);
      if (left.size > 0) step.ok = false;
      showAll();
      for (const record of records.filter(({ messageId }) => left.has(messageId))) {
        waits.putOff(record, step, { keys: [...keys], channelId, at: now() });
      }
    },
  };
}

const factsOf = (records: SQSRecord[]): Step['facts'] => {
  const receives = Number(records[0]?.attributes.ApproximateReceiveCount ?? 1);
  return receives > 1 ? { attempt: receives } : {};
};

/**
 * Who is called: 360dialog by its key, a transcriber by its path; else the agent, but of the sender, which
 * fetches files to upload.
 */
function farSideOf({ headers, url }: SeenCall, by: StepKind): StepKind {
  if ('d360-api-key' in headers) return 'provider';
  if (by === 'worker' && URL.parse(url)?.pathname.endsWith('/audio/transcriptions')) {
    return 'transcriber';
  }
  return by === 'worker' || by === 'news' ? 'agent' : 'file';
}

function callStep(call: SeenCall, parent: string, by: StepKind): Step {
  const { at, took_ms, method, url, headers, body, status, answer, error } = call;
  return {
    id: randomUUID(),
    kind: farSideOf(call, by),
    parent,
    at,
    ended_at: at + took_ms,
    ok: status !== null && status < 400,
    facts: { ...(status !== null && { status }), ...(error !== null && { error }) },
    log: [],
    request: { method, url, headers, body },
    ...(status !== null && { answer: { status, body: answer } }),
  };
}
