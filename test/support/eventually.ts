import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds that something may take on a machine which has much else to do. */
export const patience = 45_000;

/** Milliseconds between two attempts. */
const pause = 100;

/** Makes an attempt until it succeeds, and returns what it gives. @throws the error of the last one after `limit` ms. */
export async function eventually<T>(attempt: () => Promise<T> | T, limit = patience): Promise<T> {
  const deadline = Date.now() + limit;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await wait(pause);
  }
}
