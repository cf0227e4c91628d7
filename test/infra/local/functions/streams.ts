import { setTimeout as pause } from 'node:timers/promises';
import type { LambdaFunctionURLEvent } from 'aws-lambda';

const PIECE = Buffer.alloc(64 * 1024, 'x');
/** Pieces that are written before somebody reads: 13 MB are more. */
const SOCKETS_HOLD = 200;

/** Does what `?do=` says, so a test can see each thing a function whose answers stream may do. */
export const handler = awslambda.streamifyResponse<LambdaFunctionURLEvent>(async (event, out) => {
  const wish = event.queryStringParameters?.do;
  out.on('error', () => {});
  if (wish === 'throw') throw new Error('on purpose');
  if (wish === 'exit') process.exit(7);
  const headers = { 'content-type': 'text/plain', 'x-pid': String(process.pid) };
  const answer = awslambda.HttpResponseStream.from(out, { statusCode: 201, headers });
  const closed = new Promise<void>((resolve) => {
    out.on('close', resolve);
  });
  if (wish === 'event') answer.end(answer.write(JSON.stringify(event)) && '');
  else if (wish === 'head-only') answer.end(answer.write('') && '');
  else if (wish === 'without-head') answer.end();
  else if (wish === 'drops') for (const drop of 'drops') answer.write(drop) && (await pause(20));
  else answer.write('begun ');
  if (wish === 'drops') answer.end();
  if (wish?.endsWith('-later')) {
    // More than the sockets between hold: once it is written the caller has begun to read.
    for (let piece = 0; piece < SOCKETS_HOLD; piece += 1) {
      if (!answer.write(PIECE)) await new Promise((go) => out.once('drain', go));
    }
    if (wish === 'exit-later') process.exit(7);
    throw new Error('on purpose');
  }
  if (wish === 'flood') {
    let pieces = 0;
    while (!out.destroyed && pieces < 10_000) {
      pieces += 1;
      if (!answer.write(PIECE))
        await Promise.race([new Promise((go) => out.once('drain', go)), closed]);
    }
    console.log(JSON.stringify({ pieces, destroyed: out.destroyed }));
  }
  if (wish === 'hang') {
    await closed;
    console.log(JSON.stringify({ hungUp: true }));
  }
});
