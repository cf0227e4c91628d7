import type { DegradeCode } from '../../contract/delivery.ts';
import type { Menu } from '../../contract/menu.ts';

/** What rendering a reply needs to know beside the reply. */
export interface RenderOptions {
  /** Digits without a plus, and a business-scoped user id; at least one is there. */
  to: { phone: string | null; bsuid: string | null };
  /** `v1` is the on-premise API: the same bodies, in its spelling (docs/360dialog.md#the-old-api). */
  dialect: 'v2' | 'v1';
  choices: 'numbered' | 'list';
  /** The answers to a flow come back with it. */
  replyId: string;
}

/** A file to fetch, upload and send by id, before the part's body is considered. */
export interface FileToUpload {
  url: string;
  /** What the agent calls it (docs/contract.md#replies, `attachment`). */
  kind: 'image' | 'audio' | 'video' | 'file';
  caption: string | null;
  filename: string | null;
  voice: boolean;
}

/** One message of WhatsApp's that a reply becomes. */
export interface RenderedPart {
  /** The exact message, without `biz_opaque_callback_data`. */
  body: Record<string, unknown>;
  /** False for templates: they go at any time. */
  needsWindow: boolean;
  /** What had to be changed for this body; recorded when this body is what went. */
  notes: DegradeCode[];
  /** Goes instead, once, when the provider has a media error about this body. */
  fallback: RenderedPart | null;
  /** To be uploaded first: then `partWithMediaId` makes the part that goes; where it fails, `body` goes. */
  file: FileToUpload | null;
  /** Why it goes by link though the file was to be uploaded, in words for the agent's developer. */
  fileReason?: string;
}

/** What becomes of one reply. Parts are sent in order; a pause is waited out and sends nothing. */
export type Rendering =
  | { kind: 'parts'; parts: RenderedPart[]; menu: Menu | null }
  | { kind: 'refused'; code: 'reply-invalid' | 'reply-unsupported'; reason: string }
  | { kind: 'pause'; seconds: number };
