import { signal } from '@preact/signals';
import type { ChannelAnswer } from '../../../shared/contract/channel-answer.ts';

/** What the last answer about a channel said once: new secrets, warnings, the webhook it replaced. */
export interface News {
  warnings: ChannelAnswer['warnings'];
  secrets: { name: 'api-key' | 'agent-secret'; value: string }[];
  replacedWebhook: string | null;
  isActive: boolean;
}

/** By the channel's id. Only in memory: a reload forgets it, as the endpoints do. */
const news = signal<Record<string, News>>({});

export const newsOf = (channelId: string): News | undefined => news.value[channelId];

const put = (channelId: string, said: News): void => {
  news.value = { ...news.peek(), [channelId]: said };
};

/** Keeps what an answer says once, until the person has seen it. Secrets stay until they are dismissed. */
export function hear({
  channel: { id, active },
  warnings,
  api_key,
  agent_secret,
  replaced_webhook,
}: ChannelAnswer): void {
  const before = news.peek()[id]?.secrets ?? [];
  const fresh: News['secrets'] = [
    ...(api_key ? [{ name: 'api-key' as const, value: api_key }] : []),
    ...(agent_secret ? [{ name: 'agent-secret' as const, value: agent_secret }] : []),
  ];
  put(id, {
    warnings,
    secrets: [...before.filter(({ name }) => !fresh.some((one) => one.name === name)), ...fresh],
    replacedWebhook: replaced_webhook ?? null,
    isActive: active,
  });
}

export const forgetSecrets = (channelId: string): void => {
  const said = news.peek()[channelId];
  if (said) put(channelId, { ...said, secrets: [] });
};

export const forgetWarnings = (channelId: string): void => {
  const said = news.peek()[channelId];
  if (said) put(channelId, { ...said, warnings: [], replacedWebhook: null });
};
