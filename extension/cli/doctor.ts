import { diagnose } from '../core/backend/doctor.ts';
import { type Context, createPorts, settingsOf, type TalkingOptions } from './host.ts';

/** `doctor`: tells what answers where, what it can do, and what to do where nothing does; exits with 1 then. */
export async function doctor(options: TalkingOptions, context: Context): Promise<void> {
  const settings = settingsOf(options);
  const ports = await createPorts(context, settings);
  try {
    const { lines, ...report } = await diagnose(ports, settings, context.signal);
    process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${lines.join('\n')}\n`);
    if (!report.ok) process.exitCode = 1;
  } finally {
    await ports.dispose();
  }
}
