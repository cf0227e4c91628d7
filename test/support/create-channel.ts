export const PROVIDER_KEY = 'journey-key-0001';

export interface JourneyChannel {
  id: string;
  apiKey: string;
  agentSecret: string;
  webhookUrl: string;
  webhookHeader: string;
}

/** Creates and activates a channel through the admin endpoint. */
export async function createChannel(
  url: string,
  input: Record<string, unknown>,
): Promise<Omit<JourneyChannel, 'webhookHeader'>> {
  const answer = await fetch(`${url}/admin/channels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      title: 'Journey',
      token: PROVIDER_KEY,
      base_url: `${url}/sandbox/360dialog`,
      active: true,
      ...input,
    }),
  });
  const created = (await answer.json()) as {
    channel: { id: string; webhook_url: string };
    api_key: string;
    agent_secret: string;
    warnings: { code: string }[];
  };
  if (answer.status !== 201 || created.warnings.length > 0) {
    throw new Error(`the channel was not created cleanly: ${JSON.stringify(created)}`);
  }
  return {
    id: created.channel.id,
    apiKey: created.api_key,
    agentSecret: created.agent_secret,
    webhookUrl: created.channel.webhook_url,
  };
}
