// Stands before the bundle of a function whose answers stream: MiniStack's Node has no `awslambda`. The answer is
// gathered, and given as that of any other function. And it takes `signature` in any query for AWS's own, so the
// rehearsal calls it `mark`.
const { PassThrough } = require('node:stream');

globalThis.awslambda = {
  streamifyResponse: (handler) => async (asked, context) => {
    const rawQueryString = asked.rawQueryString.replace(/(^|&)mark=/, '$1signature=');
    const event = { ...asked, rawQueryString };
    const out = new PassThrough();
    const pieces = [];
    out.on('data', (piece) => pieces.push(piece));
    await handler(event, out, context);
    const { head = {} } = out;
    return { ...head, isBase64Encoded: true, body: Buffer.concat(pieces).toString('base64') };
  },
  HttpResponseStream: { from: (out, head) => Object.assign(out, { head }) },
};
