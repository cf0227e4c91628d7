import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/** Does what `?do=` says, so a test can see each thing a function behind an endpoint may do. */
export async function handler(event: APIGatewayProxyEventV2, context: Record<string, unknown>) {
  const wish = event.queryStringParameters?.do;
  if (wish === 'throw') throw new Error('on purpose');
  if (wish === 'exit') process.exit(7);
  if (wish === 'hang') await new Promise(() => setInterval(() => {}, 1_000));
  if (wish === 'bare') return { hello: 'there' };
  if (wish === 'unreadable') return { statusCode: 200, body: { not: 'a string' } };
  if (wish === 'bytes') {
    return {
      statusCode: 201,
      body: Buffer.from([0, 255]).toString('base64'),
      isBase64Encoded: true,
    };
  }
  if (wish === 'cookies') return { statusCode: 204, cookies: ['a=1', 'b=2'] };
  const { functionName, awsRequestId } = context;
  const remaining = (context.getRemainingTimeInMillis as () => number)();
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json', 'x-function': functionName },
    body: JSON.stringify({
      event,
      context: { functionName, awsRequestId, remaining },
      pid: process.pid,
      environment: process.env,
    }),
  };
}
