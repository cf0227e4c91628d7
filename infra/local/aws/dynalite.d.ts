declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** `path`: the folder that keeps the tables; without it they are in memory. */
  export default function dynalite(options: { path?: string; createTableMs?: number }): Server;
}
