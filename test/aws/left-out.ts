// What MiniStack cannot do, and so is changed in the template before it is deployed there. Each has its reason;
// everything else is deployed as it is.

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DependsOn?: string[];
}

export interface Template {
  Resources: Record<string, Resource>;
  Outputs: Record<string, unknown>;
}

interface LeftOut {
  what: string;
  why: string;
  /** Changes the template. Returns how often, so that an edit that meets nothing is noticed. */
  edit(template: Template, url: string): number;
}

export const LEFT_OUT: LeftOut[] = [
  {
    what: 'alarms that reckon with several metrics',
    why: 'Its CloudFormation makes an alarm of one metric only.',
    edit: ({ Resources }) => {
      const found = Object.entries(Resources).filter(
        ([, { Type, Properties }]) => Type === 'AWS::CloudWatch::Alarm' && 'Metrics' in Properties,
      );
      for (const [id] of found) delete Resources[id];
      return found.length;
    },
  },
  {
    what: 'the TLS-only policies of the queues',
    why: 'On loopback it speaks no TLS, so they refuse every call.',
    edit: ({ Resources }) => {
      const found = Object.entries(Resources).filter(
        ([, { Type }]) => Type === 'AWS::SQS::QueuePolicy',
      );
      for (const [id] of found) delete Resources[id];
      return found.length;
    },
  },
  {
    what: 'the right to send a batch, by the name of the single send',
    why: 'AWS has no action SendMessageBatch: SendMessage allows both. MiniStack asks for the other name.',
    edit: ({ Resources }) => {
      let count = 0;
      for (const { Type, Properties } of Object.values(Resources)) {
        if (Type !== 'AWS::IAM::Policy') continue;
        const { Statement } = Properties.PolicyDocument as { Statement: { Action: unknown }[] };
        for (const statement of Statement) {
          const actions = [statement.Action].flat();
          if (!actions.includes('sqs:SendMessage')) continue;
          statement.Action = [...actions, 'sqs:SendMessageBatch'];
          count += 1;
        }
      }
      return count;
    },
  },
  {
    what: 'the host names of the API and of the media function',
    why: 'No name server knows them. Both have an address with a path on the one port as well.',
    edit: (template, url) => {
      const [api = ''] = idsOf(template, 'AWS::ApiGatewayV2::Api');
      const [media = ''] = idsOf(template, 'AWS::Lambda::Url');
      const apiUrl = join(`${url}/_aws/execute-api/`, { Ref: api }, '/$default');
      const host = select(2, '/', { 'Fn::GetAtt': [media, 'FunctionUrl'] });
      const mediaUrl = join(`${url}/_aws/lambda-url/`, select(0, '.', host));
      return (
        replace(template, { 'Fn::GetAtt': [api, 'ApiEndpoint'] }, apiUrl) +
        replace(template, join('https://', host), mediaUrl)
      );
    },
  },
  {
    what: 'the name of the signature in the address of a file',
    why: 'With rights enforced it takes any parameter of that name for a signature of AWS. The rehearsal calls it `mark`, and gather-answer.cjs puts it back.',
    edit: (template) => idsOf(template, 'AWS::Lambda::Url').length,
  },
  {
    what: 'answers that stream',
    why: 'Its Node has no awslambda.streamifyResponse. The media function’s answers are gathered (gather-answer.cjs).',
    edit: (template) => replace(template, 'RESPONSE_STREAM', 'BUFFERED', 'InvokeMode'),
  },
  {
    what: 'REACH, which keeps the functions away from private addresses',
    why: 'The agent and 360dialog of the rehearsal are on loopback.',
    edit: (template) => replace(template, 'public', 'local', 'REACH'),
  },
];

const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const select = (index: number, sign: string, of: unknown) => ({
  'Fn::Select': [index, { 'Fn::Split': [sign, of] }],
});
const idsOf = ({ Resources }: Template, type: string): string[] =>
  Object.entries(Resources).flatMap(([id, { Type }]) => (Type === type ? [id] : []));

/** Replaces a value wherever it stands, or only under one name. Returns how often. */
function replace(within: unknown, wanted: unknown, by: unknown, under?: string): number {
  if (typeof within !== 'object' || within === null) return 0;
  let count = 0;
  const holder = within as Record<string, unknown>;
  for (const [name, value] of Object.entries(holder)) {
    const isIt = JSON.stringify(value) === JSON.stringify(wanted);
    if (isIt && (under === undefined || under === name)) {
      holder[name] = by;
      count += 1;
    } else count += replace(value, wanted, by, under);
  }
  return count;
}

/** The template as MiniStack takes it. Throws when something that is left out is not there any more. */
export function withoutLeftOut(template: Template, url: string): Template {
  const edited = structuredClone(template);
  for (const { what, edit } of LEFT_OUT) {
    if (edit(edited, url) === 0) throw new Error(`the template no longer has: ${what}`);
  }
  return edited;
}
