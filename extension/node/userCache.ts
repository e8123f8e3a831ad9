import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder for what can be made again, by the conventions of each platform; `GLM_CODER_INDEX` names another. */
export function indexFolder(): string {
  const { GLM_CODER_INDEX, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (GLM_CODER_INDEX) return GLM_CODER_INDEX;
  const base =
    process.platform === 'win32'
      ? (LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'))
      : process.platform === 'darwin'
        ? join(homedir(), 'Library', 'Caches')
        : (XDG_CACHE_HOME ?? join(homedir(), '.cache'));
  return join(base, 'glm-coder', 'index');
}
