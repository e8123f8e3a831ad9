import type { Backend, ChatRequest, StreamEvent } from '../../extension/core/backend/backend.ts';

const isDeclared = (name: string): RegExp =>
  new RegExp(
    `(?:function|class|const|let|var|interface|type|enum|def|func|fn|module|struct)\\s+${name}\\b|^${name} = `,
  );

/** Answers one question of a window probe from a text by looking for the name, as a reader would. */
function answerFrom(text: string, question: string): string {
  const name = /`(\w+)`(?:,| defined| set|\?)/.exec(question)?.[1] ?? '';
  const of = / of `(\w+)`/.exec(question)?.[1];
  // Where a question names the file, another file's declaration of the same name is not meant.
  const file = /\bIn (\S+),/.exec(question)?.[1];
  const from = file === undefined ? 0 : Math.max(0, text.indexOf(`###PATH: ${file}`));
  const before = text.slice(0, from).split('\n').length - 1;
  const lines = text.split('\n');
  const wanted = of ?? name;
  const isMeant = (line: string): boolean => isDeclared(wanted).test(line) || line.startsWith(`${wanted} is `);
  const at = lines.findIndex((line, i) => i >= before && isMeant(line));
  const found = lines[at];
  if (found === undefined) return 'unknown';
  const signature = lines.slice(at, at + 8).join(' ');
  if (/value of `\w+`\?|set to\?/.test(question)) return /(?:=|is)\s*(.+?);?\.?(?:\s*\})?$/.exec(found)?.[1] ?? '?';
  if (/default value/.test(question)) return new RegExp(`\\b${name}\\b[^,=]*=\\s*([^,)]+)`).exec(signature)?.[1] ?? '?';
  if (/names of the parameters/.test(question)) {
    const list = /\(((?:[^()]|\([^()]*\))*)\)/.exec(signature.slice(signature.indexOf(wanted)))?.[1] ?? '';
    const parts = list.replace(/<[^<>]*>|\{[^{}]*\}|\([^()]*\)/g, '').split(',');
    return parts
      .map((part) => /[A-Za-z_$][\w$]*/.exec(part)?.[0])
      .filter((part) => part && part !== 'self')
      .join(', ');
  }
  const heading = lines.findLastIndex((line, i) => i <= at && line.startsWith('###PATH: '));
  return `\`${lines[heading]?.slice('###PATH: '.length)}:${at - heading}\``;
}

/** Answers the numbered questions of a window probe from the last so many characters of what stands before them. */
export function answersFrom(repository: string, questions: string, reach: number): string {
  const seen = repository.slice(-reach);
  return questions
    .split('\n')
    .map((line) => `${/^\d+/.exec(line)?.[0]}. ${answerFrom(seen, line)}`)
    .join('\n');
}

/** How the model is. */
export interface ForgetfulOptions {
  readonly window?: number;
  /** Characters before the question that it remembers. */
  readonly reach: number;
  /** Plays this in the place of an answer to the nth request, from 1. */
  readonly play?: (request: ChatRequest, nth: number) => AsyncIterable<StreamEvent> | undefined;
  readonly prices?: Backend['prices'];
}

/** A model that reads four characters a token, keeps prompts in its cache, and forgets what is farther away than its reach. */
export function createForgetfulModel({ window = 131_072, reach, play, prices }: ForgetfulOptions): Backend & {
  readonly requests: readonly ChatRequest[];
} {
  const requests: ChatRequest[] = [];
  let cached = '';
  return {
    kind: 'local',
    label: 'forgetful at home',
    model: 'forgetful',
    window,
    writesEdits: true,
    ...(prices ? { prices } : {}),
    requests,
    async *chat(request) {
      requests.push(request);
      const played = play?.(request, requests.length);
      if (played) return yield* played;
      const head = `${request.rules}\n\n${request.pack?.text}`;
      const content = request.messages.at(-1)?.content ?? '';
      const promptTokens = (request.pack?.tokens ?? 0) + 100;
      const cachedTokens = cached === head ? promptTokens - 50 : 0;
      cached = head;
      yield { type: 'text', text: answersFrom(head, content, reach) };
      yield { type: 'usage', usage: { promptTokens, cachedTokens, completionTokens: 50, promptTime: 100 } };
      yield { type: 'finish', reason: 'stop' };
    },
    complete: () => {
      throw new Error('not asked for');
    },
  };
}
