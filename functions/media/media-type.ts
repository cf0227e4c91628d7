/** A media type that a header may carry: no word of the visitor or the provider may begin a header of its own. */
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+( *; *[\w-]+=("[\w .+-]*"|[\w.+-]+))*$/;

/** The first of these words that is a media type; without one the file is bytes (RFC 2046 §4.5.1). */
export const mediaTypeOf = (...words: (string | null | undefined)[]): string =>
  words.find((word) => word && MEDIA_TYPE.test(word)) ?? 'application/octet-stream';

const bareType = (word: string): string => word.split(';')[0]?.trim().toLowerCase() ?? '';

/** The types in which gateways answer errors. */
const PAGES = ['text/html', 'application/json', 'application/problem+json'];

/** Whether what came is a gateway's page and not the file, whose type is known to be another. */
export function isAnotherType(came: string | undefined, expected: string | null): boolean {
  if (came === undefined || expected === null) return false;
  return PAGES.includes(bareType(came)) && bareType(came) !== bareType(expected);
}

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
