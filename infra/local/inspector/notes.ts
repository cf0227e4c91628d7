import type { ChatNote, LogEntry, Step, Trail } from './trail.ts';

/** What becomes of a part and is worth a note; what arrives shows on the phone itself. */
const ENDS = ['refused', 'parked', 'expired', 'failed'] as const;
/** What an agent did that brings the visitor less than its author may think. */
const OF_AGENT = ['turn-lost', 'agent-asked-again', 'agent-answer-odd'] as const;

/** Collects what a phone does not show of a chat. */
export class Notes {
  readonly #notes = new Map<string, ChatNote>();
  /** Who is in a chat, as far as it was seen: what an endpoint sends names the chat alone. */
  readonly #people = new Map<string, string>();
  readonly #onNote: (note: ChatNote) => void;

  constructor(onNote: (note: ChatNote) => void) {
    this.#onNote = onNote;
  }

  of(person: string): ChatNote[] {
    return [...this.#notes.values()].filter((note) => note.person === person);
  }

  see(trail: Trail, step: Step): void {
    for (const entry of step.log) {
      const { chat_id } = entry.facts;
      if (typeof chat_id === 'string' && trail.person) this.#people.set(chat_id, trail.person);
      const kind = kindOf(entry);
      const person = trail.person ?? this.#people.get(String(chat_id));
      if (kind && person && trail.channel_id)
        this.#add(noteOf(entry, kind, { trail, step, person }));
    }
  }

  #add(note: ChatNote): void {
    if (this.#notes.has(note.id)) return;
    this.#notes.set(note.id, note);
    this.#onNote(note);
  }
}

function kindOf({ name, facts }: LogEntry): ChatNote['kind'] | null {
  const ofAgent = OF_AGENT.find((kind) => kind === name);
  if (ofAgent) return ofAgent;
  if (name !== 'part-ended' && name !== 'part-parked') return null;
  return ENDS.find((end) => end === facts.status) ?? null;
}

function noteOf(
  { at, facts }: LogEntry,
  kind: ChatNote['kind'],
  { trail, step, person }: { trail: Trail; step: Step; person: string },
): ChatNote {
  const { reply_id, part, code, reason } = facts;
  return {
    // What became of a part is said again by a repeated job; a turn fails once in each run of the worker.
    id: [kind, reply_id === undefined ? step.id : `${reply_id} ${part}`].join(' '),
    at,
    channel_id: trail.channel_id ?? '',
    person,
    kind,
    code: typeof code === 'string' ? code : '',
    reason: typeof reason === 'string' ? reason : '',
    trail_id: trail.id,
  };
}
