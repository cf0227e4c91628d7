import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { type HttpAnswer, type HttpAsk, json, serve } from '../../infra/local/http/serve.ts';

/** A voice note as a transcriber got it. */
export interface HeardFile {
  path: string;
  headers: Record<string, string>;
  /** The fields of the form beside the file. */
  fields: Record<string, string>;
  name: string;
  type: string;
  bytes: Buffer;
}

type Says = HttpAnswer | { text: string; language?: string };

export interface TranscriberDouble {
  /** The `url` of `options.transcription`. */
  url: string;
  /** Every voice note it got, in order. */
  heard: HeardFile[];
  /** Answers the next ones with these, one each. */
  next(...answers: (Says | (() => Promise<Says>))[]): void;
  /** Answers all others with this. */
  answerWith(answer: (file: HeardFile) => Says): void;
  stop(): Promise<void>;
}

/** A server with OpenAI's endpoint for speech to text, on a loopback port. It says how many bytes it heard. */
export async function startTranscriberDouble(): Promise<TranscriberDouble> {
  const heard: HeardFile[] = [];
  const scripted: Parameters<TranscriberDouble['next']> = [];
  let usual = ({ bytes }: HeardFile): Says => ({ text: `${bytes.length} bytes` });

  const answerTo = async (ask: HttpAsk): Promise<HttpAnswer> => {
    if (ask.method === 'GET') return json(200, { data: [{ id: 'whisper-1' }] });
    const file = await fileIn(ask);
    heard.push(file);
    const next = scripted.shift() ?? usual(file);
    const says = typeof next === 'function' ? await next() : next;
    return typeof says === 'string' || 'status' in says ? says : json(200, says);
  };

  const { port, close } = await listenOnLoopback(serve(answerTo, { maxBodyBytes: 30 * 2 ** 20 }));
  return {
    url: `http://127.0.0.1:${port}/v1`,
    heard,
    next: (...answers) => {
      scripted.push(...answers);
    },
    answerWith: (answer) => {
      usual = answer;
    },
    stop: close,
  };
}

async function fileIn({ path, headers, body }: HttpAsk): Promise<HeardFile> {
  const type = headers['content-type'] ?? '';
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': type },
  }).formData();
  const file = form.get('file');
  if (!(file instanceof File)) throw new Error('the form has no file');
  const fields = [...form].filter((entry): entry is [string, string] => entry[0] !== 'file');
  return {
    path,
    headers,
    fields: Object.fromEntries(fields),
    name: file.name,
    type: file.type,
    bytes: Buffer.from(await file.arrayBuffer()),
  };
}
