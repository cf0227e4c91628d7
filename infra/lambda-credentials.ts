// Takes the place of the SDK's search for credentials in every bundle: profiles, single sign-on and
// instance metadata are 90 KB that a Lambda never needs. DECISIONS.md, "Bundles".

/** A Lambda's credentials are in its environment, and stay the same for as long as it lives. */
export const defaultProvider = () => async () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '',
  ...(process.env.AWS_SESSION_TOKEN && { sessionToken: process.env.AWS_SESSION_TOKEN }),
});
