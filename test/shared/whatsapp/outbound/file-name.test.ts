import { expect, test } from 'vitest';
import { nameForUpload } from '../../../../shared/whatsapp/outbound/file-name.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

// biome-ignore format: a table reads by column
const names = [
  { filename: 'voice-note.mp4',  mimeType: 'audio/ogg',        is: 'voice-note.ogg' },
  { filename: 'note.OPUS',       mimeType: 'audio/ogg',        is: 'note.OPUS' },
  { filename: 'photo.png',       mimeType: 'image/jpeg',       is: 'photo.jpg' },
  { filename: 'photo.JPEG',      mimeType: 'image/jpeg',       is: 'photo.JPEG' },
  { filename: 'photo',           mimeType: 'image/png',        is: 'photo.png' },
  { filename: 'Angebot v1.2',    mimeType: 'application/pdf',  is: 'Angebot v1.2.pdf' },
  { filename: 'Счёт №5.pdf',     mimeType: 'application/pdf',  is: 'Счёт №5.pdf' },
  { filename: 'index.php',       mimeType: 'application/pdf',  is: 'index.php.pdf' },
  { filename: '.png',            mimeType: 'image/jpeg',       is: '.png.jpg' },
  { filename: 'report.docx',     mimeType: 'application/zip',  is: 'report.docx' },
  { filename: 'a.bin',           mimeType: 'application/octet-stream', is: 'a.bin' },
  { filename: 'download',        mimeType: DOCX,               is: 'download.docx' },
  { filename: 'bericht.pdf',     mimeType: DOCX,               is: 'bericht.docx' },
  { filename: 'bericht.doc',     mimeType: DOCX,               is: 'bericht.docx' },
  { filename: 'makro.DOCM',      mimeType: DOCX,               is: 'makro.DOCM' },
  { filename: 'bericht.pdf',     mimeType: 'application/zip',  is: 'bericht.zip' },
  { filename: 'download',        mimeType: 'application/zip',  is: 'download.zip' },
  { filename: 'app.apk',         mimeType: 'application/zip',  is: 'app.apk' },
  { filename: 'export',          mimeType: 'text/csv',         is: 'export.csv' },
  { filename: 'Export 12.3',     mimeType: 'text/csv',         is: 'Export 12.3.csv' },
  { filename: 'export.txt',      mimeType: 'text/csv',         is: 'export.txt' },
  { filename: 'rechnung.pdf',    mimeType: 'text/html',        is: 'rechnung.html' },
  { filename: 'bericht.docx',    mimeType: 'application/msword', is: 'bericht.doc' },
  { filename: 'download',        mimeType: 'application/octet-stream', is: 'download' },
  { filename: null,              mimeType: 'image/png',        is: 'file.png' },
];

test.each(names)('$filename, which is $mimeType, is uploaded as $is', ({
  filename,
  mimeType,
  is,
}) => {
  expect(nameForUpload(filename, mimeType)).toBe(is);
});
