const LOOK_AGAIN_MS = 20;

/** Resolves when something holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
}
