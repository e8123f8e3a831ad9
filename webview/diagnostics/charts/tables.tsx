import * as l10n from '@vscode/l10n';
import type { FillResult } from '../../../extension/protocol/windowProbe.ts';
import { percent, seconds, short, whole } from '../figures.ts';

/** Right answers by depth and size: a table whose cells are shaded. */
export function DepthGrid({ fills }: { readonly fills: readonly FillResult[] }) {
  const asked = fills.filter(({ recall }) => recall);
  const depths = [...new Set(asked.flatMap(({ recall }) => recall?.byDepth.map(({ depth }) => depth) ?? []))];
  if (depths.length === 0) return null;
  return (
    <div class="scroll">
      <table class="grid">
        <caption>{l10n.t('Right answers, by where in the prompt they stand')}</caption>
        <thead>
          <tr>
            <th scope="col">{l10n.t('Depth')}</th>
            {asked.map(({ fill }) => (
              <th key={fill} scope="col">
                {short(fill)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {depths.map((depth) => (
            <tr key={depth}>
              <th scope="row">{depth} %</th>
              {asked.map(({ fill, recall }) => {
                const cell = recall?.byDepth.find((each) => each.depth === depth);
                const share = cell && cell.questions > 0 ? cell.recall : undefined;
                const title = l10n.t('{0} questions', cell?.questions ?? 0);
                return (
                  <td key={fill} class={share === undefined ? '' : `level-${Math.round(share * 4)}`} title={title}>
                    {percent(share)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Everything that was measured, in figures. */
export function FillTable({ fills }: { readonly fills: readonly FillResult[] }) {
  const heads = [
    l10n.t('Fill'),
    l10n.t('Tokens, by the server'),
    l10n.t('Planted facts'),
    l10n.t('Real definitions'),
    l10n.t('Questions'),
    l10n.t('Cold'),
    l10n.t('Cached'),
    l10n.t('From cache'),
    l10n.t('Tokens read a second'),
  ];
  return (
    <div class="scroll">
      <table class="fills">
        <caption>{l10n.t('All figures')}</caption>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {fills.map((each) => (
            <tr key={each.fill}>
              <th scope="row">{whole(each.fill)}</th>
              <td>{each.promptTokens === undefined ? '–' : whole(each.promptTokens)}</td>
              <td>{percent(each.recall?.planted)}</td>
              <td>{percent(each.recall?.real)}</td>
              <td>{each.recall?.questions ?? 0}</td>
              <td>{seconds(each.firstTokenCold)}</td>
              <td>{seconds(each.firstTokenCached)}</td>
              <td>{percent(each.cachedShare)}</td>
              <td>{each.tokensPerSecond === undefined ? '–' : whole(each.tokensPerSecond)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
