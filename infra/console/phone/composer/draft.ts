import { signal } from '@preact/signals';
import type { ChatLine } from '../../../local/dialog360/chat/chat-line.ts';

/** What a visitor is writing. */
export interface Draft {
  text: string;
  /** The message that it quotes. */
  answering: ChatLine | null;
  /** The own message whose text is being changed. */
  editing: ChatLine | null;
}

const NOTHING: Draft = { text: '', answering: null, editing: null };

/** It stays while another page is looked at. */
export const draft = signal(NOTHING);

export const type = (text: string): void => {
  draft.value = { ...draft.peek(), text };
};

export const answer = (line: ChatLine): void => {
  draft.value = { ...draft.peek(), answering: line };
};

export const edit = (line: ChatLine): void => {
  draft.value = { text: line.text, answering: null, editing: line };
};

/** It is about no other message any more. The text of one that was being changed goes with it. */
export const forgetOthers = (): void => {
  const { text, editing } = draft.peek();
  draft.value = editing ? NOTHING : { ...NOTHING, text };
};

/** What is there to be sent; from now on something else can be written. */
export function takeDraft(): Draft {
  const taken = draft.peek();
  draft.value = NOTHING;
  return taken;
}

/** It did not go, so it stands there again: before what was written since, if anything was. */
export function putBack(taken: Draft): void {
  const since = draft.peek();
  draft.value = {
    text: [taken.text, since.text].filter(Boolean).join('\n'),
    answering: since.answering ?? taken.answering,
    editing: since.editing ?? taken.editing,
  };
}
