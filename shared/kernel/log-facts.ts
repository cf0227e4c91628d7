/**
 * Facts of a line of the log. A line has members of its own, and the logger drops a fact of such a name
 * (`ReservedKeys` of Powertools 2).
 */
export type LogFacts<Value = unknown> = { [fact: string]: Value } & {
  [own in 'level' | 'message' | 'sampling_rate' | 'service' | 'timestamp']?: never;
};
