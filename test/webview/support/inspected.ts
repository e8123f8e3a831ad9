import type {
  Decisions,
  InspectedPack,
  InspectorChoices,
  InspectorHostMessage,
  InspectorPageMessage,
} from '../../../extension/protocol/inspector.ts';
import type { HostedPage } from './page.ts';

/** The inspector's page with the test as its host. */
export type InspectorPage = HostedPage<InspectorHostMessage, InspectorPageMessage>;

export const choices: InspectorChoices = {
  source: 'question',
  question: 'where is tax added?',
  cursor: 'src/area0/file0.ts:12',
  hasConversation: true,
};

/** A file of the pack: its tokens and its positions among levels, reuses and reasons. */
interface PackedRow {
  readonly path: string;
  readonly tokens: number;
  readonly level: number;
  readonly reuse: number;
  readonly reason: number;
}

const reasons = [
  'pinned by you',
  'matches the words tax, price',
  'imported by src/area0/file0.ts',
  'over the budget',
  'nothing connects it with what is asked',
];

/** A pack of some files of a repository, in a few folders, large and small; the same each time. */
export function inspected(
  filesIn: number,
  filesOut: number,
  more: Partial<InspectedPack> & { readonly decisions?: Decisions } = {},
): InspectedPack {
  const packed = Array.from(
    { length: filesIn },
    (_, i): PackedRow => ({
      path: i % 7 === 6 ? `docs/guide${i}.md` : `src/area${i % 5}/${i % 3 === 0 ? 'inner/deep/' : ''}file${i}.ts`,
      tokens: 20 + ((i * 7919) % 997) * (i % 11 === 0 ? 9 : 1),
      level: 3 - (i % 4),
      reuse: i < filesIn / 2 ? 0 : 1 + (i % 2),
      reason: i === 0 ? 0 : 1 + (i % 2),
    }),
  ).sort((a, b) => (a.path < b.path ? -1 : 1));
  const omitted = Array.from({ length: filesOut }, (_, i) => `lib/part${i % 40}/module${i}.ts`);
  const tokens = packed.reduce((sum, each) => sum + each.tokens, 0);
  return {
    source: 'question',
    table: {
      paths: packed.map(({ path }) => path).join('\n'),
      tokens: packed.map((each) => each.tokens),
      levels: packed.map(({ level }) => level),
      reuses: packed.map(({ reuse }) => reuse),
      omitted: omitted.join('\n'),
      reasons,
      reasonOf: [...packed.map(({ reason }) => reason), ...omitted.map((_, i) => 3 + (i % 2))],
    },
    decisions: { pinned: [], excluded: [], levels: {} },
    budget: Math.round(tokens * 1.1),
    tokens,
    backend: { label: 'glm-4.7', kind: 'hosted', window: 200_000 },
    cached: { tokens: Math.round(tokens * 0.6), secondsAgo: 130 },
    price: 0.0421,
    notes: [],
    ...more,
  };
}

/** Shows a pack. */
export const showPack = (inspector: InspectorPage, pack: InspectedPack): Promise<void> =>
  inspector.say({ type: 'start', l10n: {}, language: 'en' }, { type: 'choices', choices }, { type: 'pack', pack });
