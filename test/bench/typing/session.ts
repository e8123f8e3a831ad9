import { makeInstantExtension } from './instant.ts';
import { judge, type Verdict } from './judge.ts';
import { type Oracle, type OracleManner, startOracle } from './oracle.ts';
import { makeScene, type Scene, threeLanguages } from './script.ts';
import { type Extension, type Stage, startStage } from './stage.ts';
import { createTypist, type Manner, sitDown } from './typist.ts';
import { type Sights, takeSights, watch } from './watch.ts';

/** Milliseconds in which a person looks at a file before typing, and in which a new window settles. */
export const looking = 1_500;
const settling = 6_000;

/** VS Code on a scene, whose completions come from an oracle. */
export interface Session {
  readonly stage: Stage;
  readonly scene: Scene;
  readonly oracle: Oracle;
}

/** Opens VS Code on the stretches of three languages, lets it settle, and closes all of it after use. */
export async function withOracle<T>(
  manner: OracleManner,
  extension: Extension | 'instant',
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const scene = await makeScene(threeLanguages);
  const oracle = await startOracle(scene.stretches, manner);
  const instant = extension === 'instant' ? await makeInstantExtension(scene.stretches) : undefined;
  const stage = await startStage(scene.root, oracle.url, instant ?? (extension as Extension));
  try {
    await watch(stage.page);
    await sitDown(stage.page, threeLanguages[0]?.path ?? '', 1);
    await stage.page.waitForTimeout(settling);
    return await use({ stage, scene, oracle });
  } finally {
    await stage.dispose();
    await instant?.dispose();
    await oracle.dispose();
    await scene.dispose();
  }
}

/** Types all visits against an oracle, and judges what was on the screen. */
export function typeAll(oracleManner: OracleManner, manner: Manner, extension: Extension): Promise<Verdict> {
  return withOracle(oracleManner, extension, async ({ stage: { page, profiler }, scene, oracle }) => {
    const typist = createTypist(page, manner);
    const keys: Sights['keys'][number][] = [];
    const ghosts: Sights['ghosts'][number][] = [];
    await profiler.start();
    for (const visit of threeLanguages) {
      await sitDown(page, visit.path, visit.first - 1);
      await page.waitForTimeout(looking);
      await takeSights(page);
      await typist.type(scene.of(visit), visit);
      await page.waitForTimeout(looking);
      const seen = await takeSights(page);
      keys.push(...seen.keys);
      ghosts.push(...seen.ghosts, { at: Date.now(), text: '' });
    }
    const samples = await profiler.stop();
    return judge(typist.strokes, { keys, ghosts }, oracle.requests, samples);
  });
}
