import * as vscode from 'vscode';
import type { Attachment } from '../../core/conversation/attachments.ts';
import { placeKey, placeName } from '../../core/conversation/attachments.ts';
import type { MeterInput } from '../../core/conversation/contextMeter.ts';
import type { Glm } from '../../core/glm.ts';
import type { Omission } from '../../core/pack.ts';
import type { Log } from '../../core/ports.ts';
import { leftOutByName } from '../../core/repository/leftOut.ts';
import type { Chip } from '../../protocol/chat.ts';
import { explain } from '../failure.ts';
import { placeOf } from '../place.ts';
import { type ComingContext, createAddedContext } from './addedContext.ts';
import { type Counted, type ScreenedContext, screenContext } from './screenedContext.ts';

/** Milliseconds without a change before the chips are looked at again. */
const rest = 150;

/** What the chips work with. */
export interface ChipPorts {
  readonly glm: Glm;
  readonly log: Log;
  /** Absolute path of the folder that the next message is about. */
  readonly root: () => string | undefined;
  readonly visible: () => boolean;
  /** Told whenever the chips are others, or what they take. */
  readonly changed: () => void;
}

/** The selection, the open file and what was added, as context for the next message. */
export interface Chips extends vscode.Disposable {
  current(): readonly Chip[];
  /** What the included chips take of the next message; what two of them hold counts once. */
  sizes(): MeterInput['attachments'];
  /** What of the included chips does not go along. */
  leftOut(): readonly Omission[];
  /** Includes or leaves out what follows the editor; takes away what was added. */
  toggle(id: string): void;
  add(context: ComingContext): void;
  /** Looks again, because the sidebar has become visible. */
  refresh(): void;
  /** What the included chips stand for, read now; what was added goes along once. */
  take(): Promise<readonly Attachment[]>;
  /** The open file and what is selected of it, whether included or not. */
  editor(): readonly Attachment[];
}

/** The place of a document as attachments have it. */
export function ownPlace(uri: vscode.Uri): Pick<Attachment, 'path' | 'root'> {
  const { path, root } = placeOf(uri);
  return { path, ...(root === undefined ? {} : { root }) };
}

/** The selected lines of an editor, or undefined where nothing is selected. */
export function selectionOf(editor: vscode.TextEditor): Attachment | undefined {
  const { selection, document } = editor;
  if (selection.isEmpty) return undefined;
  // A selection that ends at the beginning of a line does not mean that line.
  const lastLine = selection.end.character === 0 ? selection.end.line - 1 : selection.end.line;
  const whole = new vscode.Range(selection.start.line, 0, lastLine, document.lineAt(lastLine).text.length);
  return {
    ...ownPlace(document.uri),
    languageId: document.languageId,
    text: document.getText(whole),
    lines: [selection.start.line + 1, lastLine + 1],
  };
}

/** A whole document, or undefined where it may not leave the machine or is too large to be read. */
export function wholeOf(document: vscode.TextDocument): Attachment | undefined {
  const place = ownPlace(document.uri);
  const characters = document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
  if (characters === 0 || leftOutByName(place.path, characters)) return undefined;
  return { ...place, languageId: document.languageId, text: document.getText() };
}

const isText = (editor: vscode.TextEditor | undefined): editor is vscode.TextEditor =>
  editor !== undefined && ['file', 'untitled', 'vscode-remote'].includes(editor.document.uri.scheme);

/** The chips that follow the editor. */
type FollowingId = 'selection' | 'file';

/** What the editor offers: an attachment, or why there is none. */
type Offer =
  | { readonly id: FollowingId; readonly attachment: Attachment }
  | { readonly id: FollowingId; readonly path: string; readonly refused: string };

