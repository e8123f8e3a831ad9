import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileChange } from '../../core/conversation/edits/fileChanges.ts';
import {
  type EditAnswers,
  type EditGround,
  type EditsRead,
  readEdits,
} from '../../core/conversation/edits/readEdits.ts';
import {
  accepting,
  judged,
  pendingParts,
  type Reviewed,
  rejudged,
  review,
  verdictOf,
  type Writing,
} from '../../core/conversation/edits/review.ts';
import type { SyntaxParser } from '../../core/ports.ts';
import type { Judged, ProposalView } from '../../protocol/chat.ts';
import { EditsRefused } from '../failure.ts';
import { uriIn } from '../place.ts';
import { applyWritings, textOf } from './applyWritings.ts';
import { isCheckedHere, type LanguageProblems } from './languageProblems.ts';
import {
  closeProposalDiffs,
  openProposalDiff,
  proposalAddress,
  proposalScheme,
  proposalTextAt,
  textsOf,
} from './proposalTexts.ts';
import { fileView, problemsOf, verdictsOf } from './proposalView.ts';
import { refusalText } from './refusalText.ts';
import { followServices } from './serviceProblems.ts';

/** Files of a proposal that services of the editor are asked about, at the most. */
const mostFollowed = 60;

interface ProposedFile {
  readonly reviewed: Reviewed;
  /** What the syntax, and our own check of a language, find. */
  readonly problems: readonly string[];
  /** What services of the editor found last. */
  readonly heard?: readonly string[];
}

interface Proposal {
  readonly root: string;
  readonly files: readonly ProposedFile[];
  readonly refused: ProposalView['refused'];
  readonly isChecking?: boolean;
}

/** What the edits of an answer came to. */
export interface Proposed extends Partial<Pick<EditsRead, 'retry' | 'outcomes'>> {
  /** Undefined where the answer has no edits. */
  readonly view?: ProposalView;
}

/** What proposals work with beside the syntax. */
export interface ProposalPorts {
  /** What of some files of a folder a model may see, by path, each secret starred out; a file that is missing may not be seen. */
  readonly shown?: (root: string, texts: ReadonlyMap<string, string>) => Promise<ReadonlyMap<string, string>>;
  /** Finds new problems with a language service of our own. */
  readonly check?: LanguageProblems;
  /** Is told when services of the editor have found something new in a proposal. */
  readonly heard?: (view: ProposalView) => void;
}

/** Edits that wait to be judged. */
export interface Proposals extends vscode.Disposable {
  /** Reads the edits of answers against the files as they are, or as they were `before`: undefined for no file. */
  propose(
    id: string,
    root: string,
    answers: EditAnswers,
    options?: Pick<EditGround, 'leftOut' | 'troubled'> & { readonly before?: ReadonlyMap<string, string | undefined> },
  ): Promise<Proposed>;
  /** Looks for what the language service finds wrong in a proposal that is to be judged; undefined where that tells nothing new. */
  check(id: string): Promise<ProposalView | undefined>;
  /** What is known of a proposal in this window; undefined where it was not made in it. */
  view(id: string): ProposalView | undefined;
  /** Opens the diff of one file, or of the first. */
  review(id: string, path?: string): Promise<void>;
  /**
   * Applies or drops a proposal, or a part of it, after what was decided of it before. `record` is told what is about to be written.
   * @throws EditsRefused where a file no longer fits; nothing is changed then.
   */
  decide(
    id: string,
    decision: 'accepted' | 'rejected',
    what: Judged,
    record: (writings: readonly Writing[]) => Promise<void>,
  ): Promise<ProposalView | undefined>;
  /** Takes over what was decided of a proposal before it was read again. Undefined, and it is gone, where that no longer fits. */
  resume(id: string, earlier: ProposalView): ProposalView | undefined;
  /** What was accepted was undone: it is to be judged again. */
  reopen(id: string): ProposalView | undefined;
}

