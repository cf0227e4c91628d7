import type { DoubleAccount } from './account.ts';
import type { Refusal, SendRequest } from './read-send.ts';
import { findTemplate, judgeTemplate } from './templates/judge-template.ts';
import type { SentTemplate } from './templates/sent-template.ts';
import type { Template } from './templates/template.ts';

/** The error when WhatsApp cannot fetch the file of a link. */
export const LINK_FAILED = {
  code: 131053,
  title: 'Media upload error',
  details: 'Downloading media from weblink failed with http code 404, status message Not Found',
};

/**
 * Why the provider refuses a message that is well formed: a file it names is not there, or it names no
 * approved template, or does not fill it as it is. Else the template, null where none is known.
 */
export function judgeSend(
  { body, type }: SendRequest,
  { files }: DoubleAccount,
  templates: readonly Template[] | null,
): { refusal: Refusal } | { template: Template | null } {
  const sent = body.template as SentTemplate;
  const found = type === 'template' && templates ? findTemplate(templates, sent) : null;
  if (found && 'refusal' in found) return found;
  const template = found?.template ?? null;
  const unfit = template && judgeTemplate(template, sent);
  if (unfit) return { refusal: unfit };
  const faults = mediaIn(body).map(([kind, { id }]) => (id ? files.faultOf(kind, id) : null));
  const details = faults.find((fault) => fault !== null);
  return details ? { refusal: { code: 100, details } } : { template };
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
