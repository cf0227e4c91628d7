import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { MediaLibrary } from '../media-library.ts';

/** What is known of a file, beside its bytes. `filename` null: a visitor has sent it. */
interface About {
  /** The 360dialog API key of the number. */
  key: string;
  mime_type: string;
  filename: string | null;
}

const ABOUT = '.json';
const MB = 1024 * 1024;
/** How many bytes are put back. The oldest files go first. */
const MOST_BYTES = 256 * MB;

/** Keeps a file: first its bytes, so that what is known of a file always has some. */
export function keepFile(folder: string, key: string, id: string, files: MediaLibrary): void {
  const uploaded = files.find(id);
  const file = uploaded ?? files.received.get(id);
  if (!file) return;
  const about = { key, mime_type: file.mimeType, filename: uploaded?.filename ?? null };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, id), file.bytes, { mode: 0o600 });
  const path = join(folder, id + ABOUT);
  writeFileSync(`${path}.new`, JSON.stringify(about satisfies About), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** Puts the files of earlier runs back, and removes those that are too many. */
export function restoreFiles(folder: string, filesOf: (key: string) => MediaLibrary): void {
  if (!existsSync(folder)) return;
  const ids = readdirSync(folder)
    .filter((name) => name.endsWith(ABOUT))
    .map((name) => name.slice(0, -ABOUT.length));
  const newestFirst = ids
    .map((id) => ({ id, stat: statSync(join(folder, id)) }))
    .toSorted((a, b) => b.stat.mtimeMs - a.stat.mtimeMs);
  let bytes = 0;
  for (const { id, stat } of newestFirst) {
    bytes += stat.size;
    if (bytes > MOST_BYTES) drop(folder, id);
    else restore(folder, id, filesOf);
  }
}

function restore(folder: string, id: string, filesOf: (key: string) => MediaLibrary): void {
  const about: About = JSON.parse(readFileSync(join(folder, id + ABOUT), 'utf8'));
  const bytes = readFileSync(join(folder, id));
  const { mime_type: mimeType, filename } = about;
  const files = filesOf(about.key);
  if (filename === null) files.received.set(id, { mimeType, bytes });
  else files.put(id, { mimeType, filename, bytes, sizeBytes: bytes.length });
}

function drop(folder: string, id: string): void {
  rmSync(join(folder, id + ABOUT));
  rmSync(join(folder, id));
}
