/** Corrects our counts by what servers report: their tokenizers cut some texts finer than ours does. */
export interface Calibration {
  /**
   * A server's tokens for one of ours, as it reported them or as is known of its model's family: 1 at least, so that a
   * prompt that is counted to fit does fit.
   */
  factor(server: { readonly label: string; readonly tokenFactor?: number }): number;
  /** Learns from a prompt that was counted before it was sent. */
  learn(server: string, counted: number, reported: number): void;
}

/** Tokens; a shorter prompt is mostly template, which our counts leave out. */
const tellingPrompt = 1_000;

/** What is farther off than this is no tokenizer's doing: a server that cut the prompt, or reports only what was new. */
const furthest = 3;

/** The weight of the latest report among all before. */
const weight = 0.3;

/** Creates a calibration that knows nothing yet. */
export function createCalibration(): Calibration {
  const ratios = new Map<string, number>();
  return {
    factor: ({ label, tokenFactor = 1 }) => Math.max(1, tokenFactor, ratios.get(label) ?? 1),
    learn(server, counted, reported) {
      const ratio = reported / counted;
      if (counted < tellingPrompt || !(ratio > 1 / furthest && ratio < furthest)) return;
      const known = ratios.get(server);
      ratios.set(server, known === undefined ? ratio : known + weight * (ratio - known));
    },
  };
}
