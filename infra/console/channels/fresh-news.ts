import { signal } from '@preact/signals';
import type { ChannelAnswer } from '../../../shared/contract/channel-answer.ts';

/**
 * What the last answer about a channel said once: new secrets, warnings, the webhook it replaced. Only
 * in memory: a reload forgets it, as the endpoints do.
 */
export interface News {
  channelId: string;
  warnings: ChannelAnswer['warnings'];
  secrets: { name: 'api-key' | 'agent-secret'; value: string }[];
  replacedWebhook: string | null;
  isActive: boolean;
}

export const news = signal<News | null>(null);

/** Keeps what an answer says once, until the person has seen it. Secrets stay until they are dismissed. */
export function hear({
  channel,
  warnings,
  api_key,
  agent_secret,
  replaced_webhook,
}: ChannelAnswer): void {
  const before = news.peek()?.channelId === channel.id ? (news.peek()?.secrets ?? []) : [];
  const fresh: News['secrets'] = [
    ...(api_key ? [{ name: 'api-key' as const, value: api_key }] : []),
    ...(agent_secret ? [{ name: 'agent-secret' as const, value: agent_secret }] : []),
  ];
  news.value = {
    channelId: channel.id,
    warnings,
    secrets: [...before.filter(({ name }) => !fresh.some((one) => one.name === name)), ...fresh],
    replacedWebhook: replaced_webhook ?? null,
    isActive: channel.active,
  };
}

export const forgetSecrets = (): void => {
  if (news.value) news.value = { ...news.value, secrets: [] };
};

export const forgetWarnings = (): void => {
  if (news.value) news.value = { ...news.value, warnings: [], replacedWebhook: null };
};
