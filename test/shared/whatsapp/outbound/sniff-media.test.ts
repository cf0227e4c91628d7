import { expect, test } from 'vitest';
import { sniffMedia } from '../../../../shared/whatsapp/outbound/sniff-media.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

// biome-ignore format: a table reads by column
const files = [
  { is: 'image/jpeg',      head: '\xff\xd8\xff\xe0\0\x10JFIF' },
  { is: 'image/png',       head: '\x89PNG\r\n\x1a\n\0\0\0\rIHDR' },
  { is: 'image/gif',       head: 'GIF89a\x01\0' },
  { is: 'image/webp',      head: 'RIFF\x24\0\0\0WEBPVP8 ' },
  { is: 'image/heic',      head: '\0\0\0\x18ftypheic\0\0\0\0' },
  { is: 'video/mp4',       head: '\0\0\0\x20ftypisom\0\0\x02\0' },
  { is: 'video/3gpp',      head: '\0\0\0\x18ftyp3gp5\0\0\0\0' },
  { is: 'video/quicktime', head: '\0\0\0\x14ftypqt  \0\0\0\0' },
  { is: 'audio/mp4',       head: '\0\0\0\x1cftypM4A \0\0\0\0' },
  { is: 'audio/ogg',       head: `OggS\0\x02${'\0'.repeat(20)}\x01\x13OpusHead\x01` },
  { is: 'application/ogg', head: `OggS\0\x02${'\0'.repeat(20)}\x01\x1e\x01vorbis` },
  { is: 'audio/mpeg',      head: 'ID3\x04\0\0' },
  { is: 'audio/mpeg',      head: '\xff\xfb\x90\x64' },
  { is: 'audio/aac',       head: '\xff\xf1\x50\x80' },
  { is: 'audio/amr',       head: '#!AMR\n' },
  { is: 'application/pdf', head: '%PDF-1.7\n' },
];

test.each(files)('$is is known by its first bytes, whatever its server says', ({ is, head }) => {
  expect(sniffMedia(bytes(head), 'text/html')).toBe(is);
});

// biome-ignore format: a table reads by column
const unknown = [
  { claimed: 'text/csv; charset=utf-8', head: 'a;b\n1;2',       is: 'text/csv' },
  { claimed: 'Application/MSWord',      head: '\xd0\xcf\x11\xe0', is: 'application/msword' },
  { claimed: 'image/jpeg',              head: '<html>',          is: 'application/octet-stream' },
  { claimed: 'nonsense',                head: 'x',               is: 'application/octet-stream' },
  { claimed: null,                      head: '',                is: 'application/octet-stream' },
  { claimed: 'audio/x',               head: '\xff\xea\0\0',     is: 'application/octet-stream' }, // MPEG has no such version
  { claimed: 'text/plain',              head: '\xff\xfea\0b\0',   is: 'text/plain' }, // a byte order mark, no music
];

test.each(unknown)('what claims to be $claimed is $is', ({ claimed, head, is }) => {
  expect(sniffMedia(bytes(head), claimed)).toBe(is);
});

/** A header of an entry: of the file itself, or of the directory at the end, that repeats the name. */
const entry = (signature: string, size: number, nameAt: number, name: string) => {
  const header = Buffer.alloc(size);
  header.write(signature, 'latin1');
  header.writeUInt16LE(name.length, nameAt);
  return Buffer.concat([header, bytes(name)]);
};

const end = (directoryAt: number) => {
  const record = Buffer.alloc(22);
  record.write('PK\x05\x06', 'latin1');
  record.writeUInt32LE(directoryAt, 16);
  return record;
};

/** A ZIP whose entries are stored as they are; they hold nothing, or what is given. */
const zip = (names: string[], content = bytes('')) => {
  const files = names.flatMap((name) => [entry('PK\x03\x04', 30, 26, name), content]);
  const directory = names.map((name) => entry('PK\x01\x02', 46, 28, name));
  return Buffer.concat([...files, ...directory, end(Buffer.concat(files).length)]);
};

const office = (kind: string) => `application/vnd.openxmlformats-officedocument.${kind}`;

