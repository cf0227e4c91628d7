export interface DoubleOptions {
  /** Between two statuses of a message. */
  statusGapMs?: number;
  /** The time of messages and statuses: epoch milliseconds. */
  now?: () => number;
  /** One line for people for each thing that happens. */
  tell?: (line: string) => void;
}

/** A request of the product, as it came. */
export interface ReceivedRequest {
  method: string;
  path: string;
  key: string;
  /** JSON; null where it is none. */
  body: unknown;
}
