// The double of 360dialog: refuses what the real one refuses, and tells webhooks what happens.
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { type HttpAnswer, type HttpAsk, json } from '../http/serve.ts';
import { Account, type SentMessage } from './account.ts';
import { accepted, gatewayError, invalidKey, metaError } from './provider-answers.ts';
import { type Refusal, readSend, type SendRequest } from './read-send.ts';
import { keepRegistrations, readRegistrations } from './registrations.ts';
import { pause, postToWebhook } from './webhook.ts';
import { bsuidOf, type StatusNews, statusBody } from './webhook-bodies.ts';

export interface DoubleOptions {
  /** Between two pieces of news about a message. */
  statusGapMs?: number;
  /** Where registered webhooks outlive a restart. */
  keepIn?: { file: string; publicUrl: string } | null;
  /** One line for people for each thing that happens. */
  tell?: (line: string) => void;
}

/** A request of the product, as it came. */
export interface ProviderRequest {
  method: string;
  path: string;
  key: string;
  body: unknown;
}

type Told = 'sent' | 'delivered' | 'read';
/** Looks at something first; an answer takes the place of the double's own. */
type Hook<T> = (thing: T) => HttpAnswer | undefined | Promise<HttpAnswer | undefined>;

export class Dialog360Double {
  /** What webhooks are told about a message, and whether with its callback data. Tests change it. */
  readonly statuses: { tell: Told[]; withCallbackData: boolean } = {
    tell: ['sent', 'delivered', 'read'],
    withCallbackData: true,
  };
  readonly requests: ProviderRequest[] = [];
  readonly refusals: { body: unknown; refusal: Refusal }[] = [];
  /** Every message taken, in the order of taking. */
  readonly sent: SentMessage[] = [];
  readonly accounts = new Map<string, Account>();
  /** Emits `change` whenever a chat changed. */
  readonly changes = new EventEmitter().setMaxListeners(0);
  readonly #options: DoubleOptions;
  readonly #stopped = new AbortController();
  readonly #requestHooks = new Set<Hook<ProviderRequest>>();
  readonly #sendHooks = new Set<Hook<SentMessage>>();
  readonly #posting = new Set<Promise<void>>();

  constructor(options: DoubleOptions = {}) {
    this.#options = options;
    const { keepIn } = options;
    if (!keepIn) return;
    for (const [key, webhook] of readRegistrations(keepIn.file, keepIn.publicUrl)) {
      this.account(key).webhook = webhook;
    }
  }

  /** Aborted when the double stops. */
  get stopped(): AbortSignal {
    return this.#stopped.signal;
  }

  /** Before anything is carried out. Returns the way to take the hook back. */
  onRequest(hook: Hook<ProviderRequest>): () => void {
    this.#requestHooks.add(hook);
    return () => this.#requestHooks.delete(hook);
  }

  /** After a message was taken and before its sender hears of it; its statuses go out all the same. */
  onSend(hook: Hook<SentMessage>): () => void {
    this.#sendHooks.add(hook);
    return () => this.#sendHooks.delete(hook);
  }

  /** The next sends get this answer and nothing is taken. */
  failNext(count: number, answer: HttpAnswer): void {
    let left = count;
    const remove = this.onRequest(({ method, path, body }) => {
      if (method !== 'POST' || !path.endsWith('/messages') || isReadReceipt(body)) return undefined;
      left -= 1;
      if (left <= 0) remove();
      return answer;
    });
  }

