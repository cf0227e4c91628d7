import * as z from 'zod/mini';

/** What must stay secret about a channel: the JSON of its SSM parameter. */
export const channelSecretsSchema = z.object({
  /** The 360dialog API key. */
  token: z.string(),
  /** `whsec_…`, what events are signed with; during a rotation's grace the old one signs too. */
  agent_secret: z.string(),
  previous_agent_secret: z.nullable(z.object({ secret: z.string(), valid_until: z.number() })),
  agent_headers: z.record(z.string(), z.string()),
  /** What the agent asks for as its key; each kind of agent sends it in its own way. */
  agent_api_key: z.optional(z.string()),
  /** What the server that makes text of voice notes asks for: `options.transcription`. */
  transcriber_headers: z.optional(z.record(z.string(), z.string())),
  transcriber_api_key: z.optional(z.string()),
  webhook_token: z.string(),
  webhook_header: z.string(),
  incoming_request_token: z.string(),
});
export type ChannelSecrets = z.infer<typeof channelSecretsSchema>;
