import { listenOnLoopback } from '../../infra/local/http/listen-on-loopback.ts';
import { serve } from '../../infra/local/http/serve.ts';

/**
 * Hands out the files that trials name in addresses: `/f/<type>/<bytes>/<name>`, type and bytes in
 * base64url.
 */
export async function serveTrialFiles(): Promise<{ url: string; stop: () => Promise<void> }> {
  const plain = (word = '') => Buffer.from(word, 'base64url');
  const { port, close } = await listenOnLoopback(
    serve(({ path }) => {
      const [, , type, bytes] = path.split('/');
      return {
        status: 200,
        headers: { 'content-type': plain(type).toString() },
        body: plain(bytes),
      };
    }),
  );
  return { url: `http://127.0.0.1:${port}`, stop: close };
}
