// Who writes to which channel, and what the phone shows of it.
import { batch, computed, effect, signal } from '@preact/signals';
import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import type { ChatView } from '../../../shared/contract/chat-view.ts';
import type { AgentState, ChatNote, LiveEvent } from '../../local/inspector/trail.ts';
import { Refused } from '../api/call.ts';
import { everyChannel } from '../api/every-channel.ts';
import { listen } from '../api/live.ts';
import { type PhoneChat, sandbox } from '../api/sandbox.ts';
import { hearStep, lookForSteps } from '../inspector/trail-state.ts';
import { faults } from '../lab/fault-state.ts';
import { readingOf } from '../shell/reading.ts';
import { hearAhead } from '../time/time-now.ts';
import { findWindow } from '../window/find-window.ts';
import { forgetOthers } from './composer/draft.ts';
import { remember, type Visitor, visitors } from './visitors.ts';

const KEY = 'console.person';

/** The channels, and the numbers at the double whose webhook leads to one. */
const inRuntime = readingOf(async () => {
  const [channels, { numbers }] = await Promise.all([everyChannel(), sandbox.state()]);
  return { channels, numbers };
});
/** Null: not loaded yet. */
export const channels = computed(() => inRuntime.found.value?.channels ?? null);
export const channelId = signal<string | null>(null);
export const person = signal(localStorage.getItem(KEY) ?? visitors.value[0]?.person ?? '');
export const agents = signal<Record<string, AgentState>>({});
/** What went wrong with what was done last. */
export const fault = signal('');

export const channel = computed(
  () => channels.value?.find(({ id }) => id === channelId.value) ?? null,
);
/** What plays for the channel; null: its webhook is not registered at the double. */
export const token = computed(() => {
  const numbers = inRuntime.found.value?.numbers ?? [];
  return numbers.find(({ channel_id }) => channel_id === channelId.value)?.token ?? null;
});

interface OnPhone {
  chat: PhoneChat;
  notes: ChatNote[];
  /** Null: the visitor has not written, so there is no chat. */
  view: ChatView | null;
}
const onPhone = readingOf(readPhone);
export const chat = computed(() => onPhone.found.value?.chat ?? null);
export const notes = computed(() => onPhone.found.value?.notes ?? []);
export const chatView = computed(() => onPhone.found.value?.view ?? null);
/** Why what is shown is not what is there now. */
export const unread = computed(
  () => (inRuntime.problem.value ?? onPhone.problem.value)?.detail ?? '',
);

export const visitor = computed(
  (): Visitor =>
    visitors.value.find((one) => one.person === person.value) ?? {
      person: person.value,
      name: chat.value?.name ?? 'Anna',
    },
);

let isStarted = false;

/** Loads everything, and from then on follows what happens. */
export function startPhone(): void {
  if (isStarted) {
    void loadChannels(); // another page may have changed one
    return;
  }
  isStarted = true;
  listen(hear, () => {
    void loadChannels();
    void lookForSteps();
  });
  effect(() => {
    localStorage.setItem(KEY, person.value);
  });
  effect(() => {
    // Another visitor, or another channel: what is shown, begun or wrong is that of the one before.
    const isSomebody = [channelId.value, token.value, person.value].every(Boolean);
    onPhone.forget();
    forgetOthers();
    fault.value = '';
    if (isSomebody) void onPhone.look();
  });
}

/** Reads which channels there are. */
export async function loadChannels(): Promise<void> {
  await inRuntime.look();
  const known = inRuntime.found.peek();
  if (!known) return; // a channel that a message has named may be there
  const { channels: all, numbers } = known;
  const isThere = all.some(({ id }) => id === channelId.peek());
  if (!isThere) channelId.value = (numbers[0]?.channel_id ?? all[0]?.id) || null;
  else if (token.peek()) await onPhone.look();
}

/** Takes what an endpoint has answered of a channel: the list that is being read may not know it yet. */
export function hearChannel(now: ChannelView): void {
  const known = inRuntime.found.peek();
  if (!known) return;
  const all = known.channels.map((one) => (one.id === now.id ? now : one));
  inRuntime.put({ ...known, channels: all });
  void loadChannels();
}

async function readPhone(): Promise<OnPhone> {
  const [ofToken, ofChannel, ofPerson] = [token.peek(), channelId.peek(), person.peek()];
  const [loaded, noted] = await Promise.all([
    sandbox.chat(ofToken ?? '', ofPerson),
    sandbox.notes(ofPerson),
  ]);
  // Before the worker has seen the first message there is no chat to ask for.
  const isKnown = loaded.messages.some(
    ({ from, statuses }) => from === 'business' || statuses.length > 0,
  );
  return {
    chat: loaded,
    notes: noted.filter((note) => note.channel_id === ofChannel),
    view: isKnown && ofChannel ? await findWindow(ofChannel, ofPerson) : null,
  };
}

/** Chats change in bursts: one look at the end of each is enough. */
let looking: ReturnType<typeof setTimeout> | undefined;
const LOOK_AFTER_MS = 15;

function lookSoon(): void {
  clearTimeout(looking);
  looking = setTimeout(() => {
    if (token.peek() && person.peek()) void onPhone.look();
  }, LOOK_AFTER_MS);
}

function hear(event: LiveEvent): void {
  switch (event.type) {
    case 'chat':
      if (event.token === token.value && event.person === person.value) lookSoon();
      return;
    case 'note':
      if (event.note.person === person.value) lookSoon();
      return;
    case 'agent':
      agents.value = { ...agents.value, [event.agent.channel_id]: event.agent };
      return;
    case 'clock':
      hearAhead(event.ahead_ms);
      lookSoon(); // the window, and whether the business still types
      return;
    case 'faults':
      faults.value = event.faults;
      return;
    case 'step':
      hearStep(event);
  }
}

/** Shows another visitor's phone; null: with the same channel. */
export function become(next: Visitor, ofChannel: string | null = null): void {
  remember(next);
  batch(() => {
    person.value = next.person;
    channelId.value = ofChannel ?? channelId.peek();
  });
}

/** Shows the phone as it is with another channel. */
export function talkTo(id: string): void {
  channelId.value = id;
}

/** Does something that may be refused, and shows why. Resolves to whether it went. */
export async function orFault(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    fault.value = '';
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    fault.value = error.problem.detail;
    return false;
  }
}
