import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import { type Aws, type Behaviour, errorOf, fresh } from './behaviour.ts';

const param = (aws: Aws, Name: string, Value: string, Overwrite = false) =>
  aws.ssm.send(new PutParameterCommand({ Name, Value, Type: 'SecureString', Overwrite }));
const read = (aws: Aws, Name: string) =>
  aws.ssm.send(new GetParameterCommand({ Name, WithDecryption: true }));

/** What the secrets rely on. */
export const ssmBehaviours: Behaviour[] = [
  {
    service: 'SSM',
    what: 'Each overwriting makes the next version, and an older one is read by name and number',
    where: 'shared/secrets/secrets.ts',
    holds: async (aws) => {
      const name = `/conformance/${fresh('p')}`;
      const first = await param(aws, name, 'one');
      const second = await param(aws, name, 'two', true);
      const old = (await read(aws, `${name}:1`)).Parameter?.Value;
      const now = (await read(aws, name)).Parameter;
      return first.Version === 1 && second.Version === 2 && old === 'one' && now?.Value === 'two';
    },
  },
  {
    service: 'SSM',
    what: 'A parameter that is there is not written again by one who does not overwrite',
    where: 'shared/secrets/media-key.ts',
    holds: async (aws) => {
      const name = `/conformance/${fresh('p')}`;
      await param(aws, name, 'one');
      return (await errorOf(param(aws, name, 'two'))) === 'ParameterAlreadyExists';
    },
  },
  {
    service: 'SSM',
    what: 'A parameter, or a version, that is not there is told by name',
    where: 'shared/secrets/ssm-error.ts',
    holds: async (aws) => {
      const name = `/conformance/${fresh('p')}`;
      const none = await errorOf(read(aws, name));
      await param(aws, name, 'one');
      const version = await errorOf(read(aws, `${name}:9`));
      const gone = await errorOf(aws.ssm.send(new DeleteParameterCommand({ Name: `${name}x` })));
      return (
        none === 'ParameterNotFound' &&
        version === 'ParameterVersionNotFound' &&
        gone === 'ParameterNotFound'
      );
    },
  },
];
