import type { FolderRequest } from '../../ports.ts';
import { withTools } from '../toolLoop.ts';
import type { ToolPorts } from './answers.ts';
import { toolRules } from './definitions.ts';
import { createToolbox, type Toolbox, toolLimits } from './toolbox.ts';

/** What a turn with tools needs; loaded where one is run, since most are without. */
export interface Tools {
  readonly toolbox: Toolbox;
  /** What the rules say of them. */
  readonly rules: string;
  readonly withTools: typeof withTools;
  /** Tokens that results may take, which a pack must leave free. */
  readonly room: number;
}

/** Makes the tools for one turn on a folder, for a model with so many tokens of window. */
export function toolsFor(folder: FolderRequest, ports: ToolPorts, window: number): Tools {
  const limits = toolLimits(window);
  return { toolbox: createToolbox(folder, ports, limits), rules: toolRules, withTools, room: limits.tokens };
}
