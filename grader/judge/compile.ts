import type { BuildOptions, OutputFile } from 'esbuild';

/** esbuild could not get through a file in time, or fell over it. */
export class TooMuchToCompile extends Error {
  override readonly name = 'TooMuchToCompile';
}

/** One life of esbuild's process: ended when it hangs, since a build cannot be called off by itself. */
class Service {
  private finish: () => void = () => undefined;
  /** Rejects when the process is ended. */
  readonly over = new Promise<never>((_resolve, reject) => {
    this.finish = () => reject(new Bystander());
  });

  constructor() {
    this.over.catch(() => undefined);
  }

  async end(): Promise<void> {
    if (service !== this) return;
    service = new Service();
    this.finish();
    await (await import('esbuild')).stop();
  }
}

/** Its build ended with the process, which may have been another file's doing. */
class Bystander extends Error {}

let service = new Service();
let alone: Promise<unknown> = Promise.resolve();

/**
 * Runs esbuild on text that nobody has read: nesting that its parser goes through again and again must neither hang
 * the grader nor cost the files that are built beside it.
 * @throws BuildFailure what esbuild complains about
 * @throws TooMuchToCompile after `limitMs`, or when esbuild itself ends
 */
export async function compile(options: BuildOptions, limitMs: number): Promise<readonly OutputFile[]> {
  try {
    return await attempt(options, limitMs);
  } catch (error) {
    if (!(error instanceof Bystander)) throw error;
    const again = alone.then(() => attempt(options, limitMs));
    alone = again.catch(() => undefined);
    return await again.catch((second: unknown) => {
      throw second instanceof Bystander ? new TooMuchToCompile() : second;
    });
  }
}

async function attempt(options: BuildOptions, limitMs: number): Promise<readonly OutputFile[]> {
  const { build } = await import('esbuild');
  const mine = service;
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    clock = setTimeout(() => reject(new TooMuchToCompile()), limitMs);
  });
  try {
    const { outputFiles } = await Promise.race([build({ ...options, write: false }), late, mine.over]);
    return outputFiles;
  } catch (error) {
    if (error instanceof TooMuchToCompile) await mine.end();
    else if (!(error instanceof Bystander) && !hasErrors(error)) {
      await mine.end();
      throw new Bystander();
    }
    throw error;
  } finally {
    clearTimeout(clock);
  }
}

/** Otherwise the process has ended under it. */
function hasErrors(error: unknown): boolean {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}
