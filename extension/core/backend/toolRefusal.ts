/** The words of servers that were started without a tool parser, or serve a model that was made without tools. */
const words =
  /does not support tools|--enable-auto-tool-choice|--tool-call-parser|tools? param(?:eter)? requires --jinja|tool (?:calling|use|choice) is not supported|does not support (?:tool|function)[ -]?call/i;

/**
 * Whether a server refuses a request for its tools: vLLM without `--enable-auto-tool-choice`, older llama.cpp without
 * `--jinja`, Ollama for a model whose template has no tools (glm-protocol.md 4.5).
 */
export const refusesTools = (message: string): boolean => words.test(message);
