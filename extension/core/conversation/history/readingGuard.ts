import { isObject } from './isObject.ts';

const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value);
const isListOf = (value: unknown, isOne: (each: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(isOne);
const hasCounts = (value: Readonly<Record<string, unknown>>, ...names: readonly string[]): boolean =>
  names.every((name) => isCount(value[name]));

/** Whether a stored value tells what an answer was made from. */
export const isCoverage = (value: unknown): boolean =>
  isObject(value) &&
  hasCounts(value, 'tokens', 'wholeTokens', 'files', 'whole', 'inPart', 'nameOnly') &&
  typeof value.canWiden === 'boolean' &&
  isListOf(
    value.leftOut,
    (group) => isObject(group) && isText(group.reason) && isCount(group.count) && isListOf(group.paths, isText),
  );

/** Whether a stored value tells what an answer lacks. */
export const isMissing = (value: unknown): boolean =>
  isObject(value) &&
  isListOf(value.what, isText) &&
  isListOf(value.terms, isText) &&
  isListOf(value.likely, (file) => isObject(file) && isText(file.path) && isCount(file.tokens));

/** Whether a stored value tells how far a question about every file was. */
export const isSurvey = (value: unknown): boolean =>
  isObject(value) &&
  ['asking', 'reading', 'merging', 'done'].some((state) => state === value.state) &&
  hasCounts(value, 'requests', 'tokens', 'files') &&
  (value.findings === undefined || isText(value.findings)) &&
  isListOf(
    value.parts,
    (part) =>
      isObject(part) &&
      isText(part.state) &&
      isText(part.first) &&
      isText(part.last) &&
      hasCounts(part, 'files', 'tokens'),
  );
