import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { clientOptions } from '../../infra/local/aws/client-options.ts';
import type { TakenMessage } from '../../infra/local/dialog360/account.ts';
import type { Dialog360Double } from '../../infra/local/dialog360/double.ts';
import type { StatusOutcome } from '../../infra/local/dialog360/usual-outcomes.ts';
import type { Tuning } from '../../infra/local/tuning.ts';
import { borrowRuntime, ownRuntime } from './borrow-runtime.ts';
import { createChannel, type JourneyChannel, PROVIDER_KEY } from './create-channel.ts';
import type { TestRuntime } from './runtime.ts';
import { type AgentDouble, startAgentDouble } from './runtime-agent.ts';

/**
 * A visitor's story through the whole product: a runtime, an agent, and a channel that connects
 * them.
 */
export interface Journey {
  runtime: TestRuntime;
  agent: AgentDouble;
  provider: Dialog360Double;
  channel: JourneyChannel;
  /**
   * Posts a body to the channel's webhook, or to another address, as the provider does. Resolves to
   * the HTTP status.
   */
  post(body: unknown, headers?: Record<string, string>, url?: string): Promise<number>;
  /** Reads one item of the table. */
  item(pk: string, sk: string): Promise<Record<string, unknown> | undefined>;
  /** Every item of the table whose partition key begins with `prefix`. */
  items(prefix: string): Promise<Record<string, unknown>[]>;
  /** The messages to one phone that the provider took, in order. */
  received(phone: string): TakenMessage[];
  stop(): Promise<void>;
}

export interface JourneyOptions {
  /** With it the journey gets a runtime of its own instead of the one its worker shares. */
  tuning?: Tuning;
  /** Whether the runtime keeps a log of each message, as with `npm start`; it gets one of its own then. */
  inspect?: boolean;
  /** Fields of the channel that the journey creates. */
  channel?: Record<string, unknown>;
  /**
   * The statuses the provider posts of a message. By default none, because each is worked on like a
   * message.
   */
  statuses?: StatusOutcome['tell'];
}

/** The statuses of a message that the visitor reads. */
export const EVERY_STATUS: StatusOutcome['tell'] = ['sent', 'delivered', 'read'];

/** The provider waits five seconds for its 200 (docs/360dialog.md#answering-webhooks). */
const WEBHOOK_TIMEOUT_MS = 5_000;

export async function startJourney({
  tuning,
  inspect = false,
  channel,
  statuses = [],
}: JourneyOptions = {}): Promise<Journey> {
  const agent = await startAgentDouble();
  const runtime = await (tuning || inspect ? ownRuntime(tuning, { inspect }) : borrowRuntime());
  const provider = runtime.dialog360;
  provider.statuses.tell = statuses;
  const created = await createChannel(runtime.url, {
    ...channel,
    // Off, because it is one more call of the provider in each turn. The journeys `presence` and
    // `blocked-channel` are about it.
    options: { typing_indicator: 'off', ...(channel?.options as object | undefined) },
    agent: { url: agent.url, ...(channel?.agent as object | undefined) },
  });
  const header = provider.account(PROVIDER_KEY).webhook?.headers['x-webhook-secret'] ?? '';
  const table = DynamoDBDocumentClient.from(
    new DynamoDBClient(clientOptions(runtime.aws.endpoints.dynamodb)),
  );
  const TableName = runtime.aws.tableName;

  return {
    runtime,
    agent,
    provider,
    channel: { ...created, webhookHeader: header },
    post: async (body, headers = { 'x-webhook-secret': header }, url = created.webhookUrl) => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        signal: AbortSignal.timeout(WEBHOOK_TIMEOUT_MS),
      });
      await answer.arrayBuffer();
      return answer.status;
    },
    item: async (pk, sk) => (await table.send(new GetCommand({ TableName, Key: { pk, sk } }))).Item,
    items: async (prefix) => {
      const { Items = [] } = await table.send(new ScanCommand({ TableName }));
      return Items.filter(({ pk }) => String(pk).startsWith(prefix));
    },
    received: (phone) => provider.sent.filter(({ request }) => request.phone === phone),
    stop: async () => {
      table.destroy();
      await runtime.stop();
      await agent.stop();
    },
  };
}
