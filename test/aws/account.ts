import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { signForAws } from '../../shared/kernel/sign-for-aws.ts';
import { ACCOUNT, REGION, ROOT_KEYS } from './mini-stack.ts';

/** What `cdk bootstrap` would have made, and what `cdk deploy` does. */
export interface Account {
  /** Puts a file where the template looks for it. */
  upload(key: string, file: string): Promise<void>;
  createStack(name: string, template: string): Promise<void>;
  updateStack(name: string, template: string): Promise<void>;
  deleteStack(name: string): Promise<void>;
  outputs(name: string): Promise<Record<string, string>>;
  /** Calls a service that speaks JSON. */
  ask(service: string, target: string, body: object): Promise<Record<string, unknown>>;
}

const BUCKET = `cdk-hnb659fds-assets-${ACCOUNT}-${REGION}`;
const VERSION = '2010-05-15';
const CAPABILITIES = { 'Capabilities.member.1': 'CAPABILITY_IAM' };

/** An account behind `url`, bootstrapped for CDK. */
export async function openAccount(url: string): Promise<Account> {
  const send = async (service: string, path: string, init: Sent): Promise<string> => {
    const target = `${url}${path}`;
    const request = { method: init.method, url: target, headers: init.headers };
    const signed = { service, region: REGION, credentials: ROOT_KEYS };
    // A file is signed as what it is not: its hash is left out, as S3 allows.
    const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const headers = await signForAws(
      typeof init.body === 'string'
        ? { ...request, body: init.body }
        : { ...request, headers: { ...init.headers, ...unsigned } },
      signed,
    );
    const { body = null } = init;
    const answer = await fetch(target, { method: init.method, headers, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${service} ${path}: HTTP ${answer.status} ${text}`);
    return text;
  };
  const formation = (Action: string, more: Record<string, string>) =>
    send('cloudformation', '/', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      body: new URLSearchParams({ Action, Version: VERSION, ...more }).toString(),
    });
  const ask: Account['ask'] = async (service, target, body) => {
    const version = service === 'ssm' ? '1.1' : '1.0';
    const headers = {
      'content-type': `application/x-amz-json-${version}`,
      'x-amz-target': target,
    };
    const text = await send(service, '/', { method: 'POST', headers, body: JSON.stringify(body) });
    return text ? JSON.parse(text) : {};
  };
  const put = (key: string, body: Buffer | string) =>
    send('s3', `/${BUCKET}/${key}`, {
      method: 'PUT',
      headers: {},
      body: new Uint8Array(Buffer.from(body)),
    });

  await send('s3', `/${BUCKET}`, {
    method: 'PUT',
    headers: {},
    body: new Uint8Array(
      Buffer.from(
        `<CreateBucketConfiguration><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`,
      ),
    ),
  });
  await ask('ssm', 'AmazonSSM.PutParameter', {
    Name: '/cdk-bootstrap/hnb659fds/version',
    Value: '30',
    Type: 'String',
  });

  const describe = async (name: string) => {
    const xml = await formation('DescribeStacks', { StackName: name });
    return { status: /<StackStatus>(\w+)</.exec(xml)?.[1] ?? '', xml };
  };
  const until = async (name: string, wanted: string) => {
    for (;;) {
      const { status } = await describe(name);
      if (status === wanted) return;
      if (/FAILED|ROLLBACK/.test(status)) {
        const events = await formation('DescribeStackEvents', { StackName: name });
        const reasons = [...events.matchAll(/<ResourceStatusReason>([^<]+)</g)].map(
          ([, why]) => why,
        );
        throw new Error(`the stack is ${status}: ${[...new Set(reasons)].join('; ')}`);
      }
      await setTimeout(200);
    }
  };
  const deploy = async (action: string, name: string, template: string, wanted: string) => {
    await put(`${name}.json`, template);
    const TemplateURL = `${url}/${BUCKET}/${name}.json`;
    await formation(action, { StackName: name, TemplateURL, ...CAPABILITIES });
    await until(name, wanted);
  };
  return {
    upload: async (key, file) => {
      await put(key, readFileSync(file));
    },
    createStack: (name, template) => deploy('CreateStack', name, template, 'CREATE_COMPLETE'),
    updateStack: (name, template) => deploy('UpdateStack', name, template, 'UPDATE_COMPLETE'),
    deleteStack: async (name) => {
      await formation('DeleteStack', { StackName: name });
      for (;;) {
        try {
          const { status } = await describe(name);
          if (status === 'DELETE_COMPLETE') return;
          if (/FAILED/.test(status)) throw new Error(`the stack is ${status}`);
        } catch (error) {
          if (String(error).includes('does not exist')) return;
          throw error;
        }
        await setTimeout(200);
      }
    },
    outputs: async (name) => {
      const { xml } = await describe(name);
      const found = xml.matchAll(
        /<OutputKey>([^<]+)<\/OutputKey>\s*<OutputValue>([^<]*)<\/OutputValue>/g,
      );
      return Object.fromEntries([...found].map(([, key = '', value = '']) => [key, value]));
    },
    ask,
  };
}

interface Sent {
  method: string;
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}
