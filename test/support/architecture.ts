import { posix } from 'node:path';

export interface SourceFile {
  /** Path from the project's root, with forward slashes. */
  file: string;
  text: string;
}

const PURE = ['shared/kernel', 'shared/contract'];
const EDGE = [...PURE, 'shared/rules', 'shared/whatsapp'];

/** The rooms, and for each the rooms it may import from beside itself. */
const ROOMS: Record<string, readonly string[]> = {
  'shared/kernel': [],
  'shared/contract': ['shared/kernel'],
  'shared/rules': PURE,
  'shared/whatsapp': PURE,
  'shared/store': EDGE,
  'shared/queues': EDGE,
  'shared/dialog360': EDGE,
  'shared/agent/wire': PURE,
  'shared/agent': [...EDGE, 'shared/agent/wire'],
  'shared/transcriber': [...EDGE, 'shared/agent/wire'],
  'shared/secrets': EDGE,
  'functions/chain': ['shared'],
  'functions/webhook': ['shared', 'functions/chain'], // functions meet in a queue, not in an import
  'functions/worker': ['shared', 'functions/chain'],
  'functions/news': ['shared', 'functions/chain'],
  'functions/statuses': ['shared', 'functions/chain'],
  'functions/send/part': ['shared', 'functions/chain', 'functions/send/*'],
  'functions/send/reply': ['shared', 'functions/chain', 'functions/send/*', 'functions/send/part'],
  'functions/send': ['shared', 'functions/chain'],
  'functions/requests': ['shared', 'functions/chain'],
  'functions/media': ['shared', 'functions/chain'],
  'functions/channels': ['shared', 'functions/chain'],
  'functions/sweep': ['shared', 'functions/chain'],
  'infra/constructs': ['shared', 'infra/*'],
  'infra/stack': ['shared', 'infra/*', 'infra/constructs'],
  'infra/local': ['shared', 'functions', 'infra/*'],
  // openapi.json has the fields of its forms
  'infra/console': [
    'shared',
    'infra/*',
    'infra/local/inspector',
    'infra/local/dialog360',
    'infra/local/faults',
    'infra/local/scenarios',
  ],
  infra: ['shared', 'functions'],
  test: ['shared', 'functions', 'infra'],
};

/**
 * Packages with one owner. Tests may use any, and the local runtime any but CDK.
 */
const OWNERS: { packages: RegExp; rooms: readonly string[] }[] = [
  {
    packages: /^@aws-sdk\/(client-dynamodb|lib-dynamodb)$/,
    rooms: ['shared/store', 'infra/local'],
  },
  { packages: /^@aws-sdk\/client-sqs$/, rooms: ['shared/queues', 'infra/local'] },
  { packages: /^@aws-sdk\/client-ssm$/, rooms: ['shared/secrets', 'infra/local'] },
  { packages: /^(dynalite|fauxqs|esbuild)$/, rooms: ['infra/local'] },
  { packages: /^(preact|@preact\/signals)$/, rooms: ['infra/console'] },
  {
    packages: /^(aws-cdk-lib|constructs)(\/|$)/,
    rooms: ['infra/app.ts', 'infra/stack', 'infra/constructs'],
  },
];

