import { type Level, levels, type Steering } from '../pack.ts';
import { isBelow, plainPath } from './steered.ts';

/** A steering without rules for a path, and for a folder without those for all below it. */
function without({ pinned = [], excluded = [], levels: set = {} }: Steering, path: string): Steering {
  return {
    pinned: pinned.filter((pin) => !isBelow(pin.path, path)),
    excluded: excluded.filter((each) => !isBelow(each, path)),
    levels: Object.fromEntries(Object.entries(set).filter(([each]) => !isBelow(each, path))),
  };
}

/** What is decided, without what is empty; undefined where nothing is decided. */
function tidy({ pinned = [], excluded = [], levels: set = {} }: Steering): Steering | undefined {
  const any = {
    ...(pinned.length > 0 ? { pinned } : {}),
    ...(excluded.length > 0 ? { excluded } : {}),
    ...(Object.keys(set).length > 0 ? { levels: set } : {}),
  };
  return Object.keys(any).length > 0 ? any : undefined;
}

/** Pins a file or folder, behind the pins that there are. */
export function withPin(steering: Steering = {}, path: string, level?: Level): Steering | undefined {
  const plain = plainPath(path);
  const rest = without(steering, plain);
  return tidy({ ...rest, pinned: [...(rest.pinned ?? []), { path: plain, ...(level ? { level } : {}) }] });
}

/** Excludes a file or folder, whatever was decided of it before. */
export function withExclusion(steering: Steering = {}, path: string): Steering | undefined {
  const plain = plainPath(path);
  const rest = without(steering, plain);
  return tidy({ ...rest, excluded: [...(rest.excluded ?? []), plain] });
}

/** Sets how much of a file there is; a pinned file stays pinned. */
export function withLevel(steering: Steering = {}, path: string, level: Level): Steering | undefined {
  const plain = plainPath(path);
  const { pinned = [], levels: set = {}, excluded = [] } = steering;
  if (pinned.some((pin) => pin.path === plain))
    return tidy({ ...steering, pinned: pinned.map((pin) => (pin.path === plain ? { path: plain, level } : pin)) });
  const others = excluded.filter((each) => each !== plain);
  return tidy({ ...steering, excluded: others, levels: { ...set, [plain]: level } });
}

/** Forgets what was decided of a file, or of a folder and all below it. */
export const withoutRules = (steering: Steering = {}, path: string): Steering | undefined =>
  tidy(without(steering, plainPath(path)));

/** Whether something that was kept is a steering. */
export function isSteering(value: unknown): value is Steering {
  if (typeof value !== 'object' || value === null) return false;
  const { pinned = [], excluded = [], levels: set = {} } = value as Record<string, unknown>;
  const isLevel = (level: unknown): boolean => levels.some((each) => each === level);
  return (
    Array.isArray(pinned) &&
    pinned.every((pin) => typeof pin?.path === 'string' && (pin.level === undefined || isLevel(pin.level))) &&
    Array.isArray(excluded) &&
    excluded.every((path) => typeof path === 'string') &&
    typeof set === 'object' &&
    set !== null &&
    Object.values(set).every(isLevel)
  );
}
