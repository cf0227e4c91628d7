import { readJson } from '../../../shared/kernel/read-json.ts';
import type { ChatLine } from '../../local/dialog360/chat/chat-line.ts';
import type { FaultName } from '../../local/faults/fault.ts';
import type { ChatNote, InspectorState, Trail } from '../../local/inspector/trail.ts';
import type { Replayed } from '../../local/scenarios/replayed.ts';
import { call } from './call.ts';

const PROVIDER = '/sandbox/360dialog';
const FAULTS = '/sandbox/faults';
const SCENARIOS = '/sandbox/scenarios';
const INSPECTOR = '/sandbox/inspector';

/** A chat as the visitor's phone shows it. */
export interface PhoneChat {
  phone: string;
  name: string | null;
  /** Since when the business types; null: it does not. */
  typing_at: string | null;
  messages: ChatLine[];
}

const segment = encodeURIComponent;

/** What the local runtime has beside the product: the visitors' phones, and who looks on. */
export const sandbox = {
  state: async () => (await call<InspectorState>('GET', `${INSPECTOR}/state`)).body,
  trail: async (id: string) =>
    (await call<Trail>('GET', `${INSPECTOR}/trails/${segment(id)}`)).body,
  notes: async (person: string) =>
    (await call<{ notes: ChatNote[] }>('GET', `${INSPECTOR}/notes/${segment(person)}`)).body.notes,
  /** Lets so much time pass. What comes of it is heard (`LiveEvent`), as with faults. */
  pass: (ms: number) => call('POST', '/sandbox/clock', { body: { seconds: ms / 1000 } }),
  /** The file of what a visitor did. */
  scenarioPath: (person: string, token: string, title: string) =>
    `${SCENARIOS}/${segment(person)}?${new URLSearchParams({ token, title })}`,
  replayScenario: async (text: string, token: string) =>
    (
      await call<Replayed>('POST', `${SCENARIOS}?token=${segment(token)}`, {
        body: readJson(text) ?? null,
      })
    ).body,
  /** `times` null: until it is switched off; without it so often as it takes to see it once. */
  arm: (fault: FaultName, times?: null) =>
    call('POST', FAULTS, { body: { fault, ...(times === null && { times }) } }),
  /** Null: all of them. */
  disarm: (fault: FaultName | null) => call('DELETE', fault ? `${FAULTS}/${fault}` : FAULTS),
  chat: async (token: string, person: string) =>
    (await call<PhoneChat>('GET', `${PROVIDER}/chats/${segment(person)}?token=${segment(token)}`))
      .body,
  play: async (what: object) =>
    (await call<{ message_id: string }>('POST', `${PROVIDER}/play?wait=0`, { body: what })).body,
};
