/** The endings a name may have for each type that bytes tell; the first is the one it gets. */
const TOLD: Record<string, string[]> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif', 'avif'],
  'audio/mp4': ['m4a', 'mp4', 'm4b'],
  'audio/ogg': ['ogg', 'opus', 'oga'],
  'application/ogg': ['ogg', 'oga', 'ogv', 'ogx', 'spx'],
  'audio/amr': ['amr'],
  'audio/aac': ['aac'],
  'audio/mpeg': ['mp3', 'mpga', 'mpeg'],
  'video/mp4': ['mp4', 'm4v'],
  'video/3gpp': ['3gp', '3gpp', '3g2'],
  'video/quicktime': ['mov', 'qt'],
  'application/pdf': ['pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx', 'docm'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx', 'xlsm'],
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx', 'pptm'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
  'application/vnd.oasis.opendocument.presentation': ['odp'],
  'application/epub+zip': ['epub'],
};

/** A ZIP of a kind that we do not tell may be any of these. */
const PACKED = Object.entries(TOLD).filter(([type]) => /\.(openxml|oasis)|\+zip$/.test(type));

/** Those of types that only their server tells, and of ZIP: another ending may say more. */
const SAID: Record<string, string[]> = {
  'application/zip': ['zip', ...PACKED.flatMap(([, endings]) => endings)],
  'application/msword': ['doc'],
  'application/vnd.ms-excel': ['xls'],
  'application/vnd.ms-powerpoint': ['ppt'],
  'application/rtf': ['rtf'],
  'application/json': ['json'],
  'application/xml': ['xml'],
  'text/xml': ['xml'],
  'text/csv': ['csv'],
  'text/plain': ['txt'],
  'text/html': ['html', 'htm'],
  'text/calendar': ['ics'],
  'text/vcard': ['vcf'],
};

const TOLD_ENDINGS = new Set(Object.values(TOLD).flat());
/** Any ending a name may have by mistake: what stands behind another dot is part of the name. */
const KNOWN_ENDINGS = new Set([...TOLD_ENDINGS, ...Object.values(SAID).flat()]);

/**
 * A file's name for its upload, with an ending that fits its bytes: 360dialog and WhatsApp look at both. A
 * type that we do not tell by its bytes says nothing against a name, but for an ending that bytes would tell.
 */
export function nameForUpload(filename: string | null, mimeType: string): string {
  const name = filename ?? 'file';
  const [, stem = name, written = ''] = /^(.+)\.([^.]{1,5})$/s.exec(name) ?? [];
  const ending = written.toLowerCase();
  const endings = TOLD[mimeType] ?? SAID[mimeType];
  const [first] = endings ?? [];
  if (!endings || endings.includes(ending)) return name;
  const mayFit = !TOLD[mimeType] && /^[a-z]/.test(ending) && !TOLD_ENDINGS.has(ending);
  if (mayFit) return name;
  return `${KNOWN_ENDINGS.has(ending) ? stem : name}.${first}`;
}
