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

/** What else is a ZIP; of Microsoft's types those of 2007, which end in `.12`, and not those before. */
const PACKED = /^application\/(?:vnd\.(?!ms-)|java-archive$)|\/vnd\.ms-xpsdocument$|\.12$|\+zip$/;

/** The type of a ZIP by its entries; else its server's word, where it names a kind of ZIP. */
export function sniffArchive(all: Buffer, claimed: string): string {
  const begin = all.toString('latin1', 30, 100);
  const open = OPEN.find((type) => begin.startsWith(`mimetype${type}`));
  if (open) return open;
  const office = namesIn(all).find((name) => Object.hasOwn(OFFICE, name));
  if (office) return OFFICE[office as keyof typeof OFFICE];
  return PACKED.test(claimed) ? claimed : 'application/zip';
}

/** The names of its entries, from the directory at its end: a ZIP may hold others with entries of their own. */
function namesIn(all: Buffer): string[] {
  const names: string[] = [];
  const end = all.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = end >= 0 && end + 20 <= all.length ? all.readUInt32LE(end + 16) : all.length;
  while (at + 46 <= all.length && all.toString('latin1', at, at + 4) === 'PK\x01\x02') {
    const nameEnd = at + 46 + all.readUInt16LE(at + 28);
    names.push(all.toString('latin1', at + 46, nameEnd));
    at = nameEnd + all.readUInt16LE(at + 30) + all.readUInt16LE(at + 32); // extra fields, comment
  }
  return names;
}
