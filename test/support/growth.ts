/** Between 8, where time is linear in the input, and 64, where it is its square. */
const MOST = 24;
const ROUNDS = 8;
/** Less than this is mostly the clock's own noise. */
const LEAST_MS = 0.5;

/**
 * Whether eight times the input takes about eight times as long, and not its square. The shortest of several
 * rounds counts, and one good round is enough: collecting garbage only makes things slower.
 */
export async function growsLinearly(
  run: (size: number) => unknown,
  size: number,
): Promise<boolean> {
  let [small, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round++) {
    small = Math.min(small, await timeOf(run, size));
    large = Math.min(large, await timeOf(run, size * 8));
    if (large / Math.max(small, LEAST_MS) < MOST) return true;
    if (large > 1_000) break; // more rounds would only make the test wait
  }
  return false;
}

/** Of the processor, in milliseconds: what else this machine does is not counted. */
async function timeOf(run: (size: number) => unknown, size: number): Promise<number> {
  const begun = process.cpuUsage();
  await run(size);
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
