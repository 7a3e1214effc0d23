import { readdirSync, readFileSync } from 'node:fs';
import type ivm from 'isolated-vm';

const FOLDER = new URL('./inside/', import.meta.url);
const SOURCES: ReadonlyMap<string, string> = new Map(
  readdirSync(FOLDER).map((name) => [`./${name}`, readFileSync(new URL(name, FOLDER), 'utf8')]),
);

export type Enter = (...args: unknown[]) => unknown;

/** Loads the learner's side of the membrane (`inside/`) into a new context. */
export function loadInside(isolate: ivm.Isolate, context: ivm.Context): ivm.Reference<Enter> {
  const modules = new Map<string, ivm.Module>();
  const find = (name: string): ivm.Module => {
    const known = modules.get(name);
    if (known !== undefined) return known;
    const module = isolate.compileModuleSync(SOURCES.get(name) ?? '', { filename: name });
    modules.set(name, module);
    return module;
  };
  const main = find('./membrane.js');
  main.instantiateSync(context, find);
  main.evaluateSync();
  return main.namespace.getSync('enter', { reference: true }) as ivm.Reference<Enter>;
}
