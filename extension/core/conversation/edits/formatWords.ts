import * as l10n from '@vscode/l10n';
import type { FormatRecord } from './formatRecord.ts';

const percent = (part: number, whole: number): number => Math.round((100 * part) / whole);

/** How well the edits of a model fitted so far, in a few words; undefined where too few are known to tell. */
export function formatNote(formats: FormatRecord, label: string): string | undefined {
  const share = formats.share(label);
  return (
    share && l10n.t('This model: {0} % of {1} edits fitted at once', percent(share.fitted, share.edits), share.edits)
  );
}

/** The same with what is made of it, a line each; none where nothing is known. */
export function formatLines(formats: FormatRecord, label: string | undefined): string[] {
  const record = label === undefined ? undefined : formats.of(label);
  if (label === undefined || !record) return [];
  const { block, file, line } = record;
  const sum = (of: 'exact' | 'trailing' | 'indent' | 'refused' | 'mended') => block[of] + file[of] + line[of];
  const told = [
    l10n.t('{0} exactly', sum('exact')),
    l10n.t('{0} but for white space', sum('trailing') + sum('indent')),
    l10n.t('{0} refused', sum('refused')),
    l10n.t('{0} of these mended when asked again', sum('mended')),
  ].join(', ');
  return [
    l10n.t('Edits that it wrote: {0}', told),
    ...(formats.prefersWhole(label)
      ? [l10n.t('Its SEARCH/REPLACE blocks are often refused: new chats ask it for whole files where they are short')]
      : []),
  ];
}
