import type { MediaKeys } from '../../shared/secrets/media-keys.ts';
import type { FileDeps } from '../chain/file-deps.ts';

/** What the story of a file touches. */
export interface MediaDeps extends FileDeps {
  mediaKeys: MediaKeys;
}