function viewOf(id: string, { files, refused, isChecking }: Proposal): ProposalView {
  const verdicts = files.flatMap(({ reviewed }) => reviewed.verdicts);
  return {
    id,
    decision: verdictOf(verdicts),
    files: files.map(({ reviewed, problems, heard = [] }) => fileView(reviewed, [...new Set([...problems, ...heard])])),
    refused,
    ...(isChecking ? { isChecking } : {}),
  };
}

/** Creates an empty set of proposals and shows their texts to the diff editor. */
export function createProposals(
  syntax: Pick<SyntaxParser, 'faults'>,
  { shown = async (_, texts) => texts, check, heard }: ProposalPorts = {},
): Proposals {
  const proposals = new Map<string, Proposal>();
  /** Decisions on a proposal are made one after the other: a second click finds what the first has left. */
  const lines = new Map<string, Promise<unknown>>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(proposalScheme, {
    provideTextDocumentContent(uri) {
      const { id = '', path, side = 'after' } = proposalTextAt(uri) ?? {};
      const change: Partial<Record<typeof side, string>> | undefined = fileAt(id, path)?.reviewed.change;
      return change?.[side] ?? '';
    },
  });
  const services = followServices((uri, problems) => {
    const { id = '', path } = proposalTextAt(uri) ?? {};
    const proposal = proposals.get(id);
    const own = fileAt(id, path);
    // What is judged may be written by now, and would be compared with itself.
    const isJudged = own?.reviewed.verdicts.some((verdict) => verdict !== 'pending');
    if (!proposal || !own || isJudged) return false;
    if ((own.heard ?? []).join() === problems.join()) return true;
    const files = proposal.files.map((file) => (file === own ? { ...own, heard: problems } : file));
    proposals.set(id, { ...proposal, files });
    heard?.(viewOf(id, { ...proposal, files }));
    return true;
  });

  const fileAt = (id: string, path: string | undefined) =>
    proposals.get(id)?.files.find(({ reviewed }) => reviewed.change.path === path);

  /** The files with the parts that are meant and not judged yet. */
  const meant = ({ files }: Proposal, { path, hunk }: Judged) =>
    files.flatMap(({ reviewed }) => {
      const isMeant = path === undefined || path === reviewed.change.path;
      const parts = isMeant ? pendingParts(reviewed, hunk) : [];
      return parts.length > 0 ? [{ reviewed, parts }] : [];
    });

  /** What accepting writes. @throws EditsRefused where a file no longer fits. */
  async function writingsOf(root: string, chosen: ReturnType<typeof meant>): Promise<Writing[]> {
    const writings: Writing[] = [];
    for (const { reviewed, parts } of chosen) {
      const { path } = reviewed.change;
      const uri = await uriIn(root, path);
      const accepted = accepting(reviewed, parts, uri && (await textOf(uri)));
      if (!('conflict' in accepted)) {
        writings.push(accepted);
        continue;
      }
      const reasons = {
        gone: l10n.t('there is no such file'),
        exists: l10n.t('the file exists already'),
        changed: accepted.lines
          ? l10n.t('you changed the lines around {0}', accepted.lines.join(', '))
          : l10n.t('you changed the file'),
      };
      throw new EditsRefused(l10n.t('{0} has changed: {1}. Nothing was changed.', path, reasons[accepted.conflict]));
    }
    return writings;
  }

  const decide: Proposals['decide'] = async (id, decision, what, record) => {
    const proposal = proposals.get(id);
    if (!proposal) return undefined;
    const chosen = meant(proposal, what);
    if (chosen.length === 0) return viewOf(id, proposal);
    if (decision === 'accepted') {
      const writings = await writingsOf(proposal.root, chosen);
      await record(writings);
      await applyWritings(proposal.root, writings);
    }
    // What the language service found meanwhile stays.
    const now = proposals.get(id) ?? proposal;
    const partsOf = new Map(chosen.map(({ reviewed, parts }) => [reviewed, parts]));
    const files = now.files.map((file) => ({
      ...file,
      reviewed: judged(file.reviewed, partsOf.get(file.reviewed) ?? [], decision),
    }));
    const next = { ...now, files };
    proposals.set(id, next);
    const view = viewOf(id, next);
    if (view.decision !== 'pending') await closeProposalDiffs(id);
    return view;
  };

  /** Has the services of the editor look at what is proposed. */
  async function follow(id: string, root: string, changes: readonly FileChange[]): Promise<void> {
    for (const change of changes.slice(0, mostFollowed)) {
      if (change.kind === 'delete' || isCheckedHere(change.path)) continue;
      const file = change.kind === 'make' ? undefined : await uriIn(root, change.path);
      const before = file ? [file, proposalAddress(id, change.path, 'before')] : [];
      await services.follow({ after: proposalAddress(id, change.path), before });
    }
  }

  return {
    async propose(id, root, answers, { before, ...options } = {}) {
      const texts = (paths: readonly string[]) => textsOf(root, paths, before);
      const read = await readEdits(answers, { ...options, texts, shown: (some) => shown(root, some) });
      if (!read) return {};
      const { changes, refusals, unwanted, outcomes, retry } = read;
      const files = await Promise.all(
        changes.map(async (change) => {
          const reviewed = review(change);
          return { reviewed, problems: await problemsOf(reviewed, syntax) };
        }),
      );
      const refused = [
        ...refusals.map(({ path, reason }) => ({ path, reason: refusalText(reason) })),
        ...unwanted.map((path) => ({ path, reason: l10n.t('you took this file out of the plan') })),
      ];
      const isChecking = check !== undefined && files.length > 0;
      const proposal = { root, files, refused, isChecking };
      proposals.set(id, proposal);
      return { view: viewOf(id, proposal), outcomes, ...(retry === undefined ? {} : { retry }) };
    },

    async check(id) {
      const proposal = proposals.get(id);
      if (!check || !proposal?.isChecking) return undefined;
      const changes = proposal.files.map(({ reviewed: { change } }) => change);
      void follow(id, proposal.root, changes);
      const found = await check(proposal.root, changes).catch(() => []);
      const now = proposals.get(id);
      // It may have been judged meanwhile, and even been written anew.
      if (!now?.isChecking) return undefined;
      const problemsFor = new Map(changes.map((change, at) => [change, found[at] ?? []]));
      const files = now.files.map((file) => ({
        ...file,
        problems: [...file.problems, ...(problemsFor.get(file.reviewed.change) ?? [])],
      }));
      const next = { ...now, files, isChecking: false };
      proposals.set(id, next);
      return viewOf(id, next);
    },

    view(id) {
      const proposal = proposals.get(id);
      return proposal && viewOf(id, proposal);
    },

    async review(id, path) {
      const proposal = proposals.get(id);
      const own = fileAt(id, path) ?? proposal?.files[0];
      if (proposal && own) await openProposalDiff(id, proposal.root, own.reviewed.change);
    },

    decide(id, decision, what, record) {
      const decided = (lines.get(id) ?? Promise.resolve()).then(() => decide(id, decision, what, record));
      lines.set(
        id,
        decided.catch(() => {}),
      );
      return decided;
    },

    resume(id, earlier) {
      const proposal = proposals.get(id);
      if (!proposal) return undefined;
      const files: ProposedFile[] = [];
      for (const was of earlier.files) {
        const verdicts = verdictsOf(was);
        const own = proposal.files.find(({ reviewed }) => reviewed.change.path === was.path);
        const reviewed = own?.reviewed.change.kind === was.kind ? rejudged(own.reviewed, verdicts) : undefined;
        if (own && reviewed) files.push({ ...own, reviewed });
        else if (verdicts.some((verdict) => verdict === 'accepted')) {
          proposals.delete(id);
          return undefined;
        }
      }
      proposals.set(id, { ...proposal, files });
      return viewOf(id, { ...proposal, files });
    },

    reopen(id) {
      const proposal = proposals.get(id);
      if (!proposal) return undefined;
      const files = proposal.files.map((file) => ({ ...file, reviewed: review(file.reviewed.change) }));
      const next = { ...proposal, files };
      proposals.set(id, next);
      return viewOf(id, next);
    },

    dispose() {
      provider.dispose();
      services.dispose();
      proposals.clear();
    },
  };
}
