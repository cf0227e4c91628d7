import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../../infra/routes.ts';
import { synthStack } from '../../support/synth-stack.ts';

const { template, id, resource, allOf } = synthStack();

describe('routes', () => {
  const opened = allOf('AWS::ApiGatewayV2::Route');

  test('every route of infra/routes.ts is open, and no other', () => {
    expect(opened.map(({ RouteKey }) => RouteKey).sort()).toEqual(
      ROUTES.map(({ method, path }) => `${method} ${path}`).sort(),
    );
  });

  test.each(ROUTES)('$method $path leads to $function, auth $auth', ({
    method,
    path,
    ...route
  }) => {
    const { AuthorizationType, Target } = opened.find(
      ({ RouteKey }) => RouteKey === `${method} ${path}`,
    );
    expect(AuthorizationType).toBe({ none: 'NONE', iam: 'AWS_IAM' }[route.auth]);
    const integration = template.toJSON().Resources[Target['Fn::Join'][1][1].Ref];
    expect(integration.Properties).toMatchObject({
      IntegrationUri: { 'Fn::GetAtt': [id(route.function), 'Arn'] },
      PayloadFormatVersion: '2.0',
    });
  });

  test('every route whose function does not check a secret wants a signature', () => {
    const unsigned = ROUTES.filter(({ auth }) => auth === 'none');
    expect(new Set(unsigned.map((route) => route.function))).toEqual(
      new Set(['webhook', 'requests']),
    );
    expect(ROUTES.filter(({ path }) => path.startsWith('/admin')).map(({ auth }) => auth)).toEqual(
      expect.not.arrayContaining(['none']),
    );
  });
});

describe('the throttle', () => {
  const limitsOf = (one: ReturnType<typeof synthStack>) =>
    one.resource('public-api/stage').Properties.RouteSettings as Record<string, object>;

  test('is set for each route apart, so that calls to one take nothing from the webhook', () => {
    const limits = limitsOf({ resource } as ReturnType<typeof synthStack>);
    expect(Object.keys(limits).sort()).toEqual(
      ROUTES.map(({ method, path }) => `${method} ${path}`).sort(),
    );
    expect(limits['POST /webhooks/{channel_id}/{webhook_token}']).toEqual({
      ThrottlingRateLimit: 200,
      ThrottlingBurstLimit: 500,
    });
    expect(limits['POST /v1/channels/{channel_id}/messages']).toEqual({
      ThrottlingRateLimit: 100,
      ThrottlingBurstLimit: 250,
    });
    for (const route of ['GET /webhooks/{channel_id}/{webhook_token}', 'POST /admin/channels']) {
      expect(limits[route]).toEqual({ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 50 });
    }
  });

  test('follows its setting', () => {
    const limits = limitsOf(synthStack({ throttle: 1_000 }));
    expect(limits['POST /webhooks/{channel_id}/{webhook_token}']).toEqual({
      ThrottlingRateLimit: 1_000,
      ThrottlingBurstLimit: 2_500,
    });
  });

  test('is set when its routes are there: without that no stack can be deployed', () => {
    const routes = Object.keys(template.findResources('AWS::ApiGatewayV2::Route'));
    expect(routes).toHaveLength(ROUTES.length);
    expect(resource('public-api/stage').DependsOn.toSorted()).toEqual(routes.toSorted());
  });
});

test('web pages of other origins are not allowed to call the API', () => {
  expect(resource('public-api/api').Properties.CorsConfiguration).toBeUndefined();
});

test('the access log has route, status, times and ids, and no paths and queries, which hold secrets', () => {
  const { Format, DestinationArn } = resource('public-api/stage').Properties.AccessLogSettings;
  expect(JSON.parse(Format)).toEqual({
    at: '$context.requestTimeEpoch',
    request_id: '$context.requestId',
    function_request_id: '$context.integration.requestId',
    route: '$context.routeKey',
    status: '$context.status',
    response_ms: '$context.responseLatency',
    function_ms: '$context.integrationLatency',
  });
  expect(DestinationArn).toEqual({ 'Fn::GetAtt': [id('public-api/access-log'), 'Arn'] });
  expect(resource('public-api/access-log').Properties.RetentionInDays).toBe(30);
});

describe('with a domain of the operator’s own', () => {
  const certificateArn = 'arn:aws:acm:eu-central-1:111122223333:certificate/11111111';
  const own = synthStack({ domainName: 'wa.example.com', certificateArn });

  test('the endpoints answer under it', () => {
    expect(own.resource('public-api/domain').Properties).toMatchObject({
      DomainName: 'wa.example.com',
      DomainNameConfigurations: [
        { CertificateArn: certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
      ],
    });
    own.template.hasResourceProperties('AWS::ApiGatewayV2::ApiMapping', {
      DomainName: { Ref: own.id('public-api/domain') },
      ApiId: { Ref: own.id('public-api/api') },
      Stage: '$default',
    });
  });

  test('the address that AWS gives stays open until the operator closes it', () => {
    const { DisableExecuteApiEndpoint } = own.resource('public-api/api').Properties;
    expect(DisableExecuteApiEndpoint).toBeUndefined();
    const closing = { domainName: 'wa.example.com', certificateArn, closeDefaultAddress: 'true' };
    const closed = synthStack(closing);
    expect(closed.resource('public-api/api').Properties.DisableExecuteApiEndpoint).toBe(true);
    closed.template.hasOutput('ApiUrl', { Value: 'https://wa.example.com' });
  });

  test('webhooks are registered under it, and an output says where its CNAME must point', () => {
    const { PUBLIC_URL } = own.resource('channels').Properties.Environment.Variables;
    expect(PUBLIC_URL).toBe('https://wa.example.com');
    own.template.hasOutput('ApiUrl', { Value: 'https://wa.example.com' });
    own.template.hasOutput('DomainTarget', {
      Value: { 'Fn::GetAtt': [own.id('public-api/domain'), 'RegionalDomainName'] },
    });
  });
});

test('without a domain of the operator’s own, the address is the one AWS gives', () => {
  template.resourceCountIs('AWS::ApiGatewayV2::DomainName', 0);
  template.hasOutput('ApiUrl', { Value: { 'Fn::GetAtt': [id('public-api/api'), 'ApiEndpoint'] } });
  expect(template.findOutputs('DomainTarget')).toEqual({});
});