// biome-ignore format: a table reads by column
const archives = [
  { what: 'a text of Word',               file: zip(['[Content_Types].xml', 'word/document.xml']), claimed: 'application/pdf',            is: office('wordprocessingml.document') },
  { what: 'a sheet of Excel',             file: zip(['[Content_Types].xml', 'xl/workbook.xml']),  claimed: 'application/octet-stream',   is: office('spreadsheetml.sheet') },
  { what: 'slides of PowerPoint',         file: zip(['[Content_Types].xml', 'ppt/presentation.xml']), claimed: null,                       is: office('presentationml.presentation') },
  { what: 'a text of LibreOffice',        file: zip(['mimetypeapplication/vnd.oasis.opendocument.text', 'content.xml']), claimed: null,    is: 'application/vnd.oasis.opendocument.text' },
  { what: 'a book',                       file: zip(['mimetypeapplication/epub+zip']),            claimed: 'application/zip',            is: 'application/epub+zip' },
  { what: 'what its server calls a text of Word', file: zip(['a']),                               claimed: office('wordprocessingml.document'), is: office('wordprocessingml.document') },
  { what: 'what its server calls a map',  file: zip(['doc.kml']),                                 claimed: 'application/vnd.google-earth.kmz', is: 'application/vnd.google-earth.kmz' },
  { what: 'what its server calls no ZIP', file: zip(['a']),                                       claimed: 'application/pdf',            is: 'application/zip' },
  { what: 'what its server calls an old sheet', file: zip(['a']),                                 claimed: 'application/vnd.ms-excel',   is: 'application/zip' },
  { what: 'one that holds a text of Word as it is', file: zip(['a.docx'], zip(['word/document.xml'])), claimed: 'application/zip',        is: 'application/zip' },
  { what: 'the pieces of a text of Word in a folder', file: zip(['a/word/document.xml']),       claimed: null,                         is: 'application/zip' },
  { what: 'one that is cut off',          file: zip(['word/document.xml']).subarray(0, 90),       claimed: null,                         is: 'application/zip' },
  { what: 'one whose directory is cut off', file: Buffer.concat([end(22), bytes('PK\x01\x02')]),  claimed: null,                         is: 'application/zip' },
  { what: 'what its server calls a sheet in binary', file: zip(['xl/workbook.bin']),            claimed: 'application/vnd.ms-excel.sheet.binary.macroEnabled.12', is: 'application/vnd.ms-excel.sheet.binary.macroenabled.12' },
  { what: 'an empty one',                 file: bytes('PK\x05\x06\0\0'),                          claimed: 'text/html',                  is: 'application/zip' },
];

test.each(archives)('a ZIP: $what, is $is', ({ file, claimed, is }) => {
  expect(sniffMedia(file, claimed)).toBe(is);
});

const track = (kind: string) => `\0\0\0\x20hdlr${'\0'.repeat(8)}${kind}`;
const mp4 = (brand: string, ...kinds: string[]) =>
  bytes(`\0\0\0\x20ftyp${brand}\0\0\x02\0${kinds.map(track).join('')}`);

// biome-ignore format: a table reads by column
const sounds = [
  { what: 'a file of iOS that its server calls a sound',  file: mp4('mp42'),                 claimed: 'audio/x-m4a',              is: 'audio/mp4' },
  { what: 'a recording of a browser',                     file: mp4('iso5', 'soun'),         claimed: 'audio/mp4; codecs=mp4a.40.2', is: 'audio/mp4' },
  { what: 'a stream',                                     file: mp4('dash'),                 claimed: 'audio/aac',                is: 'audio/mp4' },
  { what: 'what the agent calls a sound',                 file: mp4('isom'),                 claimed: null, kind: 'audio',        is: 'audio/mp4' },
  { what: 'what the agent calls a sound, and its server a video', file: mp4('mp42', 'soun'), claimed: 'video/mp4', kind: 'audio', is: 'audio/mp4' },
  { what: 'what is named as a sound',                     file: mp4('isom'),                 claimed: null, filename: 'note.M4A', is: 'audio/mp4' },
  { what: 'a film, whatever it is called',                file: mp4('isom', 'soun', 'vide'), claimed: 'audio/mp4', kind: 'audio', filename: 'a.m4a', is: 'video/mp4' },
  { what: 'what nobody calls a sound',                    file: mp4('isom', 'soun'),         claimed: null,                       is: 'video/mp4' },
  { what: 'a film for an old phone',                      file: mp4('3gp5'),                 claimed: 'audio/3gpp',               is: 'video/3gpp' },
] as const;

test.each(sounds)('an MP4: $what, is $is', ({ file, claimed, is, ...said }) => {
  const { kind = 'file', filename = null } = said as { kind?: 'audio'; filename?: string };
  expect(sniffMedia(file, claimed, { kind, filename })).toBe(is);
});

test('the bytes may be a part of something larger', () => {
  const whole = bytes('xxxx\x89PNG\r\n\x1a\n');
  expect(sniffMedia(whole.subarray(4), null)).toBe('image/png');
});
