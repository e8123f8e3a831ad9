import type { DetailLevel, InspectorPageMessage } from '../../extension/protocol/inspector.ts';
import type { Row } from './rows.ts';

/** More of a file, and less of it. An excerpt is as much as a skeleton, of another kind. */
const more: Readonly<Partial<Record<DetailLevel, DetailLevel>>> = {
  name: 'skeleton',
  skeleton: 'full',
  excerpt: 'full',
};
const less: Readonly<Partial<Record<DetailLevel, DetailLevel>>> = {
  full: 'skeleton',
  excerpt: 'name',
  skeleton: 'name',
};

/** What asks for the next level up, which brings a file in that is out; undefined where there is none. */
export function raised({ path, level }: Row): InspectorPageMessage | undefined {
  if (level === undefined) return { type: 'level', path, level: 'skeleton', pins: true };
  const next = more[level];
  return next && { type: 'level', path, level: next, pins: false };
}

/** What asks for the next level down; undefined where there is none. */
export function lowered({ path, level }: Row): InspectorPageMessage | undefined {
  const next = level && less[level];
  return next && { type: 'level', path, level: next, pins: false };
}
