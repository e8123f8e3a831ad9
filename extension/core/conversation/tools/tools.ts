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
}

/** Makes the tools for one turn on a folder, for a model with so many tokens of window. */
export const toolsFor = (folder: FolderRequest, ports: ToolPorts, window: number): Tools => ({
  toolbox: createToolbox(folder, ports, toolLimits(window)),
  rules: toolRules,
  withTools,
});
