/** Special tokens of the GLM family (glm-protocol.md 2.4). */
const specialTokens =
  /<\|(?:endoftext|system|user|assistant|observation|code_prefix|code_middle|code_suffix|(?:begin|end)_of_\w+)\|>|\[(?:gMASK|sMASK|MASK)\]|<\/?(?:sop|eop|think|tool_call|tool_response|arg_key|arg_value)>/g;

/**
 * Makes special tokens in a user's text inert for a prompt that is sent raw, by a zero-width space after the
 * first character: a server would otherwise read `<|user|>` in a source file as the end of the prompt.
 */
export function neutralise(text: string): string {
  return text.replace(specialTokens, (token) => `${token[0]}\u200b${token.slice(1)}`);
}
