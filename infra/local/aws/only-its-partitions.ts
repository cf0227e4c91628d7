import type { IncomingMessage, RequestListener } from 'node:http';
import { mayTouch, TABLE_RIGHTS, type TableRights } from '../../table-rights.ts';
import { callerOf, operationOf } from './intercept.ts';

/**
 * Refuses what a function's role would not allow in the cloud, so that a missing right shows on this machine.
 * Other callers are the runtime's own, and may do anything.
 */
export const onlyItsPartitions =
  (carryOut: RequestListener): RequestListener =>
  (request, response) => {
    const { authorization, 'x-amz-target': target } = request.headers;
    const caller = callerOf(authorization);
    const rights = (TABLE_RIGHTS as Record<string, TableRights | undefined>)[caller];
    if (rights) {
      holdBody(request, (body) => {
        const call = JSON.parse(body) as Call;
        const right = call.IndexName ? 'List' : operationOf(target);
        if (mayTouch(rights, right, partitionIn(call))) return true;
        if (response.headersSent) return false; // a hook has answered
        const message = `${caller} may not ${right} there: infra/table-rights.ts`;
        const refusal = JSON.stringify({ __type: 'AccessDeniedException', message });
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' }).end(refusal);
        return false;
      });
    }
    carryOut(request, response);
  };

interface Call {
  Key?: { pk?: { S?: string } };
  Item?: { pk?: { S?: string } };
  IndexName?: string;
  KeyConditionExpression?: string;
  ExpressionAttributeValues?: Record<string, { S?: string }>;
}

/** The partition of the item, or of the index where it lists one: the first value of the condition. */
function partitionIn({ Key, Item, KeyConditionExpression: condition, ...call }: Call): string {
  const listed = call.ExpressionAttributeValues?.[condition?.match(/:\w+/)?.[0] ?? ''];
  return (Key ?? Item)?.pk?.S ?? listed?.S ?? '';
}

/**
 * Hands a request's body on only once it is whole, and only if `mayPass`. To be called before anything is
 * awaited: what has come by then is handed on already.
 */
function holdBody(request: IncomingMessage, mayPass: (body: string) => boolean): void {
  const push = request.push.bind(request);
  const held: Buffer[] = [];
  request.push = (chunk: Buffer | null): boolean => {
    if (chunk !== null) return held.push(chunk) > 0;
    const body = Buffer.concat(held);
    if (!mayPass(body.toString())) return false;
    push(body);
    return push(null);
  };
}
