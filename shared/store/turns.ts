import type { MessageJob } from '../contract/jobs.ts';
import type { Turn, TurnOutcome } from '../contract/turn.ts';
import { expiry, TURN_DAYS, turnKey } from './keys.ts';
import { getItem, putItem, type Table, updateItem } from './table.ts';

interface TurnId {
  channelId: string;
  eventId: string;
}

/** PROTOCOLS 1: counts an attempt when it starts and returns what is known of the turn. `now` in ms. */
export async function beginTurn(
  table: Table,
  { channelId, eventId }: TurnId,
  now: number,
  parkIfClosedIn: string | null = null,
): Promise<Turn> {
  const parking = parkIfClosedIn === null ? '' : ', #park_if_closed_in = :park_if_closed_in';
  const turn = await updateItem<StoredTurn>(table, turnKey(channelId, eventId), {
    update: `SET #channel_id = :channel, #event_id = :event, #begun_at = if_not_exists(#begun_at, :now),
      #expires_at = if_not_exists(#expires_at, :expires)${parking} ADD #attempts :one`,
    values: {
      ...(parkIfClosedIn !== null && { ':park_if_closed_in': parkIfClosedIn }),
      ':channel': channelId,
      ':event': eventId,
      ':now': now,
      ':expires': expiry(now, TURN_DAYS).expires_at,
      ':one': 1,
    },
  });
  return wholeTurn(turn as StoredTurn);
}

/** PROTOCOLS 3.2: the first outcome counts; returns the turn with the outcome that does. */
export async function endTurn(
  table: Table,
  { channelId, eventId }: TurnId,
  ended: { chatId: string | null; outcome: TurnOutcome; now: number; keepsWords?: boolean },
): Promise<Turn> {
  const key = turnKey(channelId, eventId);
  const outcome = JSON.stringify(ended.outcome);
  const turn = await updateItem<StoredTurn>(table, key, {
    // Its words, where it waited for others, are needed no more.
    update: `SET #outcome = :outcome, #chat_id = :chat, #ended_at = :now${ended.keepsWords ? '' : ' REMOVE #held'}`,
    condition: 'attribute_exists(#pk) AND attribute_not_exists(#outcome)',
    values: { ':outcome': outcome, ':chat': ended.chatId, ':now': ended.now },
  });
  const counts = turn ?? (await getItem<StoredTurn>(table, key, { consistent: true }));
  // The turn may have expired between the two calls: then the outcome at hand is all there is.
  return wholeTurn(
    counts ?? {
      channel_id: channelId,
      event_id: eventId,
      chat_id: ended.chatId,
      begun_at: ended.now,
      attempts: 1,
      outcome,
      ended_at: ended.now,
    },
  );
}

/**
 * PROTOCOLS 12.5: writes what came through an endpoint as a turn that ended when it was accepted (`at`,
 * epoch milliseconds). If there is one already, that one is returned; it may have been emptied by erasing.
 */
export async function writeTurn(
  table: Table,
  { channelId, eventId }: TurnId,
  written: { chatId: string; outcome: TurnOutcome; at: number },
): Promise<Turn> {
  const key = turnKey(channelId, eventId);
  const turn: StoredTurn = {
    channel_id: channelId,
    event_id: eventId,
    chat_id: written.chatId,
    begun_at: written.at,
    ended_at: written.at,
    attempts: 0,
    outcome: JSON.stringify(written.outcome),
  };
  const item = { ...key, ...turn, ...expiry(written.at, TURN_DAYS) };
  const isFirst = await putItem(table, item, { condition: 'attribute_not_exists(#pk)' });
  const earlier = isFirst ? null : await getItem<StoredTurn>(table, key, { consistent: true });
  return wholeTurn(earlier ?? turn);
}

/**
 * PROTOCOLS 13.5: ends a turn of an erased chat and removes its words. It is made where it is not there
 * yet, so that an endpoint that is about to write it finds that it came too late.
 */
export async function eraseTurn(
  table: Table,
  { channelId, eventId }: TurnId,
  now: number,
): Promise<void> {
  const outcome: TurnOutcome = { kind: 'erased' };
  await updateItem(table, turnKey(channelId, eventId), {
    update: `SET #channel_id = :channel, #event_id = :event, #outcome = :outcome,
      #begun_at = if_not_exists(#begun_at, :now), #attempts = if_not_exists(#attempts, :none),
      #expires_at = if_not_exists(#expires_at, :expires) REMOVE #chat_id, #park_if_closed_in, #held, #merges,
      #transcript, #transcript_note`,
    values: {
      ':channel': channelId,
      ':event': eventId,
      ':outcome': JSON.stringify(outcome),
      ':now': now,
      ':none': 0,
      ':expires': expiry(now, TURN_DAYS).expires_at,
    },
  });
}

/** A turn with its words; null: there is none, or it has expired. */
export async function findTurn(
  table: Table,
  { channelId, eventId }: TurnId,
  { consistent = false } = {},
): Promise<Turn | null> {
  const turn = await getItem<StoredTurn>(table, turnKey(channelId, eventId), { consistent });
  return turn && wholeTurn(turn);
}

/** Counts that an attempt ran into the agent's time limit: the worker tries only once more after that. */
export async function countTimeout(table: Table, { channelId, eventId }: TurnId): Promise<number> {
  const turn = await updateItem<StoredTurn>(table, turnKey(channelId, eventId), {
    update: 'ADD #timeouts :one',
    condition: 'attribute_exists(#pk)',
    values: { ':one': 1 },
  });
  return turn?.timeouts ?? 1;
}

/**
 * Takes back the count of an attempt in which the agent was not asked, because a part of our own system
 * failed before: such attempts must not use up the agent's. `sentBack`: it waits for nothing but the agent.
 */
export async function uncountAttempt(
  table: Table,
  { channelId, eventId }: TurnId,
  { sentBack = false } = {},
): Promise<void> {
  await updateItem(table, turnKey(channelId, eventId), {
    update: `ADD #attempts :minus${sentBack ? ' SET #sent_back = :sent_back' : ''}`,
    condition: 'attribute_exists(#pk)',
    values: { ':minus': -1, ...(sentBack && { ':sent_back': true }) },
  });
}

export type StoredTurn = Partial<Omit<Turn, 'outcome' | 'held'>> &
  Pick<Turn, 'channel_id' | 'event_id' | 'begun_at' | 'attempts'> & {
    /** As JSON: one bad reply of many may hold numbers or depths that DynamoDB refuses. */
    outcome?: string;
    held?: string;
  };

/** A turn as the table holds it: what is not known yet is missing. */
export const wholeTurn = ({ outcome, held, ...turn }: StoredTurn): Turn => ({
  chat_id: null,
  timeouts: 0,
  ended_at: null,
  ...turn,
  ...(held !== undefined && { held: JSON.parse(held) as MessageJob }),
  outcome: outcome === undefined ? null : (JSON.parse(outcome) as TurnOutcome),
});
