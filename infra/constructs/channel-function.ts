import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  LogLevel,
  NodejsFunction,
  OutputFormat,
  SourceMapMode,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { BUNDLING } from '../bundling.ts';
import type { FunctionSpec } from '../functions.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The same options as the local runtime's, in the words of CDK. */
const bundling: BundlingOptions = {
  format: { cjs: OutputFormat.CJS }[BUNDLING.format],
  target: BUNDLING.target,
  minify: BUNDLING.minify,
  sourceMap: true,
  sourceMapMode: { external: SourceMapMode.EXTERNAL }[BUNDLING.sourcemap],
  sourcesContent: BUNDLING.sourcesContent,
  mainFields: [...BUNDLING.mainFields],
  bundleAwsSDK: true,
  metafile: false,
  logLevel: LogLevel.WARNING,
  esbuildArgs: { ...flags('alias', BUNDLING.alias), ...flags('supported', BUNDLING.supported) },
};

/**
 * Options of esbuild that CDK has no property for, as esbuild's command line takes them. Values are
 * strings, because CDK leaves out a `false`.
 */
function flags(option: string, values: Record<string, string | boolean>): Record<string, string> {
  const all = Object.entries(values).map(([name, value]) => [`--${option}:${name}`, String(value)]);
  return Object.fromEntries(all);
}

interface Props {
  spec: FunctionSpec;
  environment: Record<string, string>;
  /** How many of it may run at once, kept free for it; null: it shares with the others. */
  reserved?: number | null;
}

/**
 * One Lambda function with a log and a role of its own. At first the role may only write the log.
 */
export class ChannelFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, { spec, environment, reserved = null }: Props) {
    const logGroup = new LogGroup(scope, `${id}-log`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}-role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    });
    logGroup.grantWrite(role);

    super(scope, id, {
      entry: join(ROOT, spec.entry),
      handler: spec.handler,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      bundling,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(spec.timeoutSeconds),
      memorySize: spec.memoryMb,
      environment,
      ...(reserved !== null && { reservedConcurrentExecutions: reserved }),
      awsSdkConnectionReuse: false, // it would set a variable that only version 2 of the SDK reads
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      // Lambda's own start and report lines of every healthy call cost more than ours and say less.
      systemLogLevelV2: SystemLogLevel.WARN,
      recursiveLoop: RecursiveLoop.TERMINATE,
    });
  }
}
