// The double of 360dialog: refuses what 360dialog refuses, and posts to webhooks what happens.
import { EventEmitter } from 'node:events';
import { percentDecoded } from '../../../shared/kernel/percent-decoded.ts';
import { Armed } from '../faults/armed.ts';
import { jsonIn } from '../http/json-in.ts';
import { type HttpAnswer, type HttpAsk, json } from '../http/serve.ts';
import { DoubleAccount, personOf, type TakenMessage } from './account.ts';
import { answerMedia } from './answer-media.ts';
import type { DoubleNews } from './chat/chat-change.ts';
import type { DoubleOptions, ReceivedRequest } from './double-options.ts';
import { type Hook, Hooks } from './hooks.ts';
import { isByLink, judgeSend, LINK_FAILED } from './judge-send.ts';
import { MediaLibrary } from './media-library.ts';
import { Outcomes } from './outcomes.ts';
import { postStatus, reasonOf } from './post-status.ts';
import { accepted, gatewayError, invalidKey, metaError, refusedWith } from './provider-answers.ts';
import { isReadReceipt } from './read-receipt.ts';
import { readRegistration } from './read-registration.ts';
import { faultOfReceipt, type Refusal, readSend } from './read-send.ts';
import { readUpload } from './read-upload.ts';
import { record } from './record.ts';
import { type Arrival, tellStory } from './tell-story.ts';
import { answerTemplates } from './templates/answer-templates.ts';
import type { Template } from './templates/template.ts';
import { usualFiles, usualStatuses } from './usual-outcomes.ts';
import type { StatusNews } from './webhook-bodies.ts';

export class Dialog360Double {
  /** Which statuses webhooks get. Tests change it. */
  readonly statuses = usualStatuses();
  /** What becomes of files. Tests change it. */
  readonly files = usualFiles();
  /** The templates there are; null: a template of any name, filled in any way, and no listing. */
  templates: readonly Template[] | null = null;
  readonly requests: ReceivedRequest[] = [];
  /** The requests it refused for their content, without those that a test had it refuse. */
  readonly refusals: { body: unknown; refusal: Refusal }[] = [];
  /** Every message it took, in order. */
  readonly sent: TakenMessage[] = [];
  readonly accounts = new Map<string, DoubleAccount>();
  readonly changes = new EventEmitter<DoubleNews>().setMaxListeners(0);
  /** What becomes of the next messages, where people asked for something unusual. */
  readonly outcomes = new Outcomes();
  /** What becomes of what it posts next, where people asked for something unusual. */
  readonly arrivals = new Armed<Arrival>();
  /** Its own address, under which chats name files. */
  url = '';
  readonly #options: DoubleOptions;
  #stopped = new AbortController();
  readonly #requestHooks = new Hooks<ReceivedRequest>();
  readonly #sendHooks = new Hooks<TakenMessage>();
  readonly #posting = new Set<Promise<unknown>>();

  constructor(options: DoubleOptions = {}) {
    this.#options = options;
  }

