import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { clientOptions } from '../../infra/local/aws/client-options.ts';
import type { TakenMessage } from '../../infra/local/dialog360/account.ts';
import type { Delivery } from '../../shared/contract/delivery.ts';
import { readCallbackData } from '../../shared/rules/delivery/callback-data.ts';
import type { TestRuntime } from './runtime.ts';
import type { AgentDouble } from './runtime-agent.ts';

export interface StormMessage {
  kind: 'text' | 'picture';
  id: string;
  phone: string;
  /** What the agent answers to it: each text is the reply's own id too. */
  replies: string[];
}

/** What somebody else asks for: an event the agent is asked about, or a template and its result. */
export interface StormAside {
  kind: 'request' | 'notification';
  id: string;
  phone: string;
  replies: string[];
}

/** What happened, for the count. */
export interface StormLog {
  /** In the order in which the webhook was first offered them. */
  offered: StormMessage[];
  /** Messages of which the provider posts no status. */
  silent: Set<string>;
  did: Record<string, number>;
  /** What the provider took and the functions wrote, over every restart. */
  sent: TakenMessage[];
  output: TestRuntime['output'];
}

/** What a storm has done to the messages. */
export interface StormCount {
  messages: number;
  /** Events the agent was asked about, each counted once. */
  turns: number;
  /** Incoming Requests and notifications, and the events the agent was asked about for them, each counted once. */
  asides: { accepted: number; turns: number };
  answers: number;
  /**
   * Answers that never came: in turns that were given up, told as `outcome-unknown` after two requests for them, and
   * for no such reason.
   */
  lost: { givenUp: number; unknown: number; other: number };
  /**
   * Answers that came twice: where the outcome could not be known (the named gap), where a status told it and was
   * recorded only when the second request had begun, and others.
   */
  doubles: { unknowable: number; late: number; other: number };
  /** Answers of a chat that came before one they stand behind, and turns that were taken out of turn. */
  brokenOrders: number;
  /** Jobs that were given up: those of turns that were lost, and others. */
  deadLetters: { turns: number; other: number };
  did: Record<string, number>;
  /** Each answer that was lost or doubled for no known reason, in words. */
  faults: string[];
  /** What the functions wrote, over every restart. */
  output: TestRuntime['output'];
}

export async function countStorm(
  runtime: TestRuntime,
  agent: AgentDouble,
  { all, asides }: { all: StormMessage[]; asides: StormAside[] },
  { offered, silent, did, sent, output }: StormLog,
): Promise<StormCount> {
  /** By the message's id: the events the agent was asked about, and when first. */
  const asked = new Map<string, Set<string>>();
  /** By the answer's own id: its reply or turn, of which the agent was told that the outcome is unknown. */
  const unknown = new Map<string, string>();
  for (const { event } of agent.requests) {
    const about = aboutIn(event);
    if (about !== null) asked.set(about, (asked.get(about) ?? new Set()).add(event.event.id));
    if ('delivery' in event && event.delivery.code === 'outcome-unknown') {
      unknown.set(event.delivery.id ?? '', event.delivery.reply_id ?? '');
    }
    // A template has no id of the agent's own.
    if ('notification' in event && event.notification.code === 'outcome-unknown') {
      const { request_id, id } = event.notification;
      unknown.set(request_id ?? '', id.replace('ntf_', 'req_')); // its turn, by which the log knows it
    }
  }
  const givenUp = eventsGivenUp(output);
  const isGivenUp = ({ id }: { id: string }) =>
    [...(asked.get(id) ?? [])].some((event) => givenUp.has(event));

  const copies = new Map<string, TakenMessage[]>();
  for (const message of sent) {
    const { text } = message.request;
    copies.set(text, [...(copies.get(text) ?? []), message]);
  }
  const lost = { givenUp: 0, unknown: 0, other: 0 };
  const doubles = { unknowable: 0, late: 0, other: 0 };
  const faults: string[] = [];
  const recorded = statusesRecorded(output);
  const { letters, begun } = await lookInTable(runtime);
  const cutOff = repliesCutOff(output);
  /** Two requests were begun for it: one was cut off, or both died with their function, which then wrote no line. */
  const isUnknown = (reply: string) => {
    const name = unknown.get(reply);
    return name !== undefined && (cutOff.has(name) || (begun.get(name) ?? 0) > 1);
  };
  for (const message of [...all, ...asides]) {
    for (const reply of message.replies) {
      const taken = copies.get(reply) ?? [];
      const named = `${reply} of ${message.id} (${[...(asked.get(message.id) ?? [])].join(', ')})`;
      if (taken.length === 0) {
        if (isGivenUp(message)) lost.givenUp++;
        else if (isUnknown(reply)) lost.unknown++;
        else {
          lost.other++;
          faults.push(`${named} was lost; told as unknown: ${unknown.get(reply) ?? 'no'}`);
        }
      }
      for (const [at, copy] of taken.slice(1).entries()) {
        const before = taken[at] as TakenMessage;
        if (silent.has(before.messageId)) doubles.unknowable++;
        else if (wasTooLate(before, copy, recorded)) doubles.late++;
        else {
          doubles.other++;
          faults.push(`${named} came twice: ${before.messageId} and ${copy.messageId}`);
        }
      }
    }
  }
  return {
    messages: all.length,
    turns: turnsOf(all, asked),
    asides: { accepted: asides.length, turns: turnsOf(asides, asked) },
    answers: [...all, ...asides].reduce((sum, { replies }) => sum + replies.length, 0),
    lost,
    doubles,
    brokenOrders: inversions(offered, [...asked.keys()], [...copies.keys()]),
    deadLetters: { turns: givenUp.size, other: letters - givenUp.size },
    did,
    faults,
    output,
  };
}

