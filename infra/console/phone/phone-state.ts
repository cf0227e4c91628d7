// Who writes to which channel, and what the phone shows of it.
import { computed, effect, signal } from '@preact/signals';
import type { ChannelView } from '../../../shared/contract/channel-answer.ts';
import type {
  AgentState,
  ChatNote,
  InspectorState,
  LiveEvent,
} from '../../local/inspector/trail.ts';
import { Refused } from '../api/call.ts';
import { everyChannel } from '../api/every-channel.ts';
import { listen } from '../api/live.ts';
import { type PhoneChat, sandbox } from '../api/sandbox.ts';
import { hearStep } from '../inspector/trail-state.ts';
import { faults } from '../lab/fault-state.ts';
import { hearAhead } from '../time/time-now.ts';
import { chatView, findWindow } from '../window/window-state.ts';
import { remember, type Visitor, visitors } from './visitors.ts';

const KEY = 'console.person';

/** Null: not loaded yet. */
export const channels = signal<ChannelView[] | null>(null);
export const channelId = signal<string | null>(null);
export const person = signal(localStorage.getItem(KEY) ?? visitors.value[0]?.person ?? '');
export const chat = signal<PhoneChat | null>(null);
export const notes = signal<ChatNote[]>([]);
export const agents = signal<Record<string, AgentState>>({});
/** What went wrong with what was done last. */
export const fault = signal('');

const numbers = signal<InspectorState['numbers']>([]);

export const channel = computed(
  () => channels.value?.find(({ id }) => id === channelId.value) ?? null,
);
/** What plays for the channel; null: its webhook is not registered at the double. */
export const token = computed(
  () => numbers.value.find(({ channel_id }) => channel_id === channelId.value)?.token ?? null,
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
  if (isStarted) return;
  isStarted = true;
  listen(hear, () => void loadChannels());
  effect(() => {
    localStorage.setItem(KEY, person.value);
  });
  effect(() => {
    if (token.value && person.value) void loadChat(token.value, person.value);
  });
}

export async function loadChannels(): Promise<void> {
  await orFault(async () => {
    const [all, state, wrong] = await Promise.all([
      everyChannel(),
      sandbox.state(),
      sandbox.faults(),
    ]);
    faults.value = wrong;
    numbers.value = state.numbers;
    channels.value = all;
    hearAhead(state.ahead_ms);
    agents.value = Object.fromEntries(state.agents.map((one) => [one.channel_id, one]));
    const isThere = all.some(({ id }) => id === channelId.value);
    if (!isThere) channelId.value = (state.numbers[0]?.channel_id ?? all[0]?.id) || null;
    else if (token.value) await loadChat(token.value, person.value);
  });
}

/** Looks may overtake each other: what an earlier one saw never covers what a later one has shown. */
let looks = 0;
let shownLook = 0;

async function loadChat(ofToken: string, ofPerson: string): Promise<void> {
  looks += 1;
  const look = looks;
  await orFault(async () => {
    const [loaded, noted] = await Promise.all([
      sandbox.chat(ofToken, ofPerson),
      sandbox.notes(ofPerson),
    ]);
    // Before the worker has seen the first message there is no chat to ask for.
    const isKnown = loaded.messages.some(
      ({ from, statuses }) => from === 'business' || statuses.length > 0,
    );
    const view = isKnown && channelId.value ? await findWindow(channelId.value, ofPerson) : null;
    // The person went on meanwhile.
    if (person.value !== ofPerson || token.value !== ofToken) return;
    if (look < shownLook) return;
    shownLook = look;
    chat.value = loaded;
    notes.value = noted.filter((note) => note.channel_id === channelId.value);
    chatView.value = view;
  });
}

/** Chats change in bursts: one look at the end of each is enough. */
let looking: ReturnType<typeof setTimeout> | undefined;
const LOOK_AFTER_MS = 15;

function lookSoon(): void {
  clearTimeout(looking);
  looking = setTimeout(() => {
    if (token.value && person.value) void loadChat(token.value, person.value);
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

/** Shows another visitor's phone. */
export function become(next: Visitor): void {
  remember(next);
  if (person.value === next.person) return;
  chat.value = null;
  notes.value = [];
  person.value = next.person;
}

/** Shows the phone as it is with another channel. */
export function talkTo(id: string): void {
  if (channelId.value === id) return;
  chat.value = null;
  notes.value = [];
  channelId.value = id;
}

/** Runs something that may be refused, and shows why. Resolves to whether it went. */
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
