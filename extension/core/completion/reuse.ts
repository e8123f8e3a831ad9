/** A place in a file as a completion sees it. */
export interface Place {
  readonly path: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** Remembers the last suggestion: while the user types what it says, the rest of it needs no request. */
export interface Reuse {
  remember(place: Place, text: string): void;
  /** What is left of the remembered suggestion at this place, if it still agrees with what was typed. */
  rest(place: Place): string | undefined;
}

/** Creates an empty memory of one suggestion. */
export function createReuse(): Reuse {
  let last: (Place & { readonly text: string }) | undefined;
  return {
    remember(place, text) {
      last = { ...place, text };
    },
    rest({ path, prefix, suffix }) {
      if (!last || last.path !== path || last.suffix !== suffix || !prefix.startsWith(last.prefix)) return undefined;
      const typed = prefix.slice(last.prefix.length);
      return last.text.length > typed.length && last.text.startsWith(typed) ? last.text.slice(typed.length) : undefined;
    },
  };
}
