import { Failure } from '../../shared/kernel/failure.ts';
import { type HttpAnswer, type HttpEvent, httpHandler, json, readJsonBody } from '../chain/http.ts';
import { receiveWebhook, type WebhookDeps } from './receive-webhook.ts';

/**
 * 3 MB, read as MiB: a body that may be legitimate is never refused
 * (docs/360dialog.md#answering-webhooks).
 */
const MAX_BYTES = 3 * 1024 * 1024;
/** The provider gives up after 5 s and repeats: a 503 of ours comes before that, and is logged. */
const DEADLINE_MS = 4_000;

/** `POST` and `GET /webhooks/{channel_id}/{webhook_token}`. */
export const webhookHandler = (deps: WebhookDeps) =>
  httpHandler((event) =>
    event.requestContext.http.method === 'GET' ? greet(event) : take(deps, event),
  );

/** Nothing else is repeated: a stranger who makes the address would make a page of ours. */
const CHALLENGE = /^[A-Za-z0-9_-]{1,128}$/;

/** The Test button of the provider's hub sends a `GET`, only to see whether the address answers. */
async function greet({ queryStringParameters }: HttpEvent): Promise<HttpAnswer> {
  const challenge = queryStringParameters?.['hub.challenge'] ?? '';
  return {
    statusCode: 200,
    headers: { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' },
    body: CHALLENGE.test(challenge) ? challenge : '',
  };
}

async function take(deps: WebhookDeps, event: HttpEvent): Promise<HttpAnswer> {
  const { channel_id: channelId = '', webhook_token: token = '' } = event.pathParameters ?? {};
  const posted = {
    channelId,
    token,
    header: event.headers['x-webhook-secret'],
    read: () => readJsonBody(event, MAX_BYTES),
  };
  await inTime(DEADLINE_MS, (signal) => receiveWebhook(deps, posted, signal));
  return json(200, {});
}

/**
 * Throws `unavailable` for work that is not done in time: nothing was promised, and the provider repeats.
 */
async function inTime(ms: number, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const signal = AbortSignal.timeout(ms);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(new Failure('unavailable', { what: 'deadline', detail: 'Not queued in time.' }));
    });
  });
  await Promise.race([work(signal), late]);
}
