import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnRoute,
  type CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { FunctionName } from '../functions.ts';
import type { Route } from '../routes.ts';
import { throttleOf } from '../throttle.ts';

/**
 * Never a path, a query or a referrer, because paths hold secrets. `route` is the pattern, with the
 * names of the parameters and not their values; `function_request_id` finds the function's own
 * lines.
 */
const ACCESS_LOG = {
  at: '$context.requestTimeEpoch',
  request_id: '$context.requestId',
  function_request_id: '$context.integration.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  response_ms: '$context.responseLatency',
  function_ms: '$context.integrationLatency',
};

interface Props {
  domain: { name: string; certificateArn: string; alone: boolean } | null;
}

/**
 * The HTTP API that the provider, agents, external systems and operators call. It has no other
 * routes than those given to `open`.
 */
export class PublicApi extends Construct {
  /** Without a slash at its end. */
  readonly url: string;
  readonly httpApi: HttpApi;
  readonly accessLog: LogGroup;
  /** What the CNAME of the operator's own domain must point at. */
  readonly domainTarget: string | null;
  readonly #stage: HttpStage;

  constructor(scope: Construct, id: string, { domain }: Props) {
    super(scope, id);
    this.httpApi = new HttpApi(this, 'api', {
      apiName: Stack.of(this).stackName,
      createDefaultStage: false,
      ...(domain?.alone && { disableExecuteApiEndpoint: true }),
    });
    const domainName =
      domain &&
      new DomainName(this, 'domain', {
        domainName: domain.name,
        securityPolicy: SecurityPolicy.TLS_1_2,
        certificate: Certificate.fromCertificateArn(this, 'certificate', domain.certificateArn),
      });
    this.accessLog = new LogGroup(this, 'access-log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#stage = new HttpStage(this, 'stage', {
      httpApi: this.httpApi,
      autoDeploy: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLog),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
      ...(domainName && { domainMapping: { domainName } }),
    });
    this.url = domain ? `https://${domain.name}` : this.httpApi.apiEndpoint;
    this.domainTarget = domainName?.regionalDomainName ?? null;
  }

  /**
   * Connects each route to its function, and asks for an AWS signature where the route says so. The webhook
   * takes `perSecond` calls a second.
   */
  open(
    routes: readonly Route[],
    functions: Record<FunctionName, IFunction>,
    perSecond: number,
  ): void {
    const limits: Record<string, object> = {};
    const stage = this.#stage.node.defaultChild as CfnStage;
    const signature = new HttpIamAuthorizer();
    const integrations = new Map<FunctionName, HttpLambdaIntegration>();
    for (const route of routes) {
      const { method, path, auth, function: name } = route;
      const integration =
        integrations.get(name) ?? new HttpLambdaIntegration(name, functions[name]);
      integrations.set(name, integration);
      const opened = this.httpApi.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration,
        authorizer: auth === 'iam' ? signature : new HttpNoneAuthorizer(),
      });
      const { rateLimit, burstLimit } = throttleOf(route, perSecond);
      limits[`${method} ${path}`] = {
        ThrottlingRateLimit: rateLimit,
        ThrottlingBurstLimit: burstLimit,
      };
      for (const one of opened) {
        // API Gateway refuses the limits of a route that is not there yet.
        stage.addResourceDependency(one.node.defaultChild as CfnRoute);
        if (auth === 'none') acknowledgeOpenRoute(one);
      }
    }
    stage.routeSettings = limits;
  }
}

const acknowledgeOpenRoute = (route: Construct) =>
  Validations.of(route).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason:
      'Neither the provider nor an external system signs with AWS credentials. The function itself ' +
      'checks the secret in the path or in a header, in constant time, before it reads the body.',
  });
