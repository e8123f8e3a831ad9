/** The language of the page, which the host has set. */
const language = (): string => document.documentElement.lang;

/** A whole number with its separators. */
export const whole = (value: number): string => Math.round(value).toLocaleString(language());

/** A share from 0 to 1 as per cent; a dash where it is not known. */
export const percent = (share: number | undefined): string =>
  share === undefined ? '–' : `${Math.round(100 * share)} %`;

/** Milliseconds as seconds with two figures that count; a dash where they are not known. */
export const seconds = (milliseconds: number | undefined): string => {
  if (milliseconds === undefined) return '–';
  const value = milliseconds / 1_000;
  return `${value.toLocaleString(language(), { maximumSignificantDigits: value < 10 ? 2 : 3 })} s`;
};

/** US dollars, to the cent where there are any. */
export const dollars = (value: number): string => `$${value.toFixed(value < 0.1 ? 4 : 2)}`;

/** Tokens in few characters: 8000 is 8K. */
export const short = (tokens: number): string =>
  tokens >= 1_000_000 ? `${Number((tokens / 1_000_000).toFixed(1))}M` : `${Number((tokens / 1_000).toFixed(1))}K`;
