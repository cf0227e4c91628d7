import { randomBytes } from 'node:crypto';

/** The region and account that the emulators and events name. */
export const REGION = 'eu-central-1';
export const ACCOUNT = '000000000000';

/** What the emulators of this run ask for beside the access key, whose id only names the caller. */
export const RUN_TOKEN = randomBytes(32).toString('base64url');

/** The credentials of a caller of the emulators: `local` is the runtime itself, a function has its own name. */
export const credentialsOf = (caller: string) => ({
  accessKeyId: caller,
  secretAccessKey: 'local',
  sessionToken: RUN_TOKEN,
});

/** How the runtime itself calls an emulator. */
export const clientOptions = (endpoint: string) => ({
  endpoint,
  region: REGION,
  credentials: credentialsOf('local'),
});
