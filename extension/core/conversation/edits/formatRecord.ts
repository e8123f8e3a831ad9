import type { Edit, MalformedEdit } from './edit.ts';
import type { Rung } from './findLines.ts';

/** How an edit is written: a SEARCH/REPLACE block, a whole file, or a line that deletes or renames. */
export type EditForm = 'block' | 'file' | 'line';

/** What became of an edit: how strictly it fitted at once, that it was refused, or that it came right when asked for again. */
export type EditOutcome = Rung | 'refused' | 'mended';

/** Edits of one form by what became of them. Those that were mended are among the refused, too. */
export type FormCounts = Readonly<Record<EditOutcome, number>>;

/** What is known of one model. */
export type ModelRecord = Readonly<Record<EditForm, FormCounts>>;

/** How well models keep to each form of edits; by the label of their backend. */
export interface FormatRecord {
  add(label: string, counts: readonly (readonly [EditForm, EditOutcome, number?])[]): void;
  of(label: string): ModelRecord | undefined;
  /** Whether a model is to write whole files where it can: blocks of it are refused too often. */
  prefersWhole(label: string): boolean;
  /** Edits of a model, and how many of them fitted at once; undefined for too few to tell. */
  share(label: string): { readonly edits: number; readonly fitted: number } | undefined;
  /** For {@link createFormatRecord}, in another session. */
  image(): unknown;
}

/** The fewest blocks that tell something, and the share of them that may be refused. */
const fewest = 8;
const mostRefused = 0.35;

/** Edits of one form above which all counts are halved: what a model did lately counts more. */
const most = 200;

/** Models that are remembered, those seen last. */
const mostModels = 50;

const forms: readonly EditForm[] = ['block', 'file', 'line'];
const outcomes: readonly EditOutcome[] = ['exact', 'trailing', 'indent', 'refused', 'mended'];
const none: FormCounts = { exact: 0, trailing: 0, indent: 0, refused: 0, mended: 0 };

const total = ({ exact, trailing, indent, refused }: FormCounts): number => exact + trailing + indent + refused;

/** The form in which an edit is written, or was begun. */
export function formOf(edit: Edit | MalformedEdit): EditForm {
  if ('kind' in edit) return edit.kind === 'replace' ? 'block' : edit.kind === 'whole' ? 'file' : 'line';
  if (/^[ \t]*<+ ?FILE\b/m.test(edit.text)) return 'file';
  return /^[ \t]*<+ ?(?:DELETE|RENAME)\b/m.test(edit.text) ? 'line' : 'block';
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/** The counts in stored data; what is missing or no count is 0. */
function readCounts(value: unknown): FormCounts {
  const read = (outcome: EditOutcome): number => {
    const count = (value as Partial<Record<string, unknown>> | null | undefined)?.[outcome];
    return isCount(count) ? count : 0;
  };
  return Object.fromEntries(outcomes.map((outcome) => [outcome, read(outcome)])) as unknown as FormCounts;
}

const asModel = (of: (form: EditForm) => FormCounts): ModelRecord =>
  Object.fromEntries(forms.map((form) => [form, of(form)])) as unknown as ModelRecord;

/** Creates a record, with what an earlier session learned. */
export function createFormatRecord(image?: unknown): FormatRecord {
  const stored = typeof image === 'object' && image !== null ? Object.entries(image) : [];
  const models = new Map<string, ModelRecord>(
    stored.map(([label, value]) => [label, asModel((form) => readCounts(value?.[form]))]),
  );

  return {
    add(label, counts) {
      if (counts.length === 0) return;
      const known = models.get(label);
      const next = asModel((form) => {
        const own = counts.filter(([of]) => of === form);
        const sum = { ...(known?.[form] ?? none) } as Record<EditOutcome, number>;
        for (const [, outcome, count = 1] of own) sum[outcome] += count;
        if (total(sum) > most) for (const outcome of outcomes) sum[outcome] = Math.round(sum[outcome] / 2);
        return sum;
      });
      models.delete(label);
      models.set(label, next);
      for (const oldest of [...models.keys()].slice(0, -mostModels)) models.delete(oldest);
    },
    of: (label) => models.get(label),
    prefersWhole(label) {
      const { block = none } = models.get(label) ?? {};
      return total(block) >= fewest && block.refused > mostRefused * total(block);
    },
    share(label) {
      const model = models.get(label);
      const edits = model ? forms.reduce((sum, form) => sum + total(model[form]), 0) : 0;
      const refused = model ? forms.reduce((sum, form) => sum + model[form].refused, 0) : 0;
      return edits < fewest ? undefined : { edits, fitted: edits - refused };
    },
    image: () => Object.fromEntries(models),
  };
}
