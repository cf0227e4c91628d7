import type { RequestListener, ServerResponse } from 'node:http';

export type AwsService = 'dynamodb' | 'sqs' | 'ssm';

/** One call of a function to an AWS service. */
export interface AwsCall {
  service: AwsService;
  /** As AWS names it: `UpdateItem`, `SendMessageBatch`. */
  operation: string;
  /** The function's name; `local` for the runtime itself. */
  caller: string;
  /** `before`: not carried out yet; `after`: carried out, and the caller has not heard of it. */
  moment: 'before' | 'after';
}

/**
 * `fail`: before, an error 500; after, a broken connection; the caller tries both again. `refuse`:
 * before, an error it does not try again, as if it had died; after, as `fail`. `hang`: it hears
 * nothing more (and before, nothing is carried out). Nothing at all is `pass`.
 */
export type Verdict = 'pass' | 'fail' | 'refuse' | 'hang' | undefined;
export type InterceptHook = (call: AwsCall) => Verdict | Promise<Verdict>;

/** Lets hooks stand between the callers and a service. Without hooks it costs nothing. */
export function interceptable(
  service: AwsService,
  hooks: ReadonlySet<InterceptHook>,
  carryOut: RequestListener,
): RequestListener {
  const judge = async (call: AwsCall): Promise<Verdict> => {
    for (const hook of hooks) {
      const verdict = await hook(call);
      if (verdict && verdict !== 'pass') return verdict;
    }
    return 'pass';
  };

  return async (request, response) => {
    if (hooks.size === 0) return carryOut(request, response);
    const call = {
      service,
      operation: operationOf(request.headers['x-amz-target']),
      caller: callerOf(request.headers.authorization),
    };
    // The body waits in the socket meanwhile: nothing reads it before `carryOut`.
    const before = await judge({ ...call, moment: 'before' });
    if (before === 'hang') return;
    if (before === 'fail') return answerError(response, 500, 'InternalServerError');
    if (before === 'refuse') return answerError(response, 400, 'AccessDeniedException');
    holdAnswer(response, () => judge({ ...call, moment: 'after' }));
    carryOut(request, response);
  };
}

const operationOf = (target: string | string[] | undefined): string =>
  String(target ?? '')
    .split('.')
    .at(-1) ?? '';

/** Every function signs with its own name as access key id. */
const callerOf = (authorization: string | undefined): string =>
  authorization?.match(/Credential=([^/]+)\//)?.[1] ?? '';

function answerError(response: ServerResponse, status: number, type: string): void {
  const body = JSON.stringify({ __type: type, message: 'intercepted' });
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
}

function holdAnswer(response: ServerResponse, judge: () => Promise<Verdict>): void {
  const end = response.end.bind(response) as (...rest: unknown[]) => ServerResponse;
  response.end = ((...rest: unknown[]) => {
    void judge().then((verdict) => {
      if (verdict === 'fail' || verdict === 'refuse') response.socket?.resetAndDestroy();
      else if (verdict !== 'hang') end(...rest);
    });
    return response;
  }) as ServerResponse['end'];
}