  /** Epoch milliseconds by its clock. */
  readonly now = (): number => (this.#options.now ?? Date.now)();

  /** Aborted when the double stops. */
  get stopped(): AbortSignal {
    return this.#stopped.signal;
  }

  /** Adds a hook that runs before a request is carried out. Returns how to remove it. */
  onRequest(hook: Hook<ReceivedRequest>): () => void {
    return this.#requestHooks.add(hook);
  }

  /** Adds a hook that runs before a message it took is answered; its statuses go out anyway. */
  onSend(hook: Hook<TakenMessage>): () => void {
    return this.#sendHooks.add(hook);
  }

  /** Gives the next `count` messages this answer and does not take them. */
  failNext(count: number, answer: HttpAnswer): void {
    let left = count;
    const remove = this.onRequest(({ method, path, body }) => {
      if (method !== 'POST' || !path.endsWith('/messages') || isReadReceipt(body)) return undefined;
      left -= 1;
      if (left <= 0) remove();
      return answer;
    });
  }

  /** Answers a request as the provider's API does. */
  async answerTo(ask: HttpAsk): Promise<HttpAnswer> {
    const key = ask.headers['d360-api-key'] ?? '';
    const request = { method: ask.method, path: ask.path, key, body: jsonIn(ask.body) };
    record(this.requests, request);
    const instead = await this.#requestHooks.first(request);
    if (instead !== undefined) return instead;
    if (key === '') return invalidKey();

    const account = this.account(key);
    const endpoint = `${ask.method} ${ask.path}`;
    if (endpoint === 'POST /v1/configs/webhook') return this.#register(account, request.body);
    if (endpoint === 'GET /v1/configs/webhook') return json(200, account.webhook ?? { url: '' });
    if (endpoint === 'POST /messages') return this.#take(account, request.body, false);
    if (endpoint === 'POST /v1/messages') return this.#take(account, request.body, true);
    if (endpoint === 'POST /media') return this.#takeUpload(account, ask, false);
    if (endpoint === 'POST /v1/media') return this.#takeUpload(account, ask, true);
    const read = endpoint.match(/^PUT \/v1\/messages\/([^/]+)$/)?.[1];
    if (read) return this.#markRead(account, percentDecoded(read), request.body);
    const listing = answerTemplates(this.templates, ask);
    return listing ?? answerMedia(account.files.received, ask) ?? gatewayError(404, 'Not found');
  }

  account(key: string): DoubleAccount {
    const known = this.accounts.get(key);
    if (known) return known;
    const files = new MediaLibrary(
      (id) => `${this.url}/files/${id}`,
      (id) => this.changes.emit('file', { token: key, id }),
    );
    const account = new DoubleAccount(key, files, this.now);
    this.accounts.set(key, account);
    return account;
  }

  /** Posts one more status of a message to its webhook: a late failure, for example. */
  async tellStatus(
    message: TakenMessage,
    status: StatusNews['status'],
    errors?: object[],
  ): Promise<void> {
    const { withCallbackData } = this.statuses;
    const news = { status, at: this.now(), errors, withCallbackData };
    const answered = await postStatus(this.account(message.key), message, news, this.stopped);
    if (answered === null) return;
    const but = answered === 200 ? '' : `, but the webhook answered ${answered || 'nothing'}`;
    this.tell(`reply ${status}${reasonOf(message)}${but}`, message.request);
    this.changed(message.key, personOf(message.request));
  }

  /** Says that a chat changed. */
  changed(token: string, person: string): void {
    this.changes.emit('change', { token, person });
  }

  /** Whether it posts to a webhook, or is about to. */
  get isBusy(): boolean {
    return this.#posting.size > 0;
  }

  /** It counts as busy until this is over, too. */
  isBusyUntil(over: Promise<unknown>): void {
    this.#posting.add(over);
    void over.finally(() => this.#posting.delete(over));
  }

  /** Resolves when it posts to no webhook any more. */
  async idle(): Promise<void> {
    while (this.#posting.size > 0) await Promise.all(this.#posting);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.idle();
  }

  /** Makes it as new: it forgets everything, also the statuses it has not posted yet. */
  async forget(): Promise<void> {
    await this.stop();
    this.#stopped = new AbortController();
    Object.assign(this.statuses, usualStatuses());
    Object.assign(this.files, usualFiles());
    this.templates = null;
    for (const asked of [this.outcomes, this.arrivals]) asked.clear();
    for (const written of [this.requests, this.refusals, this.sent]) written.length = 0;
    for (const kept of [this.accounts, this.#requestHooks, this.#sendHooks]) kept.clear();
  }

  /** Prints what happened, with the last two digits of the number only, as in every log. */
  tell(what: string, { phone, bsuid }: { phone: string | null; bsuid?: string | null }): void {
    this.#options.tell?.(`…${(phone ?? bsuid ?? '').slice(-2)}  ${what}`);
  }

  #register(account: DoubleAccount, body: unknown): HttpAnswer {
    const webhook = readRegistration(body);
    if (!webhook) return gatewayError(400, 'url: a valid URL is required');
    account.webhook = webhook;
    this.changes.emit('webhook');
    return json(200, webhook);
  }

  async #take(account: DoubleAccount, body: unknown, legacyToo: boolean): Promise<HttpAnswer> {
    const reading = readSend(body, { legacyToo });
    if (reading.kind === 'refused') return this.#refuse(body, reading.refusal);
    if (reading.kind === 'read-receipt') {
      this.#read(account, reading);
      return json(200, { success: true });
    }
    const judged = judgeSend(reading.message, account, this.templates);
    if ('refusal' in judged) return this.#refuse(body, judged.refusal);
    const links = isByLink(reading.message) ? this.files.links : 'taken';
    if (typeof links === 'number') return metaError({ ...LINK_FAILED, code: links });
    const { payload } = reading.message;
    const outcome = this.outcomes.next(account.key, personOf(reading.message));
    if (outcome?.atOnce && outcome.code !== null) {
      this.tell(`reply refused with ${outcome.code}, as asked for`, reading.message);
      return refusedWith(outcome.code, payload);
    }
    const message = account.keep(reading.message, judged.template);
    record(this.sent, message);
    this.tell(`reply accepted (${message.request.text.length} characters)`, message.request);
    this.changed(account.key, personOf(message.request));
    const instead = await this.#sendHooks.first(message);
    const failure = links === 'failed-later' ? LINK_FAILED : (outcome?.code ?? null);
    const telling = tellStory(this, message, { failure, gapMs: this.#options.statusGapMs ?? 50 });
    this.isBusyUntil(telling);
    if (outcome && outcome.code === null) return 'reset';
    return instead ?? accepted(message.request, message.messageId);
  }

  async #takeUpload(account: DoubleAccount, ask: HttpAsk, legacy: boolean): Promise<HttpAnswer> {
    const reading = await readUpload(ask, { legacy });
    if (reading.kind === 'refused') return this.#refuse(null, reading.refusal);
    if (this.files.uploads === 'refused') {
      return metaError({ code: 131053, details: 'The media could not be processed' });
    }
    const id = account.files.keep(reading.file, legacy);
    return json(200, legacy ? { media: [{ id }] } : { id });
  }

  #read(
    account: DoubleAccount,
    { messageId, typing }: { messageId: string; typing: boolean },
  ): void {
    const person = account.chats.markRead(messageId, { typing, at: this.now() });
    if (person !== null) this.changed(account.key, person);
  }

  #markRead(account: DoubleAccount, messageId: string, body: unknown): HttpAnswer {
    const fault = faultOfReceipt(body);
    if (fault) return this.#refuse(body, fault);
    this.#read(account, { messageId, typing: false });
    return json(200, { meta: { api_status: 'stable', version: '2.53.3' } });
  }

  #refuse(body: unknown, refusal: Refusal): HttpAnswer {
    record(this.refusals, { body, refusal });
    this.#options.tell?.(`refused by the provider: ${refusal.details}`);
    return metaError(refusal);
  }
}
