// The whole product as one CloudFormation stack. From top to bottom: the table and the secrets, the
// queues, the HTTP API, the functions and what triggers them, their rights, the alarms, the
// outputs.
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { slotsOf } from '../concurrency.ts';
import { Alarms } from '../constructs/alarms.ts';
import { ChannelFunction } from '../constructs/channel-function.ts';
import { ChannelSecrets } from '../constructs/channel-secrets.ts';
import { ChannelTable } from '../constructs/channel-table.ts';
import { Dashboard } from '../constructs/dashboard.ts';
import { JobQueue } from '../constructs/job-queue.ts';
import { LambdaAccount } from '../constructs/lambda-account.ts';
import { MediaUrl } from '../constructs/media-url.ts';
import { MinuteTick } from '../constructs/minute-tick.ts';
import { PublicApi } from '../constructs/public-api.ts';
import { FUNCTIONS, type FunctionName, QUEUES } from '../functions.ts';
import { ROUTES } from '../routes.ts';
import { grantPermissions } from './grant-permissions.ts';
import type { Settings } from './settings.ts';
import { showOutputs } from './show-outputs.ts';
import { countedBy, watch } from './watch.ts';

export class ChannelStack extends Stack {
  constructor(scope: Construct, settings: Settings) {
    const { stackName, concurrency, throttle, domain, alarmEmail, agentCoreRuntimes } = settings;
    super(scope, stackName, { description: "A conversational agent's WhatsApp channel" });
    const prefix = `/${stackName}/channels`;

    const table = new ChannelTable(this, 'table');
    const secrets = new ChannelSecrets(this, 'secrets', { prefix });
    const queues = each(QUEUES, (spec, name) => new JobQueue(this, `${name}-queue`, spec));
    const api = new PublicApi(this, 'public-api', { domain });

    const environment = {
      TABLE_NAME: table.table.tableName,
      INBOUND_QUEUE_URL: queues.inbound.queue.queueUrl,
      OUTBOUND_QUEUE_URL: queues.outbound.queue.queueUrl,
      STATUSES_QUEUE_URL: queues.statuses.queue.queueUrl,
      NEWS_QUEUE_URL: queues.news.queue.queueUrl,
      PUBLIC_URL: api.url,
      PARAMETER_PREFIX: prefix,
      REACH: 'public',
      POWERTOOLS_SERVICE_NAME: stackName,
      POWERTOOLS_LOG_LEVEL: 'INFO',
    };
    const { triggers, webhook, isReserved } = slotsOf(concurrency);
    const more: Partial<Record<FunctionName, Record<string, string>>> = {
      ...each(triggers, (slots) => ({ SLOTS: String(slots) })),
      channels: { CONCURRENCY: String(concurrency), WORKER_SLOTS: String(triggers.worker) },
    };
    const functions = each(
      FUNCTIONS,
      (spec, name) =>
        new ChannelFunction(this, name, {
          spec,
          environment: { ...environment, ...more[name] },
          reserved: name === 'webhook' && isReserved ? webhook : null,
        }),
    );

    api.open(ROUTES, functions, throttle);
    const media = new MediaUrl(this, 'media-url', { server: functions.media });
    // The worker alone has it. In every function's environment it would stand in that of the media
    // function too, which then could only be made after its own address.
    functions.worker.addEnvironment('MEDIA_URL', media.url);
    each(triggers, (slots, name) => {
      const { trigger } = FUNCTIONS[name];
      if (trigger) queues[trigger].feed(functions[name], slots);
    });
    each(FUNCTIONS, ({ everyMinute }, name) => {
      if (everyMinute) new MinuteTick(this, `${name}-tick`, { worker: functions[name] });
    });
    const account = new LambdaAccount(this, 'account');
    grantPermissions({ table, secrets, account, queues, agentCoreRuntimes }, functions);

    const alarms = new Alarms(this, 'alarms', { email: alarmEmail });
    watch(alarms, { service: stackName, queues, api, sweep: functions.sweep });
    const counted = countedBy(stackName);
    new Dashboard(this, 'dashboard', { counted, queues, functions, alarms: alarms.all });
    showOutputs(this, { table, queues, api, media, alarms });
  }
}

const each = <Name extends string, A, B>(record: Record<Name, A>, make: (a: A, name: Name) => B) =>
  Object.fromEntries(
    Object.entries<A>(record).map(([name, value]) => [name, make(value, name as Name)]),
  ) as Record<Name, B>;
