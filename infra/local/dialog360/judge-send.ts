import type { DoubleAccount } from './account.ts';
import type { Refusal, SendRequest } from './read-send.ts';

/** The error when WhatsApp cannot fetch the file of a link. */
export const LINK_FAILED = {
  code: 131053,
  title: 'Media upload error',
  details: 'Downloading media from weblink failed with http code 404, status message Not Found',
};

/**
 * Why the provider refuses a message that is well formed: a template or a file it names is not
 * there.
 */
export function judgeSend(
  { body, type }: SendRequest,
  { files }: DoubleAccount,
  templates: ReadonlySet<string> | null,
): Refusal | null {
  const { name } = (body.template ?? {}) as { name?: string };
  if (type === 'template' && templates && !templates.has(name ?? '')) {
    const details = `template name (${name}) does not exist in the language`;
    return { code: 132001, details };
  }
  const faults = mediaIn(body).map(([kind, { id }]) => (id ? files.faultOf(kind, id) : null));
  const details = faults.find((fault) => fault !== null);
  return details ? { code: 100, details } : null;
}

/** Whether a message is a file sent by link, which the provider fetches after it has answered. */
export const isByLink = ({ body, type }: SendRequest): boolean =>
  (body[type] as { link?: unknown } | undefined)?.link !== undefined;

const MEDIA = new Set(['image', 'video', 'audio', 'document', 'sticker']);

interface Media {
  id?: string;
}

/** Every file in a message: its content, a header's, a template parameter's. */
function mediaIn(value: unknown): [kind: string, media: Media][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): [string, Media][] =>
    MEDIA.has(key) && typeof inner === 'object' && inner !== null
      ? [[key, inner as Media]]
      : mediaIn(inner),
  );
}
