import { SIGNATURE_REFUSED } from '../../../shared/agent/wire/status-words.ts';

/** The runtime that the terminal is about. */
export interface Place {
  url: string;
  /** The demo channel, whose secret the runtime tells. */
  demo: { channelId: string } | null;
}

interface LostTurn {
  channel_id?: unknown;
  chat_id?: unknown;
  code?: unknown;
  reason?: unknown;
}

/**
 * Why turns are lost, as a person at the terminal reads it: in each chat once, with what to do, for as long as it
 * stays the same.
 */
export class LostTurns {
  /** Known once the runtime is up. */
  place: Place | null = null;
  readonly #said = new Map<unknown, string>();

  /** Why this one was lost, or that it was for the same reason as the one before it in its chat. */
  why({ channel_id, chat_id, code, reason }: LostTurn): string {
    const why = [code, reason].filter((word) => typeof word === 'string' && word).join(': ');
    const isSame = this.#said.get(chat_id) === why;
    this.#said.set(chat_id, why);
    const cure = why.includes(SIGNATURE_REFUSED) ? this.#secretCure(String(channel_id)) : '';
    return isSame ? ', as before' : `: ${why}${cure}`;
  }

  /** The agent answers: what is lost from now on is told anew. */
  forget(): void {
    this.#said.clear();
  }

  #secretCure(channelId: string): string {
    if (!this.place) return '';
    const { url, demo } = this.place;
    if (demo?.channelId === channelId) {
      return `: give it this channel’s secret (curl -s ${url}/sandbox/agent-secret)`;
    }
    const rotate = `npx dialog360-channel rotate ${channelId} agent-secret --port ${new URL(url).port}`;
    return `: give it this channel’s secret (${rotate} shows a new one)`;
  }
}
