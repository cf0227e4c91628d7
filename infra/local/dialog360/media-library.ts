import { randomInt, randomUUID } from 'node:crypto';

/** A file the provider holds for a number. */
export interface KeptFile {
  mimeType: string;
  sizeBytes: number;
  filename: string;
  bytes: Buffer;
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

/** How many bytes of uploads are kept to be looked at. */
const MOST_KEPT_BYTES = 64 * MB;
const NO_BYTES = Buffer.alloc(0);

/** The files of one number, by the ids they are sent with. */
export class MediaLibrary {
  readonly #files = new Map<string, KeptFile>();
  /** What visitors have sent, by the ids that webhooks name. */
  readonly received = new Map<string, VisitorFile>();
  /** Where a file of this id can be fetched, by any program of this machine. */
  readonly addressOf: (id: string) => string;
  readonly #onTake: (id: string) => void;

  /** `onTake` hears of each file that a side brings. */
  constructor(addressOf: (id: string) => string, onTake: (id: string) => void = () => {}) {
    this.addressOf = addressOf;
    this.#onTake = onTake;
  }

  keep(file: KeptFile, legacy: boolean): string {
    const id = newMediaId(legacy);
    this.put(id, file);
    this.#onTake(id);
    return id;
  }

  /** Lays an uploaded file in under an id that it has. */
  put(id: string, file: KeptFile): void {
    this.#files.set(id, file);
    this.#letOldBytesGo();
  }

  /** Takes a file that a visitor sends. */
  receive(file: VisitorFile, legacy: boolean): string {
    const id = newMediaId(legacy);
    this.received.set(id, file);
    this.#onTake(id);
    return id;
  }

  /** A file of either side, to be shown. */
  shown(id: string): VisitorFile | undefined {
    const file = this.#files.get(id);
    return this.received.get(id) ?? (file?.bytes.length ? file : undefined);
  }

  #letOldBytesGo(): void {
    let kept = [...this.#files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
    for (const [id, file] of this.#files) {
      if (kept <= MOST_KEPT_BYTES) return;
      kept -= file.bytes.length;
      this.#files.set(id, { ...file, bytes: NO_BYTES });
    }
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

/** Of 16 digits, as the Cloud API's are; the old one's are UUIDs. */
const newMediaId = (legacy: boolean): string =>
  legacy ? randomUUID() : String(10 ** 15 + randomInt(2 ** 47));
