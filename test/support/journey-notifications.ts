import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientOptions } from '../../infra/local/aws/client-options.ts';
import type { AgentEvent } from '../../shared/contract/agent-event.ts';
import type { NotificationAnswer } from '../../shared/contract/notification-request.ts';
import { idOf } from '../../shared/kernel/hash.ts';
import { schedule } from '../../shared/store/due.ts';
import { dueKey } from '../../shared/store/keys.ts';
import type { Journey } from './journey.ts';
import type { JourneyClient } from './journey-client.ts';

type NotificationEvent = Extract<AgentEvent, { notification: unknown }>;

const TEMPLATE = { name: 'parcel_arrived', language: 'en', parameters: ['4711'] };

/** The notifications of a journey: how a client asks for them, and what the agent gets of them. */
export interface JourneyNotifications {
  /** `POST /notifications`; throws when it is not accepted. */
  notify(
    to: Record<string, string>,
    more?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<NotificationAnswer>;
  /** The `notification` events about a chat. */
  events(chatId: string): NotificationEvent[];
  results(chatId: string): NotificationEvent['notification'][];
  /** Makes the job that would end the notification's time in ten minutes due now. */
  endTime(replyId: string): Promise<void>;
  /** Whether that job still waits. */
  isWaiting(replyId: string): Promise<boolean>;
}

export function openNotifications(
  { agent, runtime, channel, item }: Journey,
  { ask }: JourneyClient,
): JourneyNotifications {
  const dueId = (replyId: string) => idOf('due', 'notification', channel.id, replyId);
  const events = (chatId: string) =>
    agent.requests.flatMap(({ event }): NotificationEvent[] =>
      'notification' in event && event.chat.id === chatId ? [event] : [],
    );
  return {
    notify: async (to, more = {}, headers = {}) => {
      const asked = { to, template: TEMPLATE, ...more };
      const { status, body, text } = await ask('POST', '/notifications', asked, headers);
      if (status !== 202) throw new Error(`${status} ${text}`);
      return body as NotificationAnswer;
    },
    events,
    results: (chatId) => events(chatId).map(({ notification }) => notification),
    endTime: async (replyId) => {
      const { endpoints, tableName: name } = runtime.aws;
      const client = DynamoDBDocumentClient.from(
        new DynamoDBClient(clientOptions(endpoints.dynamodb)),
      );
      const job = {
        kind: 'notification' as const,
        channel_id: channel.id,
        reply_id: replyId,
        time_up: true,
      };
      await schedule({ client, name }, { id: dueId(replyId), at: Date.now() - 1, job });
      client.destroy();
    },
    isWaiting: async (replyId) => {
      const { pk, sk } = dueKey(dueId(replyId));
      return (await item(pk, sk)) !== undefined;
    },
  };
}
