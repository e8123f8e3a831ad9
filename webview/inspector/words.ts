import * as l10n from '@vscode/l10n';
import type { DetailLevel, Reuse } from '../../extension/protocol/inspector.ts';

/** A level of detail for the user. */
export function levelName(level: DetailLevel): string {
  switch (level) {
    case 'full':
      return l10n.t('whole');
    case 'excerpt':
      return l10n.t('excerpt');
    case 'skeleton':
      return l10n.t('skeleton');
    case 'name':
      return l10n.t('name only');
  }
}

/** What a server is likely to have of a file, for the user. */
export function reuseName(reuse: Reuse): string {
  switch (reuse) {
    case 'cached':
      return l10n.t('cached');
    case 'moved':
      return l10n.t('unchanged, read again');
    case 'new':
      return l10n.t('new or changed');
  }
}

/** Counts and shares as the user's language writes them. */
export interface Numbers {
  count(value: number): string;
  /** A part of a whole, in percent. */
  share(part: number, whole: number): string;
  dollars(value: number): string;
}

/** Creates the writer of numbers for a language. */
export function numbersIn(language: string): Numbers {
  const counts = new Intl.NumberFormat(language);
  const shares = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  const dollars = new Intl.NumberFormat(language, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 });
  return {
    count: (value) => counts.format(value),
    share: (part, whole) => shares.format(whole > 0 ? part / whole : 0),
    dollars: (value) => dollars.format(value),
  };
}