/** Follows the active editor and reports the chips whenever they change while the sidebar is visible. */
export function createChips({ glm, log, root, visible, changed }: ChipPorts): Chips {
  const included: Record<FollowingId, boolean> = { selection: true, file: false };
  const lifetime = new AbortController();
  const screen = (attachments: readonly Attachment[], signal: AbortSignal) =>
    screenContext(glm, root(), attachments, signal);
  const added = createAddedContext(screen, (error) => explain(error, log).summary, changed);
  let screened = new Map<string, ScreenedContext>();
  let editor = isText(vscode.window.activeTextEditor) ? vscode.window.activeTextEditor : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  let offered: { readonly of: string; readonly offers: readonly Offer[] } | undefined;

  /** What the editor offers; read anew only where it is another: a large text takes a while to be put together. */
  function offers(): readonly Offer[] {
    if (!editor || editor.document.isClosed) return [];
    const { document, selection } = editor;
    const of = [document.uri, document.version, selection.start, selection.end]
      .map((each) => JSON.stringify(each))
      .join();
    if (offered?.of !== of) offered = { of, offers: lookAt(editor) };
    return offered.offers;
  }

  function lookAt(editor: vscode.TextEditor): Offer[] {
    const { path } = placeOf(editor.document.uri);
    const refused = leftOutByName(path, 0);
    if (refused) return [{ id: editor.selection.isEmpty ? 'file' : 'selection', path, refused }];
    const selection = selectionOf(editor);
    const file = wholeOf(editor.document);
    return [
      ...(selection ? [{ id: 'selection', attachment: selection } as const] : []),
      ...(file ? [{ id: 'file', attachment: file } as const] : []),
    ];
  }

  const found = () => offers().flatMap((offer) => ('attachment' in offer ? [offer] : []));
  const keyOf = (attachment: Attachment): string => `${placeKey(attachment)} ${editor?.document.version}`;
  const known = (attachment: Attachment): ScreenedContext | undefined => screened.get(keyOf(attachment));
  const sum = (counted: readonly Counted[]): number => counted.reduce((total, { tokens }) => total + tokens, 0);

  function chipOf(offer: Offer): Chip {
    const { id } = offer;
    const nameOf = (path: string) => path.split('/').at(-1) ?? '';
    if ('refused' in offer) return { id, label: nameOf(offer.path), included: false, refused: offer.refused };
    const { attachment } = offer;
    const label = placeName({ ...attachment, path: nameOf(attachment.path) });
    const own = known(attachment);
    const [refusal] = own?.refused ?? [];
    if (refusal) return { id, label, included: false, refused: refusal.reason };
    return { id, label, included: included[id], ...(own ? { tokens: sum(own.counted) } : {}) };
  }

  /** What each included chip sends, as far as it is screened. */
  function sent(): { readonly id: string; readonly counted: readonly Counted[] }[] {
    const following = found().filter(({ id }) => included[id]);
    return [
      ...added.all.map(({ id, screened: own }) => ({ id, counted: own?.counted ?? [] })),
      ...following.map(({ id, attachment }) => ({ id, counted: known(attachment)?.counted ?? [] })),
    ];
  }

  async function count(): Promise<void> {
    const attachments = found().map(({ attachment }) => attachment);
    const entries = attachments.map(
      async (attachment) =>
        [keyOf(attachment), known(attachment) ?? (await screen([attachment], lifetime.signal))] as const,
    );
    screened = new Map(await Promise.all(entries));
    changed();
  }

  /** Reads the editor only when the user rests: this runs at every keystroke. */
  function refresh(): void {
    clearTimeout(timer);
    if (!visible()) return;
    timer = setTimeout(() => {
      changed();
      // A failed count leaves the chips without numbers; messages are screened once more when they are sent.
      void count().catch(() => {});
    }, rest);
  }

  const subscriptions = vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor((next) => {
      // The sidebar taking the focus does not change what the user was looking at.
      if (next ? !isText(next) : vscode.window.visibleTextEditors.some((each) => each === editor)) return;
      editor = next;
      refresh();
    }),
    vscode.window.onDidChangeTextEditorSelection((event) => {
      if (event.textEditor === editor) refresh();
    }),
  );

  return {
    refresh,
    current: () => [
      ...offers().map(chipOf),
      ...added.all.map(({ id, label, screened: own, leftOut, refused }) => ({
        ...{ id, label, included: refused === undefined, isAdded: true },
        ...(own ? { tokens: sum(own.counted) } : {}),
        ...(refused === undefined ? {} : { refused }),
        ...(leftOut.length > 0 && refused === undefined ? { leftOut: leftOut.length } : {}),
      })),
    ],
    sizes() {
      const seen = new Set<string>();
      return sent().map(({ id, counted }) => {
        const own = counted.filter(({ attachment }) => !seen.has(placeKey(attachment)));
        for (const { attachment } of own) seen.add(placeKey(attachment));
        return { id, tokens: sum(own) };
      });
    },
    leftOut: () => [
      ...added.all.flatMap(({ label, leftOut, refused }) =>
        refused !== undefined && leftOut.length === 0 ? [{ path: label, reason: refused }] : leftOut,
      ),
      ...found()
        .filter(({ id }) => included[id])
        .flatMap(({ attachment }) => known(attachment)?.refused ?? []),
    ],
    toggle(id) {
      if (id !== 'selection' && id !== 'file') return added.remove(id);
      included[id] = !included[id];
      changed();
    },
    add: (context) => added.add(context),
    async take() {
      const following = found().flatMap(({ id, attachment }) => (included[id] ? [attachment] : []));
      return [...(await added.take()), ...following];
    },
    editor: () => {
      const order = ['file', 'selection'];
      return found()
        .toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
        .map(({ attachment }) => attachment);
    },
    dispose() {
      clearTimeout(timer);
      lifetime.abort();
      subscriptions.dispose();
    },
  };
}
