/** The region and account that the emulators and events name. */
export const REGION = 'eu-central-1';
export const ACCOUNT = '000000000000';

/**
 * How the runtime itself calls an emulator. A function signs with its own name instead of `local`.
 */
export const clientOptions = (endpoint: string) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
