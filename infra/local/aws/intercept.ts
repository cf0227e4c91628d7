import type { RequestListener, ServerResponse } from 'node:http';

export type AwsService = 'dynamodb' | 'sqs' | 'ssm';

/** One call of a function to an AWS service. */
export interface AwsCall {
  service: AwsService;
  /** As AWS names it: `UpdateItem`, `SendMessageBatch`. */
  operation: string;
  /** The function's name; `local` for the runtime itself. */
  caller: string;
  /**
   * `before`: the call is not carried out yet; `after`: it is, and its caller has no answer yet.
   */
  moment: 'before' | 'after';
}

/**
 * What becomes of a call; undefined is `pass`. `fail`: before, an error 500; after, a broken
 * connection; the caller tries again in both cases. `throttle`: before, the service's own word for too
 * many calls; after, the same as `fail`. `refuse`: before, an error after which the
 * caller does not try again; after, the same as `fail`. `hang`: the caller gets no answer; before,
 * nothing is carried out.
 */
export type Verdict = 'pass' | 'fail' | 'throttle' | 'refuse' | 'hang' | undefined;
export type InterceptHook = (call: AwsCall) => Verdict | Promise<Verdict>;

/** Puts hooks between the callers and a service. */
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
    // Meanwhile the body waits in the socket: `carryOut` is the first to read it.
    const before = await judge({ ...call, moment: 'before' });
    if (before === 'hang') return;
    if (before === 'fail') return answerError(response, 500, 'InternalServerError');
    if (before === 'throttle') return answerError(response, 400, THROTTLED[service]);
    if (before === 'refuse') return answerError(response, 400, 'AccessDeniedException');
    holdAnswer(response, () => judge({ ...call, moment: 'after' }));
    carryOut(request, response);
  };
}

/** The operation of a request, as AWS names it. */
export const operationOf = (target: string | string[] | undefined): string =>
  String(target ?? '')
    .split('.')
    .at(-1) ?? '';

/** Every function signs with its own name as access key id. */
export const callerOf = (authorization: string | undefined): string =>
  authorization?.split('Credential=')[1]?.split('/')[0] ?? '';

const THROTTLED: Record<AwsService, string> = {
  dynamodb: 'ProvisionedThroughputExceededException',
  sqs: 'RequestThrottled',
  ssm: 'ThrottlingException',
};

function answerError(response: ServerResponse, status: number, type: string): void {
  const body = JSON.stringify({ __type: type, message: 'intercepted' });
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
}

function holdAnswer(response: ServerResponse, judge: () => Promise<Verdict>): void {
  const end = response.end.bind(response) as (...rest: unknown[]) => ServerResponse;
  response.end = ((...rest: unknown[]) => {
    void judge().then((verdict) => {
      if (verdict && ['fail', 'throttle', 'refuse'].includes(verdict))
        response.socket?.resetAndDestroy();
      else if (verdict !== 'hang') end(...rest);
    });
    return response;
  }) as ServerResponse['end'];
}
