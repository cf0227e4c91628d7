import type { FunctionName } from './functions.ts';

export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `{name}` stands for one segment and reaches the function as a path parameter. */
  path: string;
  function: FunctionName;
  /**
   * `iam`: the caller signs with AWS credentials; the local runtime takes calls of this machine
   * only. `none`: the function itself checks the channel's secret.
   */
  auth: 'none' | 'iam';
}

/**
 * What a function URL of its own opens, because an HTTP API does not stream. On the local runtime it lies
 * on the one port with everything else. The function asks for the signature in the address.
 */
export const STREAMED = {
  path: '/media/{channel_id}/{media_id}',
  prefix: '/media/',
  function: 'media',
} as const;

const CHANNEL = '/v1/channels/{channel_id}';

/** Every endpoint of the HTTP API, as both the stack and the local runtime open it. */
export const ROUTES: readonly Route[] = [
  ...at('/webhooks/{channel_id}/{webhook_token}', 'webhook', 'none', 'GET', 'POST'),
  ...at(`${CHANNEL}/messages`, 'requests', 'none', 'POST'),
  ...at(`${CHANNEL}/notifications`, 'requests', 'none', 'POST'),
  ...at(`${CHANNEL}/chats`, 'requests', 'none', 'GET'),
  ...at(`${CHANNEL}/chats/{chat_id}`, 'requests', 'none', 'GET', 'DELETE'),
  ...at(`${CHANNEL}/chats/{chat_id}/pause`, 'requests', 'none', 'POST'),
  ...at(`${CHANNEL}/chats/{chat_id}/resume`, 'requests', 'none', 'POST'),
  ...at(`${CHANNEL}/replies/{reply_id}`, 'requests', 'none', 'GET'),
  ...at(`${CHANNEL}/templates`, 'requests', 'none', 'GET'),
  // The address is `{channel_id}::{token}`: API Gateway has no two parameters in one segment.
  ...at('/incoming_request/{address}', 'requests', 'none', 'GET', 'POST'),
  ...at('/admin/channels', 'channels', 'iam', 'GET', 'POST'),
  ...at('/admin/channels/{id}', 'channels', 'iam', 'GET', 'PATCH', 'DELETE'),
  ...at('/admin/channels/{id}/chats', 'channels', 'iam', 'GET'),
  ...at('/admin/channels/{id}/chats/{chat_id}', 'channels', 'iam', 'GET', 'DELETE'),
  ...at('/admin/channels/{id}/chats/{chat_id}/pause', 'channels', 'iam', 'POST'),
  ...at('/admin/channels/{id}/chats/{chat_id}/resume', 'channels', 'iam', 'POST'),
  ...at('/admin/channels/{id}/replies/{reply_id}', 'channels', 'iam', 'GET'),
  ...at('/admin/channels/{id}/templates', 'channels', 'iam', 'GET'),
  ...at('/admin/channels/{id}/trace', 'channels', 'iam', 'GET'),
  ...at('/admin/status', 'channels', 'iam', 'GET'),
  ...at('/admin/dead-letters', 'channels', 'iam', 'GET'),
  ...at('/admin/dead-letters/{id}', 'channels', 'iam', 'GET', 'DELETE'),
  ...at('/admin/dead-letters/{id}/redrive', 'channels', 'iam', 'POST'),
  ...at('/admin/channels/{id}/{action}', 'channels', 'iam', 'POST'),
];

function at(
  path: string,
  to: FunctionName,
  auth: Route['auth'],
  ...methods: Route['method'][]
): Route[] {
  return methods.map((method) => ({ method, path, function: to, auth }));
}
