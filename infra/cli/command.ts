import type { Readable, Writable } from 'node:stream';
import type { AdminAnswer, AdminApi, AdminRequest } from './ask-admin-api.ts';
import type { LogFound, LogQuestion } from './log/log-line.ts';
import type { NextCommand } from './next-command.ts';
import type { NotAsked, Outcome } from './outcome.ts';

/** An option of a command, as `parseArgs` reads it and as `--help` shows it. */
export interface Option {
  type: 'string' | 'boolean';
  multiple?: true;
  /** The placeholder for its value in the help: `NAME`. */
  value?: string;
  says: string;
}
export type Options = Record<string, Option>;

type ValueOf<O extends Option> = O['type'] extends 'boolean'
  ? boolean
  : O extends { multiple: true }
    ? string[]
    : string;
export type Values<O extends Options> = { [Name in keyof O]?: ValueOf<O[Name]> };

/** Where a command reads from and writes to. */
export interface Terminal {
  stdin: Readable & { isTTY?: boolean };
  stdout: Writable;
  stderr: Writable;
  env: Record<string, string | undefined>;
  /** Hears that the person, or the machine, wants the program to end. */
  once(signal: 'SIGINT' | 'SIGTERM', stop: () => void): unknown;
}

/** One use of a command. */
export interface Call<O extends Options = Options> {
  /** One for each name in `takes`, and those of `mayTake` that were given. */
  given: string[];
  values: Values<O>;
  terminal: Terminal;
  /** Whether programs read what is printed. */
  asJson: boolean;
  /** The admin endpoints of the place the options name. */
  openApi(): Promise<AdminApi | NotAsked>;
  /** Calls an admin endpoint, of the place the options name. */
  ask(question: AdminRequest): Promise<AdminAnswer>;
  /** Calls an endpoint of the channel’s own, below `/v1/channels`, with its API key. */
  askWithKey(apiKey: string, question: Omit<AdminRequest, 'root'>): Promise<AdminAnswer>;
  /** Reads the log of the place the options name. */
  readLog(question: LogQuestion): Promise<LogFound>;
  /** The address of the local runtime, where the options name that; else null. */
  localUrl: string | null;
  /** Writes what a person may do next, as it can be pasted. */
  next: NextCommand;
}

export interface Command {
  name: string;
  /** One line for the list of commands. */
  does: string;
  /** The names of the arguments that follow the command. */
  takes: string[];
  /** The names of those that may follow them. */
  mayTake?: string[];
  options: Options;
  /** One more section of the help. */
  alsoTakes?: { title: string; rows(): string[][] };
  /** What the help says beside the options. */
  notes: string[];
  examples: string[];
  run(call: Call): Promise<Outcome>;
}

/** A command whose `run` knows the types of its own options. */
export const command = <const O extends Options>(
  spec: Omit<Command, 'options' | 'run'> & {
    options: O;
    run(call: Call<O>): Promise<Outcome>;
  },
): Command => ({ ...spec, run: (call) => spec.run(call as Call<O>) });
