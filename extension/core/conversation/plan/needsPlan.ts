import { slashIn } from '../slashCommands.ts';

/** The command that asks for a plan, whatever is attached. */
const planCommand = 'plan';

/** Words by which a user means the whole repository. */
const everywhere =
  /\b(?:every\s?where|(?:across|throughout|over) (?:the |our |this )?(?:whole |entire |full )?(?:repo(?:sitory)?|project|code\s?base|workspace)|(?:in|of) (?:the |our |this )?(?:whole|entire|full) (?:repo(?:sitory)?|project|code\s?base|workspace)|(?:all|every|each of the) (?:the |our )?(?:files?|modules?|packages?|call(?:er| site)s?))\b|(?:整个|全部|所有|全)(?:的)?(?:仓库|项目|代码库|工程|文件|模块|调用)|到处|各处/i;

/** What is known of a message that asks for edits. */
export interface EditQuestion {
  readonly text: string;
  /** How many whole files or selections go along with it. */
  readonly attachments: number;
  /** Nothing was answered in this conversation before. */
  readonly isFirst: boolean;
  /** The conversation was planned before, so that its prompt begins with the repository. */
  readonly wasPlanned: boolean;
}

/**
 * Whether edits are planned over the repository before they are written: where their targets are not attached, or the user asks
 * for more than those. A conversation that began with attached files stays with them, unless it is asked for more.
 */
export function needsPlan({ text, attachments, isFirst, wasPlanned }: EditQuestion): boolean {
  if (slashIn(text)?.name === planCommand || everywhere.test(text)) return true;
  return attachments === 0 && (isFirst || wasPlanned);
}
