import type { Omission, OmissionTable } from '../pack.ts';

/** Puts omissions into the form that crosses threads and processes fast. */
export function omissionTable(omitted: readonly Omission[]): OmissionTable {
  const numbers = new Map<string, number>();
  const reasonOf = omitted.map(({ reason }) => {
    const number = numbers.get(reason) ?? numbers.size;
    numbers.set(reason, number);
    return number;
  });
  return { paths: omitted.map(({ path }) => path).join('\n'), reasons: [...numbers.keys()], reasonOf };
}
