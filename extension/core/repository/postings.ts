/** Which files hold a key: the inverted side of the index. Keys and files are small whole numbers. */
export interface Postings {
  add(file: number, keys: Uint32Array): void;
  remove(file: number, keys: Uint32Array): void;
  files(key: number): readonly number[];
}

const none: readonly number[] = [];

/** Creates empty postings. */
export function createPostings(): Postings {
  const lists: (number[] | undefined)[] = [];
  return {
    add(file, keys) {
      for (const key of keys) {
        const list = lists[key];
        if (list) list.push(file);
        else lists[key] = [file];
      }
    },
    remove(file, keys) {
      for (const key of keys) {
        const list = lists[key];
        const at = list?.indexOf(file) ?? -1;
        // The order within a list means nothing.
        if (list && at >= 0) {
          const last = list.pop();
          if (last !== undefined && at < list.length) list[at] = last;
        }
      }
    },
    files: (key) => lists[key] ?? none,
  };
}
