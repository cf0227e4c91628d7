import { randomUUID } from 'node:crypto';

/** A file the provider holds for a number. */
export interface KeptFile {
  mimeType: string;
  sizeBytes: number;
  filename: string;
}

/** A file that a visitor has sent. */
export interface VisitorFile {
  mimeType: string;
  bytes: Buffer;
}

const MB = 1024 * 1024;
/** The limit for documents, the largest of all (docs/360dialog.md#media-messages). */
export const MAX_UPLOAD_BYTES = 100 * MB;

/** What may be sent as which type, and how large it may be (docs/360dialog.md#media-messages). */
const KINDS: Record<string, { types: string[] | null; bytes: number }> = {
  image: { types: ['image/jpeg', 'image/png'], bytes: 5 * MB },
  video: { types: ['video/mp4', 'video/3gpp'], bytes: 16 * MB },
  audio: {
    types: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
    bytes: 16 * MB,
  },
  document: { types: null, bytes: MAX_UPLOAD_BYTES },
  sticker: { types: ['image/webp'], bytes: MB / 2 },
};

/** The files of one number, by the ids they are sent with. */
export class MediaLibrary {
  readonly #files = new Map<string, KeptFile>();
  /** What visitors have sent, by the ids that webhooks name. */
  readonly received = new Map<string, VisitorFile>();

  keep(file: KeptFile, legacy: boolean): string {
    const id = legacy ? randomUUID() : String(10 ** 15 + this.#files.size);
    this.#files.set(id, file);
    return id;
  }

  find(id: string): KeptFile | undefined {
    return this.#files.get(id);
  }

  /** Why a file cannot be sent as this type of message; null when it can. */
  faultOf(type: string, id: string): string | null {
    const file = this.#files.get(id);
    // 360dialog's own words, as public integrations show them (2026).
    if (!file) return `Param ${type}['id'] is not a valid whatsapp business account media id`;
    const kind = KINDS[type];
    if (kind?.types && !kind.types.includes(file.mimeType)) {
      return `${type}.id: a media of type ${file.mimeType} cannot be sent as ${type}`;
    }
    return file.sizeBytes > (kind?.bytes ?? 0) ? `${type}.id: the media is too large` : null;
  }
}
