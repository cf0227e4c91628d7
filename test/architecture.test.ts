import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { breaches, gaps } from './support/architecture.ts';
import {
  papersNotHere,
  protocolsIn,
  unknownHeadings,
  unknownProtocols,
} from './support/citations.ts';

const root = join(import.meta.dirname, '..');
const files = globSync('{functions,infra,shared,test}/**/*.{ts,tsx}', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  // The sources made up below would be read as its own.
  .filter((file) => file !== 'test/architecture.test.ts');

test.each(files)('%s keeps the laws of the house', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  expect(breaches({ file, text })).toEqual([]);
});

test('the architecture names each item of the table', () => {
  const keys = readFileSync(join(root, 'shared/store/keys.ts'), 'utf8');
  const made = [...keys.matchAll(/\b[ps]k: [`']([A-Z-]+)[#']/g)].map(([, name]) => name);
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
  const rows = page.match(/^\| table: [^|]+/gm) ?? [];
  const named = rows.flatMap((row) => [...row.matchAll(/`([A-Z-]+)`/g)].map(([, name]) => name));
  expect(named.toSorted()).toEqual([...new Set(made)].toSorted());
});

test('the journey that CONTRIBUTING prints is the one in its file', () => {
  const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const journey = readFileSync(join(root, 'test/journeys/voice-note.test.ts'), 'utf8');
  expect(page).toContain(`\`\`\`ts\n${journey}\`\`\``);
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
    { what: 'a part that knows its reply',         file: 'functions/send/part/send-part.ts', text: "import { x } from '../reply/settle-reply.ts';",    says: /functions\/send\/part may not import functions\/send\/reply/ },
    { what: 'the chain that knows a function',     file: 'functions/chain/queue.ts',     text: "import { x } from '../send/deps.ts';",                  says: /functions\/chain may not import/ },
    { what: 'a function that knows the stack',     file: 'functions/send/main.ts',       text: "import { QUEUES } from '../../infra/functions.ts';",    says: /functions\/send may not import infra/ },
    { what: 'shared code that knows a function',   file: 'shared/store/chat/chats.ts',        text: "import { x } from '../../../functions/send/deps.ts';",     says: /shared\/store may not import/ },
    { what: 'a stack that knows the local runtime', file: 'infra/stack/watch.ts',        text: "import { x } from '../local/start.ts';",                says: /infra\/stack may not import/ },
    { what: 'a local runtime that knows CDK',      file: 'infra/local/start.ts',         text: "import { App } from 'aws-cdk-lib';",                    says: /may not import aws-cdk-lib/ },
    { what: 'a page that loads a part of the runtime', file: 'infra/console/phone/x.ts', text: "import { x } from '../../local/runtime.ts';",             says: /infra\/console may not import/ },
    { what: 'a page\'s library in what is deployed', file: 'shared/store/table.ts', text: "import { h } from 'preact';",                            says: /ask the room that owns it/ },
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

describe('what is cited exists:', () => {
  const papers = globSync(
    ['{functions,infra,shared,test}/**/*.{ts,tsx,cjs,py,md}', 'docs/**/*.md', '*.{md,ts}'],
    { cwd: root },
  )
    .map((file) => file.replaceAll('\\', '/'))
    // They hold the citations made up below, and the words that are looked for.
    .filter((file) => !/^test\/(architecture\.test|support\/citations)\.ts$/.test(file))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
  const there = new Set(
    globSync(['*', '{docs,functions,infra,shared,test}/**'], { cwd: root }).map((file) =>
      file.replaceAll('\\', '/').replace(/\/$/, ''),
    ),
  );
  const protocols = protocolsIn(papers);

  test('the pages have every protocol of the index, numbered without a gap, each with its steps', () => {
    const numbers = [...protocols.keys()].map(Number).sort((a, b) => a - b);
    const index = readFileSync(join(root, 'shared/store/PROTOCOLS.md'), 'utf8');
    const listed = [...index.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));
    expect(listed).toEqual(Array.from({ length: listed.length }, (_, at) => at + 1));
    expect(numbers).toEqual(listed);
    expect([...(protocols.get('14') ?? [])]).toEqual(expect.arrayContaining(['2', "2'", '3a']));
  });

  test('each protocol that is cited, and each step, is in a page', () => {
    expect(papers.flatMap((paper) => unknownProtocols(paper, protocols))).toEqual([]);
  });

  test('each file, folder and heading that is cited is there', () => {
    expect(papers.flatMap((paper) => unknownHeadings(paper, papers, there))).toEqual([]);
  });

  test('no file cites a paper that is not in the repository', () => {
    expect(papers.flatMap(papersNotHere)).toEqual([]);
  });

  const pages = [
    {
      file: 'shared/store/protocols/turn.md',
      text: "## 7. Wait\n\n| 1 | x |\n| 1' | x |\n| 2a | x |\n",
    },
    {
      file: 'docs/contract.md',
      text: '# The contract\n\n### What the agent answers\n\n### Codes\n### Codes',
    },
    { file: 'README.md', text: '```sh\n# no heading\n```' },
    { file: 'DECISIONS.md', text: '# Decisions\n\n## Local runtime' },
    { file: 'shared/a.ts', text: '' },
  ];
  const made = protocolsIn(pages);
  const names = new Set(pages.map(({ file }) => file));

  // biome-ignore format: a table reads by column
  const wrong = [
    { what: 'a protocol that no page has',        file: 'shared/a.ts', text: '// PROTOCOLS 8: as it says',            says: 'shared/a.ts cites "PROTOCOLS 8"' },
    { what: 'a step that the protocol lacks',     file: 'shared/a.ts', text: '// PROTOCOLS 7.2: the write',           says: 'shared/a.ts cites "PROTOCOLS 7.2"' },
    { what: 'the second of two steps',            file: 'shared/a.ts', text: "/** PROTOCOLS 7.1' and 7.3. */",        says: 'shared/a.ts cites "PROTOCOLS 7.1\' and 7.3"' },
    { what: 'a citation over two lines',          file: 'shared/a.ts', text: '/**\n * PROTOCOLS 7.1 and\n * 9.\n */', says: 'shared/a.ts cites "PROTOCOLS 7.1 and 9"' },
    { what: 'a range over two protocols',         file: 'shared/a.ts', text: '// PROTOCOLS 7.1 to 8.4',              says: 'shared/a.ts cites "PROTOCOLS 7.1 to 8.4"' },
    { what: 'a step, in a page',                  file: 'shared/store/protocols/turn.md', text: 'healed by step 7.3', says: 'shared/store/protocols/turn.md cites "step 7.3"' },
    { what: 'a file that is not there',           file: 'shared/a.ts', text: '// docs/agent.md says so',              says: 'shared/a.ts cites docs/agent.md, which is no file' },
    { what: 'a heading that is not there',        file: 'shared/a.ts', text: '// (docs/contract.md#replies)',         says: 'shared/a.ts cites docs/contract.md#replies, which is no heading' },
    { what: 'a link to a file that is not there', file: 'docs/b.md',   text: '[see](../a.ts)',                        says: 'docs/b.md cites ../a.ts, which is no file' },
    { what: 'a link to a heading of its own',     file: 'README.md',   text: '[see](#no-heading)',                    says: 'README.md cites #no-heading, which is no heading' },
    { what: 'code that is not there',             file: 'shared/a.ts', text: '// as in shared/store/b.ts.',           says: 'shared/a.ts cites shared/store/b.ts, which is no file' },
    { what: 'a folder that is not there',         file: 'README.md',   text: 'see `shared/store`',                    says: 'README.md cites shared/store, which is no file' },
    { what: 'a decision that is not there',       file: 'shared/a.ts', text: '// why: DECISIONS.md, "Colours"',       says: 'shared/a.ts cites DECISIONS.md, "Colours", which is no heading' },
    { what: 'a paper of the design',              file: 'shared/a.ts', text: '// product.md has it',                  says: 'shared/a.ts cites product.md' },
    { what: 'the contract without its folder',    file: 'shared/a.ts', text: '// contract.md, 3',                     says: 'shared/a.ts cites contract.md' },
    { what: 'a number of a paper',                file: 'shared/a.ts', text: '// the option (C2)',                    says: 'shared/a.ts cites (C2)' },
  ];

  const judge = (paper: { file: string; text: string }) => [
    ...unknownProtocols(paper, made),
    ...unknownHeadings(paper, pages, names),
    ...papersNotHere(paper),
  ];

  test.each(wrong)('$what is found', ({ file, text, says }) => {
    expect(judge({ file, text })).toEqual([says]);
  });

  // biome-ignore format: a table reads by column
  const right = [
    { what: 'a protocol and its steps',    file: 'shared/a.ts', text: "// PROTOCOLS 7, 7.1' and 7.2a. 9 is no part of it" },
    { what: 'a heading, and its namesake', file: 'shared/a.ts', text: '// docs/contract.md#what-the-agent-answers, docs/contract.md#codes-1' },
    { what: 'code and decisions',          file: 'shared/a.ts', text: '// shared/a.ts, DECISIONS.md, "Local\n// runtime"\nconst no = "shared/c.ts";' },
    { what: 'links from where a page lies', file: 'docs/b.md',  text: '[a](contract.md#codes) [b](../README.md) [c](https://example.com/x.md)' },
  ];

  test.each(right)('$what may be cited', ({ file, text }) => {
    expect(judge({ file, text })).toEqual([]);
  });
});
