/** What a ZIP holds that is a document: a name that each of Office's has, in the clear. */
const OFFICE = {
  'word/document.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'xl/workbook.xml': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'ppt/presentation.xml':
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
};

/** The others begin with an entry `mimetype`, not packed: their type. */
const OPEN = [
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'application/epub+zip',
];

/** The type of a ZIP by its entries; else its server's word, where it names a kind of ZIP. */
export function sniffArchive(all: Buffer, claimed: string): string {
  const begin = all.toString('latin1', 30, 100);
  const open = OPEN.find((type) => begin.startsWith(`mimetype${type}`));
  if (open) return open;
  const office = Object.entries(OFFICE).find(([entry]) => all.includes(entry, 0, 'latin1'))?.[1];
  if (office) return office;
  const isPacked = /^application\/(?:vnd\.|java-archive$)|\+zip$/.test(claimed);
  return isPacked && !/^application\/vnd\.ms-/.test(claimed) ? claimed : 'application/zip';
}
