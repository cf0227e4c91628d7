import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { breaches, gaps } from './support/architecture.ts';

const root = join(import.meta.dirname, '..');
const files = globSync('{functions,infra,shared,test}/**/*.ts', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  // The sources made up below would be read as its own.
  .filter((file) => file !== 'test/architecture.test.ts');

test.each(files)('%s keeps the laws of the house', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  expect(breaches({ file, text })).toEqual([]);
});

test('every function has its environment and its handler', () => {
  expect(gaps(files)).toEqual([]);
});

test('files are short: half of them have fewer than 80 lines', () => {
  const lengths = files.map((file) => readFileSync(join(root, file), 'utf8').split('\n').length);
  lengths.sort((a, b) => a - b);
  expect(lengths[lengths.length >> 1]).toBeLessThan(80);
});

describe('the law can be broken:', () => {
  // biome-ignore format: a table reads by column
  const crimes = [
    { what: 'a rule that knows the provider',      file: 'shared/rules/window/window.ts',       text: "import { x } from '../../whatsapp/x.ts';",                 says: /shared\/rules may not import shared\/whatsapp/ },
    { what: 'a noun that knows a rule',            file: 'shared/contract/chat.ts',      text: "import type { X } from '../rules/x.ts';",               says: /shared\/contract may not import/ },
    { what: 'a translator that knows a rule',      file: 'shared/whatsapp/in/read.ts',   text: "export { x } from '../../rules/x.ts';",                 says: /shared\/whatsapp may not import/ },
    { what: 'an edge that knows another',          file: 'shared/agent/http-agent.ts',   text: "import { x } from '../secrets/x.ts';",                  says: /shared\/agent may not import/ },
    { what: 'an import over several lines',        file: 'shared/kernel/hash.ts',        text: "import {\n  a,\n  b,\n} from '../contract/chat.ts';",   says: /shared\/kernel may not import/ },
    { what: 'a lazy import',                       file: 'shared/kernel/hash.ts',        text: "await import('../contract/chat.ts');",                  says: /shared\/kernel may not import/ },
    { what: 'an import for its effects',           file: 'shared/kernel/hash.ts',        text: "import '../contract/chat.ts';",                         says: /shared\/kernel may not import/ },
    { what: 'a function that knows another',       file: 'functions/send/handler.ts',    text: "import { x } from '../worker/take-turn.ts';",           says: /functions\/send may not import functions\/worker/ },
    { what: 'the chain that knows a function',     file: 'functions/chain/queue.ts',     text: "import { x } from '../send/deps.ts';",                  says: /functions\/chain may not import/ },
    { what: 'a function that knows the stack',     file: 'functions/send/main.ts',       text: "import { QUEUES } from '../../infra/functions.ts';",    says: /functions\/send may not import infra/ },
    { what: 'shared code that knows a function',   file: 'shared/store/chat/chats.ts',        text: "import { x } from '../../../functions/send/deps.ts';",     says: /shared\/store may not import/ },
    { what: 'a stack that knows the local runtime', file: 'infra/stack/watch.ts',        text: "import { x } from '../local/start.ts';",                says: /infra\/stack may not import/ },
    { what: 'a local runtime that knows CDK',      file: 'infra/local/start.ts',         text: "import { App } from 'aws-cdk-lib';",                    says: /may not import aws-cdk-lib/ },
    { what: 'an import without its ending',        file: 'functions/send/handler.ts',    text: "import { x } from './deps';",                           says: /with its ending/ },
    { what: 'DynamoDB outside the store',          file: 'functions/send/main.ts',       text: "import { X } from '@aws-sdk/client-dynamodb';",         says: /ask the room that owns it/ },
    { what: 'SQS outside the queues',              file: 'shared/store/chat/chats.ts',        text: "import type { X } from '@aws-sdk/client-sqs';",         says: /ask the room that owns it/ },
    { what: 'SSM outside the secrets',             file: 'functions/channels/create.ts', text: "import { X } from '@aws-sdk/client-ssm';",              says: /ask the room that owns it/ },
    { what: 'an emulator in what is deployed',     file: 'shared/store/table.ts',        text: "import dynalite from 'dynalite';",                      says: /ask the room that owns it/ },
    { what: 'classic zod in a Lambda',             file: 'shared/contract/chat.ts',      text: "import { z } from 'zod';",                              says: /zod\/mini/ },
    { what: 'a clock in a rule',                   file: 'shared/rules/window/window.ts',       text: 'const now = Date.now();',                               says: /pure and may not use Date\.now/ },
    { what: 'another clock in a rule',             file: 'shared/rules/window/window.ts',       text: 'const now = new Date();',                               says: /pure and may not use new Date\(\)/ },
    { what: 'chance in a translator',              file: 'shared/whatsapp/x.ts',         text: "import { randomUUID } from 'node:crypto';",             says: /pure and may not use randomUUID/ },
    { what: 'the network in a noun',               file: 'shared/contract/chat.ts',      text: "await fetch('https://example.com');",                   says: /pure and may not use fetch/ },
    { what: 'the network by another way',          file: 'shared/rules/window/window.ts',       text: "import { exchange } from '../../kernel/http.ts';",         says: /pure and may not import shared\/kernel\/http/ },
    { what: 'a file read in a rule',               file: 'shared/rules/window/window.ts',       text: "import { readFileSync } from 'node:fs';",               says: /pure and may not import node:fs/ },
    { what: 'the environment in a story',          file: 'functions/worker/take-turn.ts', text: 'const url = process.env.URL;',                         says: /only a main\.ts/ },
    { what: 'the environment in an edge',          file: 'shared/store/table.ts',        text: "import { env } from 'node:process';",                   says: /only a main\.ts/ },
    { what: 'a file that grew',                    file: 'shared/rules/window/window.ts',       text: 'x;\n'.repeat(251),                                      says: /251 lines/ },
    { what: 'an index',                            file: 'shared/rules/index.ts',        text: '',                                                      says: /say what is inside/ },
    { what: 'a drawer for everything',             file: 'shared/rules/string-utils.ts', text: '',                                                      says: /say what is inside/ },
    { what: 'a name in capitals',                  file: 'shared/rules/isOpen.ts',       text: '',                                                      says: /kebab-case/ },
    { what: 'a file that belongs nowhere',         file: 'shared/window.ts',             text: '',                                                      says: /in no room/ },
  ];

  test.each(crimes)('$what', ({ file, text, says }) => {
    expect(breaches({ file, text })).toEqual([expect.stringMatching(says)]);
  });

  test('a function without a handler', () => {
    expect(gaps(['functions/send/main.ts', 'functions/chain/queue.ts'])).toEqual([
      'functions/send has no handler.ts',
    ]);
  });
});

