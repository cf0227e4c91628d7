import { under } from '../agent/wire/hear.ts';
import { readModels } from '../agent/wire/model-check.ts';
import type { Transcription } from '../contract/transcription-input.ts';
import { exchange, type Reach } from '../kernel/http.ts';
import type { TranscriberState } from '../rules/doctor/doctor-transcriber.ts';
import { type TranscriberCall, transcriberHeaders } from './ask-transcriber.ts';

/** Longer than any list of models. */
const MAX_BYTES = 4 * 1024 * 1024;

interface Question {
  settings: Transcription;
  secrets: TranscriberCall['secrets'];
  reach: Reach;
  timeoutMs: number;
}

/** Asks a transcriber what costs nothing: its list of models. Never throws. */
export async function checkTranscriber({
  settings: { url, model },
  secrets,
  reach,
  timeoutMs,
}: Question): Promise<TranscriberState> {
  const outcome = await exchange({
    method: 'GET',
    url: under(url, '/models'),
    headers: transcriberHeaders(secrets),
    timeoutMs,
    maxBytes: MAX_BYTES,
    reach,
  });
  if (outcome.kind !== 'answered') return { kind: 'silent', reason: outcome.reason };
  const { status } = outcome;
  if (status >= 500) return { kind: 'silent', reason: `HTTP ${status}` };
  if (status === 401 || status === 403) return { kind: 'key-refused', status };
  if (status >= 300 && status < 400) return { kind: 'redirects', status };
  return { kind: 'answers', found: readModels(outcome, model) };
}
