import { type Parameter, type ToolName, toolNames, toolParameters } from './definitions.ts';
import { relativePath } from './relativePath.ts';

/** What a model asks of a tool, checked. */
export type ToolRequest =
  | { readonly tool: 'read_file'; readonly path: string; readonly firstLine?: number; readonly lastLine?: number }
  | { readonly tool: 'search'; readonly text: string; readonly path?: string; readonly isRegex?: boolean }
  | { readonly tool: 'list_symbols'; readonly path: string }
  | { readonly tool: 'find_symbol'; readonly name: string }
  | { readonly tool: 'problems'; readonly path?: string };

/** Why a call cannot be made, for the model: it can do it better then. */
export interface Wrong {
  readonly wrong: string;
}

/** Characters of an argument, at the most. */
const longest = 1_000;

const listed = (names: readonly string[]): string => names.join(', ');

/** A value as the type that its parameter has, where it can be nothing else: models write "12" for 12. */
function converted(value: unknown, type: Parameter['type']): unknown {
  if (type === 'integer' && typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value)) return Number(value);
  if (type === 'boolean' && typeof value === 'string' && /^(?:true|false)$/i.test(value)) return /^t/i.test(value);
  // What stands bare in a call's markup reads as a number or a truth value.
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  return value;
}

function faultOf(name: string, value: unknown, { type, isRequired }: Parameter): string | undefined {
  switch (type) {
    case 'string':
      if (typeof value !== 'string') return `${name} must be a string.`;
      if (isRequired && value.trim() === '') return `${name} is empty.`;
      if (value.length > longest) return `${name} is longer than ${longest} characters.`;
      return value.includes('\0') ? `${name} holds a null character.` : undefined;
    case 'integer':
      return Number.isSafeInteger(value) && Number(value) >= 1 ? undefined : `${name} must be a whole number from 1.`;
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${name} must be true or false.`;
  }
}

function parsed(json: string): { readonly given: Readonly<Record<string, unknown>> } | Wrong {
  let value: unknown;
  try {
    value = JSON.parse(json.trim() || '{}');
    // Some servers pass the JSON on as a string of JSON.
    if (typeof value === 'string') value = JSON.parse(value);
  } catch {
    return { wrong: 'The arguments are not valid JSON.' };
  }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? { given: value as Record<string, unknown> } : { wrong: 'The arguments are not a JSON object.' };
}

/** Puts every path in the form that files of the index have. */
function withPaths(values: Record<string, unknown>, isPattern: boolean): Wrong | undefined {
  if (values.path === undefined) return undefined;
  const path = relativePath(String(values.path));
  if ('wrong' in path) return path;
  if (path.path === '' && !isPattern) return { wrong: 'path names the root, which is a folder.' };
  if (path.path === '') delete values.path;
  else values.path = path.path;
  return undefined;
}

/** Checks a call. Whatever a model writes, this returns; it never throws. */
export function readArguments(name: string, json: string, offered: readonly ToolName[]): ToolRequest | Wrong {
  const tool = toolNames.find((each) => each === name && offered.includes(each));
  if (!tool) return { wrong: `There is no tool of that name. The tools are: ${listed(offered)}.` };
  const read = parsed(json);
  if ('wrong' in read) return read;
  const parameters = toolParameters[tool];
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(read.given)) {
    const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
    if (!parameter) return { wrong: `${tool} takes ${listed(Object.keys(parameters))}; not ${key.slice(0, 50)}.` };
    // Left out, as far as models are concerned.
    if (value === null || (value === '' && !parameter.isRequired)) continue;
    values[key] = converted(value, parameter.type);
    const fault = faultOf(key, values[key], parameter);
    if (fault) return { wrong: fault };
  }
  for (const [key, { isRequired }] of Object.entries(parameters))
    if (isRequired && values[key] === undefined) return { wrong: `${tool} needs ${key}.` };
  const fault = withPaths(values, tool === 'search' || tool === 'problems');
  if (fault) return fault;
  const { firstLine, lastLine } = values as { firstLine?: number; lastLine?: number };
  if (firstLine !== undefined && lastLine !== undefined && lastLine < firstLine)
    return { wrong: 'lastLine comes before firstLine.' };
  return { tool, ...values } as ToolRequest;
}
