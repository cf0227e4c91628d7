/** Where the provider posts to: docs/contract.md#provider-to-us. `publicUrl` has no slash at its end. */
export const webhookUrl = (publicUrl: string, channelId: string, webhookToken: string): string =>
  `${webhookRoot(publicUrl, channelId)}${webhookToken}`;

/** What every webhook address of a channel begins with, whatever its token. */
export const webhookRoot = (publicUrl: string, channelId: string): string =>
  `${publicUrl}/webhooks/${channelId}/`;

/** Where an external system makes the agent write first: docs/contract.md#incoming-requests. */
export const incomingRequestUrl = (publicUrl: string, channelId: string, token: string): string =>
  `${publicUrl}/incoming_request/${channelId}::${token}`;
