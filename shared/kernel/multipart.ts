import { randomUUID } from 'node:crypto';

/** A file in a form. */
export interface FormFile {
  name: string;
  filename: string;
  mimeType: string;
  /** Its bytes, in as many pieces as they came. */
  pieces: readonly Buffer[];
}

/** multipart/form-data by hand, because Node's own FormData would copy the file once more: here it is joined once. */
export function multipart(
  fields: Record<string, string>,
  file: FormFile,
): { bytes: Buffer; type: string } {
  const boundary = `dialog360-channel-${randomUUID()}`;
  const filename = file.filename.replace(/[\r\n"\\]/g, '_');
  const head = [
    ...Object.entries(fields).flatMap(([name, value]) => [
      `--${boundary}`,
      `content-disposition: form-data; name="${name}"`,
      '',
      value,
    ]),
    `--${boundary}`,
    `content-disposition: form-data; name="${file.name}"; filename="${filename}"`,
    `content-type: ${file.mimeType.replace(/[\r\n]/g, '')}`,
    '',
    '',
  ].join('\r\n');
  return {
    bytes: Buffer.concat([
      Buffer.from(head),
      ...file.pieces,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}
