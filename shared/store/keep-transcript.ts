// What a voice note says is kept with the turn of its message: PROTOCOLS 34.
import type { KeptNote, Transcript } from '../contract/transcript.ts';
import type { TurnOutcome } from '../contract/turn.ts';
import { turnKey } from './keys.ts';
import { type Table, updateItem } from './table.ts';

interface TurnId {
  channelId: string;
  eventId: string;
}

const ERASED: TurnOutcome = { kind: 'erased' };
const NOT_ERASED =
  'attribute_exists(#pk) AND (attribute_not_exists(#outcome) OR #outcome <> :erased)';
const erased = { ':erased': JSON.stringify(ERASED) };

/** PROTOCOLS 34.3: it is made once. Of an erased chat nothing is kept. */
export async function keepTranscript(
  table: Table,
  { channelId, eventId }: TurnId,
  transcript: Transcript,
): Promise<void> {
  await updateItem(table, turnKey(channelId, eventId), {
    update: 'SET #transcript = :transcript REMOVE #transcript_note',
    condition: NOT_ERASED,
    values: { ...erased, ':transcript': transcript },
  });
}

/** PROTOCOLS 34.3: why there is none. A transcript that another worker has kept meanwhile counts. */
export async function keepTranscriptNote(
  table: Table,
  { channelId, eventId }: TurnId,
  note: KeptNote,
): Promise<void> {
  await updateItem(table, turnKey(channelId, eventId), {
    update: 'SET #transcript_note = :note',
    condition: `${NOT_ERASED} AND attribute_not_exists(#transcript)`,
    values: { ...erased, ':note': note },
  });
}
