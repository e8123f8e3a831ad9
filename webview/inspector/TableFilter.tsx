import * as l10n from '@vscode/l10n';
import type { Filter } from './rows.ts';

/** What the table's filter shows. */
interface TableFilterProps {
  readonly filter: Filter;
  /** Files that it lets through, for the user. */
  readonly found: string;
  readonly change: (filter: Filter) => void;
}

/** Narrows the table down to some files. */
export function TableFilter({ filter, found, change }: TableFilterProps) {
  return (
    <div class="filter">
      <input
        type="search"
        value={filter.words}
        aria-label={l10n.t('Filter files')}
        placeholder={l10n.t('Filter by path or reason')}
        onInput={({ currentTarget }) => change({ ...filter, words: currentTarget.value })}
      />
      <select
        aria-label={l10n.t('Files to list')}
        value={filter.show}
        onChange={({ currentTarget }) => change({ ...filter, show: currentTarget.value as Filter['show'] })}
      >
        <option value="all">{l10n.t('All files')}</option>
        <option value="in">{l10n.t('Files that are sent')}</option>
        <option value="out">{l10n.t('Files left out')}</option>
      </select>
      <output class="found">{l10n.t('{0} files', found)}</output>
    </div>
  );
}
