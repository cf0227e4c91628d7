/** Where this runtime pretends to be. */
export const REGION = 'eu-central-1';
export const ACCOUNT = '000000000000';

/** How the runtime itself speaks to an emulator; the functions have names of their own. */
export const clientOptions = (endpoint: string) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
