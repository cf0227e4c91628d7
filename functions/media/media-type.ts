import { bareType } from '../../shared/rules/media/is-another-type.ts';

/** A media type that a header may carry: no word of the visitor or the provider may begin a header of its own. */
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+( *; *[\w-]+=("[\w .+-]*"|[\w.+-]+))*$/;

/** The first of these words that is a media type; without one the file is bytes (RFC 2046 §4.5.1). */
export const mediaTypeOf = (...words: (string | null | undefined)[]): string =>
  words.find((word) => word && MEDIA_TYPE.test(word)) ?? 'application/octet-stream';

/** Whether a browser may show the file in its page. No file of these types holds a script; others are downloads. */
export const mayBeShown = (type: string): boolean =>
  /^(audio|video)\/[\w.+-]+$|^image\/(jpeg|png|webp|gif)$/.test(bareType(type));

const ENDINGS: Record<string, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/amr': 'amr',
  'video/mp4': 'mp4',
  'video/3gpp': '3gp',
  'application/pdf': 'pdf',
};

/** The name of a file that the visitor gave none: WhatsApp sends a name with documents only. */
export const nameFor = (mediaId: string, type: string): string => {
  const ending = ENDINGS[bareType(type)];
  return ending ? `${mediaId}.${ending}` : mediaId;
};
