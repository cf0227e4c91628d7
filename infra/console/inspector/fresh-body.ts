/** A body of 360dialog's whose messages are new ones: each with an id of its own, sent at `now`. */
export function freshBody(
  body: unknown,
  { newId, now }: { newId: () => string; now: number },
): { body: unknown; ids: string[] } {
  const copy = structuredClone(body);
  const ids = messagesIn(copy).map((message) => {
    message.id = newId();
    message.timestamp = String(Math.floor(now / 1000));
    return message.id;
  });
  return { body: copy, ids };
}

/** The ids of the messages in a body. */
export const messageIds = (body: unknown): string[] => messagesIn(body).map(({ id }) => id);

interface Message {
  id: string;
  timestamp?: string;
}
interface Json {
  entry?: { changes?: { value?: Json }[] }[];
  messages?: Message[];
}

function messagesIn(body: unknown): Message[] {
  const root = (body ?? {}) as Json;
  const changes = (root.entry ?? []).flatMap(({ changes }) => changes ?? []);
  return [root, ...changes.map(({ value }) => value)].flatMap((value) => value?.messages ?? []);
}
