import type { ChatMessage, ChatRequest, ToolCall, ToolDefinition } from './backend.ts';

/** A message as it goes over the wire. */
export type WireMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | {
      readonly role: 'assistant';
      readonly content: string;
      readonly reasoning_content?: string;
      readonly tool_calls?: readonly object[];
    }
  | { readonly role: 'tool'; readonly tool_call_id: string; readonly content: string };

const wireCall = ({ id, name, arguments: json }: ToolCall): object => ({
  id,
  type: 'function',
  function: { name, arguments: json },
});

/**
 * One message. Reasoning goes back where the conversation has tools, whole and in order, and is left out elsewhere
 * (glm-protocol.md 1.3, 7.1).
 */
function wireMessage(message: ChatMessage, hasTools: boolean): WireMessage {
  const { role, content } = message;
  switch (role) {
    case 'user':
      return { role, content };
    case 'tool':
      return { role, tool_call_id: message.callId, content };
    case 'assistant': {
      const { reasoning, calls = [] } = message;
      return {
        role,
        content,
        ...(hasTools && reasoning ? { reasoning_content: reasoning } : {}),
        ...(calls.length > 0 ? { tool_calls: calls.map(wireCall) } : {}),
      };
    }
  }
}

const hasTools = ({ tools = [] }: ChatRequest): boolean => tools.length > 0;

/** What stands before any turn: the rules, and the repository. */
const headOf = ({ rules, pack }: ChatRequest): string => (pack?.text ? `${rules}\n\n${pack.text}` : rules);

/**
 * Lays a conversation out from what changes least to what changes most (DESIGN.md section 2):
 * rules and repository first, before any turn, so that servers can keep them in their prefix cache.
 */
export function wireMessages(request: ChatRequest): WireMessage[] {
  const isUsed = hasTools(request);
  return [
    { role: 'system', content: headOf(request) },
    ...request.messages.map((message) => wireMessage(message, isUsed)),
  ];
}

/** The tools of a request as OpenAI's schema has them, and GLM's (glm-protocol.md 1.3); nothing where there are none. */
export function wireTools({ tools = [] }: ChatRequest): { tools?: readonly object[] } {
  const wire = ({ name, description, parameters }: ToolDefinition): object => ({
    type: 'function',
    function: { name, description, parameters },
  });
  return tools.length > 0 ? { tools: tools.map(wire) } : {};
}

function asObject(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}

/** The same messages in Ollama's own form: arguments are objects, reasoning is `thinking`, results name their tool. */
export function ollamaMessages(request: ChatRequest): object[] {
  const isUsed = hasTools(request);
  const each = (message: ChatMessage): object => {
    const { role, content } = message;
    if (role === 'tool') return { role, content, tool_name: message.name };
    if (role === 'user') return { role, content };
    const { reasoning, calls = [] } = message;
    return {
      role,
      content,
      ...(isUsed && reasoning ? { thinking: reasoning } : {}),
      ...(calls.length > 0
        ? { tool_calls: calls.map(({ name, arguments: json }) => ({ function: { name, arguments: asObject(json) } })) }
        : {}),
    };
  };
  return [{ role: 'system', content: headOf(request) }, ...request.messages.map(each)];
}

/** Every text of a request but its pack: what is counted to predict its tokens. */
export function textsOf({ rules, messages, tools = [] }: ChatRequest): string[] {
  const more = messages.flatMap((message) => {
    if (message.role !== 'assistant' || tools.length === 0) return [];
    const calls = (message.calls ?? []).map(({ name, arguments: json }) => `${name} ${json}`);
    return [...(message.reasoning ? [message.reasoning] : []), ...calls];
  });
  return [rules, ...messages.map(({ content }) => content), ...more, ...tools.map((tool) => JSON.stringify(tool))];
}
