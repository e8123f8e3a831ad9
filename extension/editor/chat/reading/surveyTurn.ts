import * as l10n from '@vscode/l10n';
import type { SurveyEvent } from '../../../core/conversation/mapReduce/survey.ts';
import type { TurnView } from '../../../protocol/chat.ts';
import type { PartView, SurveyView } from '../../../protocol/reading.ts';
import type { Transcript } from '../transcript.ts';

/** What a question about every file adds to the events of a turn. */
export type SurveyOnly = Extract<SurveyEvent, { readonly type: 'plan' | 'part' | 'merging' }>;

/** Whether an event is about a question about every file. */
export const isSurveyOnly = (event: SurveyEvent): event is SurveyOnly =>
  event.type === 'plan' || event.type === 'part' || event.type === 'merging';

function progressed(part: PartView, event: Extract<SurveyOnly, { type: 'part' }>): PartView {
  const { percent: _, why: __, ...plain } = part;
  switch (event.state) {
    case 'reading':
      return event.read === undefined || !event.total
        ? { ...plain, state: 'reading' }
        : { ...plain, state: 'reading', percent: Math.round((100 * event.read) / event.total) };
    case 'waiting':
      return { ...plain, state: 'reading', why: event.why };
    case 'failed':
      return { ...plain, state: 'failed', why: event.why };
    default:
      return { ...plain, state: event.state };
  }
}

/** Lets an event change the turn of a question about every file. */
export function takeSurvey(turn: TurnView, event: SurveyOnly, { put }: Pick<Transcript, 'put'>): TurnView {
  if (event.type === 'plan') {
    const { parts, ...plan } = event.plan;
    const survey: SurveyView = { ...plan, state: 'asking', parts: parts.map((part) => ({ ...part, state: 'queued' })) };
    return put({ ...turn, status: 'waiting', waitsFor: l10n.t('Waiting for you…'), survey });
  }
  const { survey } = turn;
  if (!survey) return turn;
  if (event.type === 'merging') {
    const merging = { ...survey, state: 'merging', findings: turn.text, citations: turn.citations } as const;
    return put({
      ...turn,
      text: '',
      citations: [],
      status: 'waiting',
      waitsFor: l10n.t('Putting the findings together…'),
      survey: merging,
    });
  }
  const at = event.part - 1;
  const before = survey.parts[at];
  if (!before) return turn;
  const part = progressed(before, event);
  if (JSON.stringify(part) === JSON.stringify(before)) return turn;
  return put({ ...turn, survey: { ...survey, state: 'reading', parts: survey.parts.with(at, part) } });
}

/** A turn whose question about every file is over, however it ended. */
export function surveyOver(turn: TurnView): TurnView {
  const { survey, ...plain } = turn;
  if (!survey) return turn;
  // A plan that was left is of no use to anybody.
  if (survey.state === 'asking') return plain;
  const parts = survey.parts.map((part): PartView => (part.state === 'reading' ? { ...part, state: 'queued' } : part));
  return { ...turn, survey: { ...survey, state: 'done', parts } };
}
