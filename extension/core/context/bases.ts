import type { Imports } from '../repository/importGraph.ts';
import type { RepositoryIndex } from '../repository/repositoryIndex.ts';

/** Heads of types, from the word that declares to where the body begins. */
const heads = /\b(?:class|interface|struct|trait|protocol|impl)\b([^{;]{1,400}?)(?:\{|:\s*\n|\n\s*\n)/g;

/** Generations that are followed. */
const oldest = 4;

/** Slots of the files that declare what the types of a text extend or implement, and so on upwards. */
export async function basesOf(index: RepositoryIndex, text: string, imports: Imports): Promise<Set<number>> {
  const found = new Set<number>();
  const visited = new Set<string>();

  async function follow(text: string, { names }: Imports, generation: number): Promise<void> {
    const byLocal = new Map(names.map((each) => [each.local, each]));
    for (const [, head = ''] of text.matchAll(heads)) {
      for (const [word] of head.matchAll(/[A-Za-z_]\w*/g)) {
        const base = byLocal.get(word);
        if (!base || visited.has(`${base.slot} ${base.name}`)) continue;
        visited.add(`${base.slot} ${base.name}`);
        const file = index.files[base.slot];
        if (!file) continue;
        found.add(base.slot);
        const above = generation < oldest ? await index.text(file) : undefined;
        if (above !== undefined) await follow(above, index.graph.of(file), generation + 1);
      }
    }
  }

  await follow(text, imports, 1);
  return found;
}