describe('the law forbids nothing it should not:', () => {
  // biome-ignore format: a table reads by column
  const honest = [
    { what: 'a function reads its environment',   file: 'functions/send/main.ts',      text: "import { x } from '../chain/queue.ts';\nconst url = process.env.URL;" },
    { what: 'a function uses every shared room',  file: 'functions/send/handler.ts',   text: "import { x } from '../../shared/store/table.ts';" },
    { what: 'a comment names what code may not',  file: 'shared/rules/window/window.ts',      text: '/** Not Date.now(): time is an argument. */\nconst x = 1; // never fetch() here' },
    { what: 'an address is no comment',           file: 'shared/whatsapp/limits.ts',   text: "const source = 'https://example.com/limits';" },
    { what: 'a given time is no clock',           file: 'shared/rules/window/window.ts',      text: 'const at = new Date(ms).toISOString();' },
    { what: 'the store has its client',           file: 'shared/store/table.ts',       text: "import { X } from '@aws-sdk/client-dynamodb';" },
    { what: 'the stack uses its constructs',      file: 'infra/stack/watch.ts',        text: "import { X } from '../constructs/alarms.ts';\nimport { QUEUES } from '../functions.ts';" },
    { what: 'exactly as long as allowed',         file: 'shared/rules/window/window.ts',      text: 'x;\n'.repeat(250) },
  ];

  test.each(honest)('$what', ({ file, text }) => {
    expect(breaches({ file, text })).toEqual([]);
  });
});
