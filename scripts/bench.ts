import { parseArgs } from 'node:util';
import { blocking } from '../test/bench/blocking.ts';
import { context } from '../test/bench/context.ts';
import { inspector } from '../test/bench/inspector.ts';
import { keystrokes } from '../test/bench/keystrokes.ts';
import { longChat } from '../test/bench/longChat.ts';
import { packSpeed } from '../test/bench/packSpeed.ts';
import { prefix } from '../test/bench/prefix.ts';
import { questions } from '../test/bench/questions.ts';
import { stream } from '../test/bench/stream.ts';
import { typing } from '../test/bench/typing/typing.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    /** Parts of `typing`, separated by semicolons. */
    only: { type: 'string' },
    /** A VSIX that types the same sessions, and a file of settings that point it at the oracle. */
    peer: { type: 'string' },
    'peer-settings': { type: 'string' },
  },
});
const { peer, only, 'peer-settings': settings } = values;

/** The benchmarks by name; each compares with a peer's way, or a bound, in the same run. */
const benchmarks: Readonly<Record<string, () => Promise<object>>> = {
  blocking,
  context,
  inspector,
  keystrokes,
  longchat: longChat,
  prefix,
  questions,
  stream,
  'pack-speed': packSpeed,
  typing: () => typing(only?.split(';'), peer ? { vsix: peer, ...(settings ? { settings } : {}) } : undefined),
};

const [name = ''] = positionals;
const benchmark = benchmarks[name];
if (benchmark) {
  const report = await benchmark();
  console.log(values.json ? JSON.stringify(report) : report);
} else {
  console.error(`npm run bench -- NAME [--json], where NAME is one of: ${Object.keys(benchmarks).join(', ')}`);
  process.exitCode = 1;
}
