/**
 * Runs work that tells things while it goes on: yields what it tells, in order, and returns its result. Where the iteration
 * is abandoned, what is told later goes nowhere; the work itself hears of it by its own signal.
 */
export async function* telling<Told, Result>(
  work: (tell: (told: Told) => void) => Promise<Result>,
): AsyncGenerator<Told, Result> {
  const waiting: Told[] = [];
  let wake: () => void = () => {};
  let isOver = false;
  const result = work((told) => {
    waiting.push(told);
    wake();
  }).finally(() => {
    isOver = true;
    wake();
  });
  // Whoever abandons the iteration does not hear of a failure.
  result.catch(() => {});
  for (;;) {
    while (waiting.length > 0) yield waiting.shift() as Told;
    if (isOver) return result;
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (isOver || waiting.length > 0) resolve();
    });
  }
}
