import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file of about 600 tokens with definitions that can be asked about. */
function moduleOf(number: number): string {
  return Array.from({ length: 12 }, (_, i) => {
    const name = `Article${number}Part${i}`;
    return [
      `/** Adds what is owed for part ${i} of article ${number} to the sum that was there before. */`,
      `export function add${name}(owed: number, before: number): number {`,
      `  return owed * ${number + 2} + before + limitOf${name};`,
      '}',
      '',
      `export const limitOf${name} = ${1_000 + 100 * number + i};`,
      '',
    ].join('\n');
  }).join('\n');
}

/** Writes so many files into `articles/`, whose names and numbers are all different. */
export async function writeArticles(root: string, count: number): Promise<void> {
  const folder = join(root, 'articles');
  await mkdir(folder, { recursive: true });
  for (let number = 10; number < 10 + count; number++) {
    await writeFile(join(folder, `article${number}.ts`), moduleOf(number));
  }
}