/** Pure rooms: same input, same output. Time, chance and the network arrive as arguments. */
const PURE_ROOMS = ['shared/contract', 'shared/rules', 'shared/whatsapp', 'shared/agent/wire'];
const REACHES_OUTSIDE =
  /\bfetch\(|\bprocess\.|\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\brandom(UUID|Bytes|Int)\b|\bset(Timeout|Interval|Immediate)\b|\bconsole\./;
const OUTSIDE_MODULES =
  /^(@aws-sdk\/.*|@aws-lambda-powertools\/.*|node:(fs|net|dns|tls|http|https|http2|os|process|child_process|timers|worker_threads)(\/.*)?)$/;
const OUTSIDE_KERNEL = ['http', 'log', 'metrics'].map((name) => `shared/kernel/${name}.ts`);

const NAMES_THAT_SAY_NOTHING =
  /^(index|type|common|misc|shared)\.tsx?$|(^|-)(types|commons|utils?|helpers?|managers?|services?|dtos?)\.tsx?$/;
const MOST_LINES = 250;

/** A sentence for each rule that a file breaks; empty when it breaks none. */
export function breaches({ file, text }: SourceFile): string[] {
  const room = roomOf(file);
  if (!room) return [`${file} is in no room`];
  const code = withoutComments(text);
  return [
    ...importsOf(code).flatMap((path) => judgeImport(file, room, path)),
    ...judgeCode(file, room, code),
    ...judgeFile(file, text),
  ];
}

/** What is missing in the tree: every function has the same two files. */
export function gaps(files: string[]): string[] {
  const folders = new Set(files.flatMap((file) => file.match(/^functions\/[^/]+(?=\/)/) ?? []));
  folders.delete('functions/chain');
  return [...folders].flatMap((folder) =>
    ['main.ts', 'handler.ts']
      .filter((name) => !files.includes(`${folder}/${name}`))
      .map((name) => `${folder} has no ${name}`),
  );
}

const roomOf = (file: string) => Object.keys(ROOMS).find((room) => file.startsWith(`${room}/`));

function judgeImport(file: string, room: string, path: string): string[] {
  if (!path.startsWith('.')) return judgePackage(file, room, path);
  const target = posix.join(posix.dirname(file), path);
  const open = [room, ...(ROOMS[room] ?? [])].some((other) => isIn(target, other));
  return [
    ...(open ? [] : [`${room} may not import ${target}`]),
    ...(/\.(tsx?|json)$/.test(path) ? [] : [`${path}: import the file you mean, with its ending`]),
    ...(PURE_ROOMS.includes(room) && OUTSIDE_KERNEL.includes(target)
      ? [`${room} is pure and may not import ${target}`]
      : []),
  ];
}

function judgePackage(file: string, room: string, name: string): string[] {
  const owner = OWNERS.find(({ packages }) => packages.test(name));
  const owned = !owner || room === 'test' || owner.rooms.some((place) => file.startsWith(place));
  const loaded = file.startsWith('shared/') || file.startsWith('functions/');
  const classicZod = loaded && /^zod($|\/)/.test(name) && !/^zod\/(mini|v4\/core)$/.test(name);
  return [
    ...(owned ? [] : [`${room} may not import ${name}: ask the room that owns it`]),
    ...(classicZod ? [`${name}: what a Lambda loads uses zod/mini`] : []),
    ...(PURE_ROOMS.includes(room) && OUTSIDE_MODULES.test(name)
      ? [`${room} is pure and may not import ${name}`]
      : []),
  ];
}

function judgeCode(file: string, room: string, code: string): string[] {
  const reach = PURE_ROOMS.includes(room) ? code.match(REACHES_OUTSIDE) : null;
  const mayReadEnvironment = /^(functions\/[^/]+\/main\.ts$|infra\/|test\/)/.test(file);
  const readsEnvironment = /\bprocess\.env\b|from 'node:process'/.test(code);
  return [
    ...(reach ? [`${room} is pure and may not use ${reach[0]}`] : []),
    ...(readsEnvironment && !mayReadEnvironment ? ['only a main.ts reads the environment'] : []),
  ];
}

function judgeFile(file: string, text: string): string[] {
  const name = posix.basename(file);
  const lines = text.split('\n').length - 1;
  return [
    ...(lines > MOST_LINES ? [`${lines} lines: one idea per file, ${MOST_LINES} at most`] : []),
    ...(NAMES_THAT_SAY_NOTHING.test(name) ? [`${name}: a name must say what is inside`] : []),
    ...(/^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.tsx?$/.test(name) ? [] : [`${name}: kebab-case`]),
  ];
}

/** `infra/*` is the files of the folder itself, `infra` everything below it. */
const isIn = (target: string, room: string) =>
  room.endsWith('/*') ? posix.dirname(target) === room.slice(0, -2) : target.startsWith(`${room}/`);

/** Static and dynamic imports and re-exports, those of types included. */
const importsOf = (code: string): string[] =>
  [
    /^(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"\n]+)/gm,
    /^import\s*['"]([^'"\n]+)/gm,
    /\bimport\(\s*['"]([^'"\n]+)/g,
  ].flatMap((form) => [...code.matchAll(form)].flatMap(([, path]) => path ?? []));

/**
 * Comments are left out, because they may name what the code may not use. `//` begins one only
 * after a blank, because addresses hold it too.
 */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
