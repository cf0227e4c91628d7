declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** `path`: a folder to keep the tables in; in memory without it. */
  export default function dynalite(options: { path?: string; createTableMs?: number }): Server;
}