const turnsOf = (things: { id: string }[], asked: Map<string, Set<string>>): number =>
  things.reduce((sum, { id }) => sum + (asked.get(id)?.size ?? 0), 0);

/** Which message or aside the agent is asked about; null: about none. */
function aboutIn(event: AgentDouble['requests'][number]['event']): string | null {
  if ('message' in event) return event.message.id;
  if ('request' in event) return String((event.request.body as { name?: unknown }).name);
  return 'notification' in event ? String(event.notification.request_id) : null;
}

/** How long a request may take from its record to the provider. */
const UNDER_WAY_MS = 2_000;

/**
 * Whether the status of the first message was recorded only when the second one was about to leave. One that was
 * told and never recorded is no excuse.
 */
function wasTooLate(first: TakenMessage, second: TakenMessage, recorded: Map<string, number>) {
  const { replyId = '' } = readCallbackData(first.request.callbackData) ?? {};
  const at = recorded.get(replyId);
  return at !== undefined && at > Date.parse(second.line.at) - UNDER_WAY_MS;
}

/** By reply: when the first status of it was recorded, epoch milliseconds. */
function statusesRecorded(output: TestRuntime['output']): Map<string, number> {
  const first = new Map<string, number>();
  for (const { message, reply_id, timestamp } of entriesIn(output)) {
    const at = Date.parse(String(timestamp));
    if (message !== 'status-recorded' || typeof reply_id !== 'string') continue;
    first.set(reply_id, Math.min(at, first.get(reply_id) ?? at));
  }
  return first;
}

/** The replies, and their turns, of which a request was cut off: what its end was the sender could not know. */
function repliesCutOff(output: TestRuntime['output']): Set<unknown> {
  const attempts = entriesIn(output).filter(
    ({ message, result }) => message === 'part-attempted' && result === 'unknown',
  );
  return new Set(attempts.flatMap(({ reply_id, trace_id }) => [reply_id, trace_id]));
}

const entriesIn = (output: TestRuntime['output']): Record<string, unknown>[] =>
  output.flatMap(({ line }) =>
    line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : [],
  );

function eventsGivenUp(output: TestRuntime['output']): Set<unknown> {
  const lost = entriesIn(output).filter(({ message }) => message === 'turn-lost');
  // The line stands under the id of the whole way, which is that of the event.
  return new Set(lost.map(({ event_id, trace_id }) => event_id ?? trace_id));
}

/** How many dead letters there are, and how many requests were begun for each reply, by its id and by its turn's. */
async function lookInTable({
  aws,
}: TestRuntime): Promise<{ letters: number; begun: Map<string, number> }> {
  const table = new DynamoDBClient(clientOptions(aws.endpoints.dynamodb));
  const client = DynamoDBDocumentClient.from(table);
  const begun = new Map<string, number>();
  let letters = 0;
  for await (const { Items = [] } of paginateScan({ client }, { TableName: aws.tableName })) {
    for (const { pk, reply_id, turn_id, parts } of Items) {
      if (String(pk).startsWith('DEAD#')) letters += 1;
      if (!String(pk).startsWith('DELIVERY#')) continue;
      const { attempts = 0 } = (parts as Delivery['parts'])?.[0] ?? {};
      for (const id of [reply_id, turn_id]) begun.set(id, attempts);
    }
  }
  table.destroy();
  return { letters, begun };
}

/** Compares, for each chat, the turns and the answers with the order in which its messages were offered. */
function inversions(offered: StormMessage[], askedIds: string[], texts: string[]): number {
  let broken = 0;
  for (const phone of new Set(offered.map((message) => message.phone))) {
    const mine = offered.filter((message) => message.phone === phone);
    const ids = mine.map(({ id }) => id);
    const replies = mine.flatMap((message) => message.replies);
    broken += outOfOrder(ids, askedIds) + outOfOrder(replies, texts);
  }
  return broken;
}

/** How many of `wanted` stand in `found` right behind one that belongs behind them. */
function outOfOrder(wanted: string[], found: string[]): number {
  const places = found.map((one) => wanted.indexOf(one)).filter((place) => place >= 0);
  return places.filter((place, at) => place < (places[at - 1] ?? -1)).length;
}
