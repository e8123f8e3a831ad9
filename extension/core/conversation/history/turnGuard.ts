import type { TurnView } from '../../../protocol/chat.ts';
import type { CitationView } from '../../../protocol/citation.ts';
import type { ChatMessage } from '../../backend/backend.ts';
import type { Attachment } from '../attachments.ts';
import { isObject } from './isObject.ts';
import { isCoverage, isMissing, isSurvey } from './readingGuard.ts';

type Fields = Readonly<Record<string, unknown>>;

const isListOf = (value: unknown, isOne: (each: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isOne);
const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value);
const isOneOf = (value: unknown, ...choices: readonly string[]): boolean => choices.some((choice) => choice === value);
const isDecision = (value: unknown): boolean => isOneOf(value, 'pending', 'accepted', 'rejected', 'partly');

const isPlace = (value: unknown): value is Fields =>
  isObject(value) && isText(value.path) && isCount(value.startLine) && isCount(value.endLine);

const isCitation = (value: unknown): value is Fields => isPlace(value) && typeof value.verified === 'boolean';

/** A citation without such parts as are not what they must be; versions before 0.2 knew no more than `verified`. */
function readCitation(value: Fields): CitationView {
  const { path, startLine, endLine, verified, status, to, reason, preview } = value as Fields & CitationView;
  const isMoved = status === 'moved' && isPlace(to);
  const place =
    isPlace(to) && (isMoved || verified) ? { to: { path: to.path, startLine: to.startLine, endLine: to.endLine } } : {};
  return {
    path,
    startLine,
    endLine,
    verified,
    status: verified ? 'verified' : isMoved ? 'moved' : 'wrong',
    ...place,
    ...(isText(reason) ? { reason } : {}),
    ...(isText(preview) ? { preview } : {}),
  };
}

/** What is sound of a list of citations. */
const readCitations = (value: unknown): CitationView[] =>
  Array.isArray(value) ? value.filter(isCitation).map(readCitation) : [];

const isHunk = (value: unknown): boolean =>
  isObject(value) && isDecision(value.decision) && isCount(value.line) && isListOf(value.lines, isText);

const isFile = (value: unknown): boolean =>
  isObject(value) &&
  isText(value.path) &&
  isOneOf(value.kind, 'change', 'make', 'delete', 'rename') &&
  (value.to === undefined || isText(value.to)) &&
  isCount(value.added) &&
  isCount(value.removed) &&
  isDecision(value.decision) &&
  isListOf(value.hunks, isHunk) &&
  isListOf(value.problems, isText);

const isRefused = (value: unknown): boolean => isObject(value) && isText(value.path) && isText(value.reason);

const isProposal = (value: unknown): boolean =>
  isObject(value) &&
  isText(value.id) &&
  isDecision(value.decision) &&
  isListOf(value.files, isFile) &&
  isListOf(value.refused, isRefused);

const isPlanFile = (value: unknown): boolean =>
  isObject(value) &&
  isText(value.path) &&
  isOneOf(value.kind, 'change', 'make', 'delete', 'rename') &&
  (value.to === undefined || isText(value.to)) &&
  isText(value.what) &&
  typeof value.chosen === 'boolean' &&
  (value.problem === undefined || isText(value.problem));

const isPlan = (value: unknown): boolean =>
  isObject(value) &&
  isCount(value.length) &&
  isText(value.summary) &&
  isListOf(value.files, isPlanFile) &&
  isListOf(value.risks, isText) &&
  isOneOf(value.state, 'open', 'writing', 'written');

const isAmount = (value: unknown): boolean => value === undefined || Number.isFinite(value);

const isUsage = (value: unknown): boolean =>
  isObject(value) &&
  isCount(value.promptTokens) &&
  isCount(value.completionTokens) &&
  isAmount(value.cachedTokens) &&
  isAmount(value.cost);

const isError = (value: unknown): boolean => isObject(value) && isText(value.summary) && isText(value.nextStep);

const isToolUse = (value: unknown): boolean =>
  isObject(value) &&
  isText(value.id) &&
  isText(value.name) &&
  isText(value.arguments) &&
  isOneOf(value.state, 'running', 'done', 'refused') &&
  (value.result === undefined || isText(value.result)) &&
  (value.tokens === undefined || isCount(value.tokens)) &&
  isCount(value.after);

/** What a turn may have, with what it must look like; a turn without it is still a turn. */
const optional: Readonly<Record<string, (value: unknown) => boolean>> = {
  reasoningTime: (value) => typeof value === 'number',
  waitsFor: isText,
  note: isText,
  usage: isUsage,
  error: isError,
  plan: isPlan,
  tools: (value) => isListOf(value, isToolUse),
  proposal: isProposal,
  mends: (value) => isListOf(value, isCount),
  coverage: isCoverage,
  missing: isMissing,
  survey: isSurvey,
  canRestore: (value) => typeof value === 'boolean',
};

/** The turn that a stored value holds, without such parts as another version wrote in another form; undefined for no turn. */
export function readTurn(value: unknown): TurnView | undefined {
  if (!isObject(value)) return undefined;
  const isTurn =
    isText(value.id) &&
    isOneOf(value.role, 'user', 'assistant') &&
    isText(value.text) &&
    isText(value.reasoning) &&
    isOneOf(value.status, 'packing', 'waiting', 'streaming', 'done', 'stopped', 'failed') &&
    isListOf(value.attached, isText) &&
    isListOf(value.citations, isCitation);
  if (!isTurn) return undefined;
  const sound = Object.entries(value).filter(([name, part]) => optional[name]?.(part) ?? true);
  const turn = Object.fromEntries(sound) as unknown as TurnView;
  const { survey } = turn;
  return {
    ...turn,
    citations: (value.citations as Fields[]).map(readCitation),
    ...(survey ? { survey: { ...survey, citations: readCitations(survey.citations) } } : {}),
  };
}

const isAttachment = (value: unknown): value is Attachment =>
  isObject(value) &&
  isText(value.path) &&
  isText(value.languageId) &&
  isText(value.text) &&
  (value.lines === undefined || (isListOf(value.lines, isCount) && (value.lines as unknown[]).length === 2));

const isCall = (value: unknown): boolean =>
  isObject(value) && isText(value.id) && isText(value.name) && isText(value.arguments);

const isMessage = (value: unknown): boolean => {
  if (!isObject(value) || !isText(value.content)) return false;
  if (value.role === 'user') return true;
  if (value.role === 'tool') return isText(value.callId) && isText(value.name);
  return (
    value.role === 'assistant' &&
    (value.reasoning === undefined || isText(value.reasoning)) &&
    (value.calls === undefined || isListOf(value.calls, isCall))
  );
};

/** What was said in a turn with tools; undefined unless all of it is sound, since a call without its result fits no prompt. */
export const readExchange = (value: unknown): readonly ChatMessage[] | undefined =>
  isListOf(value, isMessage) && (value as unknown[]).length > 0 ? (value as ChatMessage[]) : undefined;

/** The attachments that a stored value holds. */
export const readAttachments = (value: unknown): Attachment[] =>
  Array.isArray(value) ? value.filter(isAttachment) : [];
