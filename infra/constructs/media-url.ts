import { Fn } from 'aws-cdk-lib';
import {
  type FunctionUrl,
  FunctionUrlAuthType,
  InvokeMode,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/**
 * The address of the files that visitors send: a function URL, because API Gateway's HTTP API neither
 * streams nor waits longer than 30 s. Calls need no AWS signature: the function checks the signature in
 * the path before it reads anything. CDK adds both permissions that such calls need since October 2025.
 */
export class MediaUrl extends Construct {
  /** Without a slash at its end. */
  readonly url: string;

  constructor(scope: Construct, id: string, { server }: { server: LambdaFunction }) {
    super(scope, id);
    const functionUrl: FunctionUrl = server.addFunctionUrl({
      authType: FunctionUrlAuthType.NONE,
      invokeMode: InvokeMode.RESPONSE_STREAM,
    });
    this.url = `https://${Fn.select(2, Fn.split('/', functionUrl.url))}`;
  }
}