  /** The door of the provider's API. */
  async answerTo(ask: HttpAsk): Promise<HttpAnswer> {
    const key = ask.headers['d360-api-key'] ?? '';
    const request = { method: ask.method, path: ask.path, key, body: parsed(ask.body) };
    this.requests.push(request);
    const instead = await first(this.#requestHooks, request);
    if (instead !== undefined) return instead;
    if (key === '') return invalidKey();

    const account = this.account(key);
    const door = `${ask.method} ${ask.path}`;
    if (door === 'POST /v1/configs/webhook') return this.#register(account, request.body);
    if (door === 'GET /v1/configs/webhook') return json(200, account.webhook ?? { url: '' });
    if (door === 'POST /messages') return this.#take(account, request.body, false);
    if (door === 'POST /v1/messages') return this.#take(account, request.body, true);
    return gatewayError(404, 'Not found');
  }

  account(key: string): Account {
    const known = this.accounts.get(key);
    if (known) return known;
    const account = new Account(key);
    this.accounts.set(key, account);
    return account;
  }

  /** Tells the webhook of a message one more thing about it: a late failure, say. */
  async tellStatus(
    { key, messageId, request, line }: SentMessage,
    status: StatusNews['status'],
    errors?: object[],
  ): Promise<void> {
    const { webhook } = this.account(key);
    if (!webhook) return;
    const bsuid = request.bsuid ?? bsuidOf(key, request.phone ?? '');
    const body = statusBody(
      request.dialect === 'cloud' ? 'v2' : 'v1',
      key,
      { phone: request.phone, bsuid },
      {
        messageId,
        status,
        at: Date.now(),
        callbackData: this.statuses.withCallbackData ? request.callbackData : null,
        ...(errors && { errors }),
      },
    );
    const answered = await postToWebhook(webhook, body, this.stopped);
    line.statuses.push(status);
    this.tell(
      `reply ${status}${answered === 200 ? '' : `, but the webhook answered ${answered || 'nothing'}`}`,
      request,
    );
    this.changes.emit('change');
  }

  /** Whether a webhook is being told something. */
  get isBusy(): boolean {
    return this.#posting.size > 0;
  }

  /** Resolves when no webhook is being told anything. */
  async idle(): Promise<void> {
    while (this.#posting.size > 0) await Promise.all(this.#posting);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.idle();
  }

  /** `what` happened with somebody: named by the last two digits only, as in every log. */
  tell(what: string, { phone, bsuid }: { phone: string | null; bsuid?: string | null }): void {
    this.#options.tell?.(`…${(phone ?? bsuid ?? '').slice(-2)}  ${what}`);
  }

  #register(account: Account, body: unknown): HttpAnswer {
    const { url, headers = {} } = (body ?? {}) as { url?: unknown; headers?: unknown };
    if (typeof url !== 'string' || !URL.canParse(url) || typeof headers !== 'object') {
      return gatewayError(400, 'url: a valid URL is required');
    }
    account.webhook = { url, headers: (headers ?? {}) as Record<string, string> };
    const { keepIn } = this.#options;
    if (keepIn) keepRegistrations(keepIn.file, keepIn.publicUrl, this.accounts.values());
    return json(200, account.webhook);
  }

  async #take(account: Account, body: unknown, legacyToo: boolean): Promise<HttpAnswer> {
    const reading = readSend(body, { legacyToo });
    if (reading.kind === 'refused') {
      this.refusals.push({ body, refusal: reading.refusal });
      this.#options.tell?.(`refused by the provider: ${reading.refusal.details}`);
      return metaError(reading.refusal);
    }
    if (reading.kind === 'read-receipt') {
      account.markRead(reading.messageId);
      this.changes.emit('change');
      return json(200, { success: true });
    }
    const message = this.#keep(account, reading.message);
    const instead = await first(this.#sendHooks, message);
    const telling = this.#tellStory(message);
    this.#posting.add(telling);
    void telling.finally(() => this.#posting.delete(telling));
    return instead ?? accepted(message.request, message.messageId);
  }

  #keep(account: Account, request: SendRequest): SentMessage {
    const messageId =
      request.dialect === 'cloud'
        ? `wamid.${randomBytes(36).toString('base64')}`
        : `gBGG${randomBytes(10).toString('hex')}`;
    const line = {
      from: 'business' as const,
      message_id: messageId,
      type: request.type,
      text: request.text,
      at: new Date().toISOString(),
      statuses: ['accepted'],
    };
    const message = { key: account.key, messageId, request, line };
    account.sent.set(messageId, message);
    account.write(request.phone ?? request.bsuid ?? '', line);
    this.sent.push(message);
    this.tell(`reply accepted (${request.text.length} characters)`, request);
    this.changes.emit('change');
    return message;
  }

  async #tellStory(message: SentMessage): Promise<void> {
    for (const status of this.statuses.tell) {
      await pause(this.#options.statusGapMs ?? 50, this.stopped);
      if (this.stopped.aborted) return;
      await this.tellStatus(message, status);
    }
  }
}

const isReadReceipt = (body: unknown) => (body as { status?: unknown } | null)?.status === 'read';

async function first<T>(hooks: Iterable<Hook<T>>, thing: T): Promise<HttpAnswer | undefined> {
  for (const hook of hooks) {
    const answer = await hook(thing);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return body.toString() || null;
  }
}
