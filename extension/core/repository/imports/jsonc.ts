import { parse } from 'jsonc-parser';

/** Reads JSON with comments and trailing commas, as tsconfig.json has them, as far as it can; undefined where it is no object. */
export function parseJsonc(text: string): Readonly<Record<string, unknown>> | undefined {
  const value: unknown = parse(text, [], { allowTrailingComma: true });
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}
