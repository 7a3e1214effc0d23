import { relative, resolve, sep } from 'node:path';
import { type BuildFailure, build, type Message } from 'esbuild';

/** What the page gets for a learner's file. Lines and columns count from 1; files are relative to the course. */
export type Bundled =
  | { readonly ok: true; readonly file: string; readonly code: string }
  | { readonly ok: false; readonly file: string; readonly errors: readonly BundleError[] };

export interface BundleError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Bundles a learner's exercise to one ES module with an inline source map. It may import what stands in
 * `exercises/`; everything else is an error in its file.
 * @param file path relative to `root`, with forward slashes
 */
export async function bundle(root: string, file: string): Promise<Bundled> {
  const exercises = resolve(root, 'exercises') + sep;
  try {
    const result = await build({
      absWorkingDir: root,
      entryPoints: [file],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      platform: 'neutral',
      sourcemap: 'inline',
      sourcesContent: false,
      logLevel: 'silent',
      tsconfigRaw: '{}',
      plugins: [
        {
          name: 'exercises-only',
          setup({ onResolve }) {
            onResolve({ filter: /.*/ }, (asked) => {
              if (asked.kind === 'entry-point') return undefined;
              const target = resolve(asked.resolveDir, asked.path);
              if (asked.path.startsWith('.') && target.startsWith(exercises)) return undefined;
              return { errors: [{ text: `"${asked.path}" cannot be imported here: only files in exercises/` }] };
            });
          },
        },
      ],
    });
    return { ok: true, file, code: result.outputFiles[0]?.text ?? '' };
  } catch (failure) {
    if (!isBuildFailure(failure)) throw failure;
    return { ok: false, file, errors: failure.errors.map((error) => located(error, root, file)) };
  }
}

function located(error: Message, root: string, file: string): BundleError {
  const where = error.location;
  return {
    file: where ? relative(root, resolve(root, where.file)).split(sep).join('/') : file,
    line: where?.line ?? 1,
    column: (where?.column ?? 0) + 1,
    message: error.text,
  };
}

function isBuildFailure(failure: unknown): failure is BuildFailure {
  return failure instanceof Error && 'errors' in failure;
}
