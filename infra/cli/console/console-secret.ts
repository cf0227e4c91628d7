import { sameHash, secretHash } from '../../../shared/kernel/hash.ts';

/** The name of the secret in the printed address. */
const IN_ADDRESS = 'key';

/** The secret of one run of the console, and where a browser shows that it knows it. */
export class ConsoleSecret {
  readonly #hash: string;
  readonly #secret: string;
  readonly #cookie: string;

  /** `port`: cookies of this machine go to each of its ports, so the name says whose it is. */
  constructor(secret: string, port: number) {
    this.#secret = secret;
    this.#hash = secretHash(secret);
    this.#cookie = `console-${port}`;
  }

  /** What follows `/` in the address that is printed. */
  get query(): string {
    return `?${IN_ADDRESS}=${this.#secret}`;
  }

  /** Whether the query has the secret: the first visit. */
  isInQuery(query: string): boolean {
    const given = new URLSearchParams(query).get(IN_ADDRESS);
    return given !== null && this.#fits(given);
  }

  /** Whether the cookie of the first visit has it. */
  isInCookies(header: string | undefined): boolean {
    return (header ?? '')
      .split(';')
      .map((pair) => pair.trim().split('='))
      .some(([name, value = '']) => name === this.#cookie && this.#fits(value));
  }

  /** What the first visit leaves: no script reads it, and no page of another site sends it. */
  get setCookie(): string {
    return `${this.#cookie}=${this.#secret}; Path=/; HttpOnly; SameSite=Strict`;
  }

  #fits(given: string): boolean {
    return sameHash(secretHash(given), this.#hash);
  }
}
