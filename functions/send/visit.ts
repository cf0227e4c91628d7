import type { Channel } from '../../shared/contract/channel.ts';
import type { Chat } from '../../shared/contract/chat.ts';
import type { Account } from '../../shared/dialog360/hosts.ts';
import { findChat } from '../../shared/store/chat/find-chat.ts';
import type { SendDeps } from './deps.ts';

/**
 * One invocation's time with one visitor. Every reply of the invocation shares this one object, so
 * what is learnt while one reply is sent counts for the next.
 */
export class Visit {
  readonly deps: SendDeps;
  readonly channel: Channel;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  #chat: Chat;
  #hasSent = false;

  constructor(
    deps: SendDeps,
    { channel, chat }: { channel: Channel; chat: Chat },
    startedAt: number,
  ) {
    this.deps = deps;
    this.channel = channel;
    this.startedAt = startedAt;
    this.#chat = chat;
  }

  /** The visitor's chat, as far as this invocation knows it. */
  get chat(): Chat {
    return this.#chat;
  }

  /** Whether this invocation has sent a request for a message. */
  get hasSent(): boolean {
    return this.#hasSent;
  }

  /** The sender has written these facts of the chat, or has found them to be so. */
  learn(facts: Partial<Chat>): void {
    this.#chat = { ...this.#chat, ...facts };
  }

  /** The chat was written by another function meanwhile: what its row says now counts. */
  async readChatAgain(): Promise<void> {
    const { channel_id, id } = this.#chat;
    const found = await findChat(this.deps.table, channel_id, id, { consistent: true });
    if (!found) throw new ChatErased();
    this.learn(found);
  }

  /** A request for a message leaves now. */
  beginRequest(): void {
    this.#hasSent = true;
  }

  /** Where the channel's messages go, and the key for it. */
  async account(): Promise<Account> {
    const { id, secret_version, hosting, base_url } = this.channel;
    const { token } = await this.deps.secrets.read(id, secret_version);
    return { hosting, base_url, token };
  }
}

/** The chat was erased while one of its replies was being sent. */
export class ChatErased extends Error {}
