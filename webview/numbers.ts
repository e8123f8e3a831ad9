/** A count in few characters, as the page's language writes it: 1234 is `1.2K` in English. */
export const compact = (count: number, language?: string): string =>
  new Intl.NumberFormat(language || undefined, { notation: 'compact', maximumFractionDigits: 1 }).format(count);

/** Milliseconds as whole seconds, at least one. */
export const wholeSeconds = (milliseconds: number): number => Math.max(1, Math.round(milliseconds / 1000));
