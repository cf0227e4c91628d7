// A visitor's file: the signed address → is it ours? → may 360dialog be asked? → its bytes, as they come.
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { log } from '../../shared/kernel/log.ts';
import { count, flushMetrics } from '../../shared/kernel/metrics.ts';
import { problemOf } from '../chain/http.ts';
import type { MediaDeps } from './deps.ts';
import { readMediaRequest } from './read-media-request.ts';
import { type ServedMedia, serveMedia } from './serve-media.ts';

/** What Lambda's Node runtime gives to a function whose answers stream. */
type LambdaStreams = Pick<typeof awslambda, 'streamifyResponse' | 'HttpResponseStream'>;

/**
 * The Lambda handler of the media function URL. It answers once the file has begun to arrive, so that
 * whatever is wrong before that is a problem document. What goes wrong later breaks the transfer off,
 * because a caller must not take half a file for a whole one.
 */
export const mediaHandler = (
  deps: MediaDeps,
  { streamifyResponse, HttpResponseStream }: LambdaStreams,
) =>
  streamifyResponse<LambdaFunctionURLEvent>(async (event, out, { awsRequestId }) => {
    log.appendKeys({ request_id: awsRequestId });
    const caller = new AbortController();
    let body: Readable | null = null;
    let hungUp = false;
    out
      .on('error', () => {})
      .once('close', () => {
        // A file that breaks off closes the stream too: then the caller has not hung up.
        hungUp = !out.writableFinished && !body?.errored;
        caller.abort();
      });
    try {
      const served = await answerTo(deps, event, caller.signal);
      const { statusCode, headers } = served;
      body = served.body;
      const answer = HttpResponseStream.from(out, { statusCode, headers });
      // Status and headers leave with the first write, and an answer without a body has no other.
      answer.write('');
      if (body) return await pipeline(body, answer);
      answer.end();
      await finished(answer);
    } catch (error) {
      if (hungUp) return;
      count('media-broken-off');
      log.warn('media-broken-off', { error: String(error) });
      throw error;
    } finally {
      flushMetrics();
      log.resetKeys();
    }
  });

async function answerTo(
  deps: MediaDeps,
  event: LambdaFunctionURLEvent,
  signal: AbortSignal,
): Promise<ServedMedia> {
  const request = readMediaRequest(event);
  try {
    return await serveMedia(deps, request, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const { statusCode = 500, headers, body = '' } = problemOf(error);
    return {
      statusCode,
      headers: headers as Record<string, string>,
      body: request.method === 'HEAD' ? null : Readable.from([Buffer.from(body)]),
    };
  }
}
