/** What a visitor reads of a message: its text, or the caption, name or link instead. */
export function messageWords(body: Record<string, unknown>): string {
  const content = body[String(body.type)] as Content | undefined;
  if (Array.isArray(content)) return content.map(({ name }) => name?.formatted_name).join(', ');
  const { body: words, caption, link, name, emoji, latitude, longitude } = content ?? {};
  if (typeof words === 'string') return words;
  if (words) return words.text;
  if (latitude !== undefined) return name ?? `${latitude},${longitude}`;
  return caption ?? emoji ?? name ?? link ?? '';
}

interface Content {
  body?: string | { text: string };
  caption?: string;
  link?: string;
  name?: string;
  emoji?: string;
  latitude?: number;
  longitude?: number;
}
