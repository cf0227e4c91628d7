/** A call of a function to an agent or to 360dialog, as the sandbox has seen it. */
export interface SeenCall {
  /** Epoch milliseconds. */
  at: number;
  took_ms: number;
  method: string;
  url: string;
  /** Keys and other secrets as `…`. */
  headers: Record<string, string>;
  /** JSON where it is JSON, else text; null for none. */
  body: unknown;
  /** Null: no answer came, and `error` says why. */
  status: number | null;
  answer: unknown;
  error: string | null;
}
