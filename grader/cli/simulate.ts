import type { Params } from '../../simulator/scene.ts';
import { formatFigure } from '../../site/simulation/format.ts';
import { type Exercise, listExercises } from '../catalogue.ts';
import { isAttempted } from '../progress/attempted.ts';
import { nearestTo } from '../select.ts';
import type { LaneResult } from '../simulate/lanes.ts';
import type { AnyScene, SceneFile } from '../simulate/scenes.ts';
import { loadScenes, paramsOf } from '../simulate/scenes.ts';
import { courseOf, renderSceneList, renderSimulation } from '../simulate/view.ts';
import { SIMULATE } from '../text/simulate.ts';
import { type Call, createCommand, type ExitCode, parse, runCommand, UsageError, wholeNumber } from './command.ts';
import { pageFor, shownPath } from './terminal.ts';

interface Options {
  readonly preset?: string;
  readonly exercise?: string;
  readonly seed: number;
  readonly seeds: number;
  readonly set: readonly string[];
  readonly json?: boolean;
  readonly effects?: boolean;
}

await runCommand(async (call) => {
  const { typed, options } = readCall(call);
  const files = await loadScenes();
  if (options.effects) return checkEffects(call, typed === undefined ? [] : [chooseScene(files, typed, call)], options);
  if (typed === undefined) return list(call, files, options);
  return simulate(call, chooseScene(files, typed, call), options);
});

function readCall(call: Call): { typed: string | undefined; options: Options } {
  const { language } = call;
  const command = createCommand('grade', language)
    .name('npm run simulate')
    .description(SIMULATE.summary[language])
    .argument('[scene]', SIMULATE.scene[language])
    .option('--preset <preset>', SIMULATE.preset[language])
    .option('--exercise <exercise>', SIMULATE.exercise[language])
    .option('--set <control=value>', SIMULATE.set[language], (each, all: string[]) => [...all, each], [])
    .option('--seed <number>', SIMULATE.seed[language], wholeNumber('--seed', 0, 2 ** 31 - 1, language), 1)
    .option('--json', 'JSON')
    .option('--effects', SIMULATE.effects[language])
    .option('--seeds <number>', SIMULATE.effects[language], wholeNumber('--seeds', 1, 100_000, language), 200);
  parse(command, call);
  return { typed: command.args[0], options: command.opts<Options>() };
}

function list({ language }: Call, files: readonly SceneFile[], { json }: Options): ExitCode {
  const scenes = files.map(({ scene }) => scene);
  if (json) {
    const rows = scenes.map(({ id, lesson, title, presets }) => ({
      id,
      lesson,
      title: title[language],
      presets: presets.map((preset) => preset.id),
    }));
    console.log(JSON.stringify(rows, null, 2));
  } else {
    console.log(renderSceneList(pageFor(process.stdout, language), scenes));
  }
  return 0;
}

async function simulate(call: Call, file: SceneFile, options: Options): Promise<ExitCode> {
  const { language } = call;
  const { scene } = file;
  const preset = scene.presets.find(({ id }) => id === (options.preset ?? scene.presets[0]?.id));
  if (!preset) throw new UsageError(unknown('unknownPreset', options.preset ?? '', presetIds(scene), call));
  const params = paramsOf(scene, preset, settings(scene, options.set, call));
  const exercise = chooseExercise(scene, options.exercise, call);
  const { runLanes } = await import('../simulate/lanes.ts');
  const lanes = await runLanes(file, exercise, params, options.seed);
  if (options.json) {
    const { seed } = options;
    const result = {
      version: 1,
      scene: scene.id,
      preset: preset.id,
      seed,
      params,
      lanes: lanes.map(laneJson(scene, call)),
    };
    console.log(JSON.stringify(result, null, 2));
  } else {
    const typed = exercise && shownPath(exercise.files.stub);
    const page = pageFor(process.stdout, language);
    console.log(renderSimulation(page, { scene, preset, seed: options.seed, lanes, file: typed }, formatFigure));
  }
  return lanes.some(({ status }) => status === 'failed') ? 1 : 0;
}

/** A lane's figures over the whole run, and the charted one each second. */
function laneJson(scene: AnyScene, { language }: Call) {
  const chart = scene.measures.find(({ id }) => id === scene.chart);
  return ({ id, kind, label, status, trace, message, line }: LaneResult) => ({
    id,
    kind,
    label: label[language],
    status,
    ...(message === undefined ? {} : { message: message[language], line }),
    measures: trace
      ? Object.fromEntries(scene.measures.map(({ id: name, of }) => [name, of(trace, 0, trace.durationUs) ?? null]))
      : null,
    series: trace && chart ? { measure: chart.id, stepMs: 1000, values: courseOf(trace, chart, 1_000_000) } : null,
  });
}

async function checkEffects(call: Call, only: readonly SceneFile[], { seeds, json }: Options): Promise<ExitCode> {
  const { language } = call;
  const { runEffects } = await import('../simulate/effects.ts');
  let failed = false;
  const results = [];
  for await (const { effect, missed, figures } of runEffects(
    seeds,
    only.map(({ scene }) => scene.id),
  )) {
    failed ||= missed.length > 0;
    results.push({ scene: effect.scene, preset: effect.preset, claim: effect.claim, seeds, missed, figures });
    if (json) continue;
    const mark = missed.length === 0 ? '✓' : '✗';
    console.log(
      `${mark} ${effect.scene} / ${effect.preset}: ${SIMULATE.effectHolds(seeds - missed.length, seeds)[language]}`,
    );
    console.log(`  ${effect.claim}`);
    for (const [name, { median, min, max }] of Object.entries(figures)) {
      console.log(`    ${name}: ${digits(median)} [${digits(min)} – ${digits(max)}]`);
    }
    if (missed.length > 0) console.log(`    --seed ${missed.slice(0, 10).join(', ')}`);
  }
  if (json) console.log(JSON.stringify({ version: 1, effects: results }, null, 2));
  return failed ? 1 : 0;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** The scene that was meant: by its id, or by a beginning that fits one alone. */
function chooseScene(files: readonly SceneFile[], typed: string, call: Call): SceneFile {
  const exact = files.find(({ scene }) => scene.id === typed);
  const begun = files.filter(({ scene }) => scene.id.startsWith(typed));
  const found = exact ?? (begun.length === 1 ? begun[0] : undefined);
  if (found) return found;
  throw new UsageError(
    unknown(
      'unknownScene',
      typed,
      files.map(({ scene }) => scene.id),
      call,
    ),
  );
}

/** Whose code is "yours": the one asked for, else the first of the scene's exercises that was begun. */
function chooseExercise(scene: AnyScene, typed: string | undefined, call: Call): Exercise | undefined {
  const known = listExercises().filter(({ id, lesson }) => lesson === scene.lesson && id in scene.exercises);
  if (typed === undefined) {
    const inOrder = Object.keys(scene.exercises).flatMap((id) => known.find((exercise) => exercise.id === id) ?? []);
    return inOrder.find(isAttempted) ?? inOrder[0];
  }
  const found = known.find(({ id }) => id === typed);
  if (found) return found;
  throw new UsageError(
    unknown(
      'unknownExercise',
      typed,
      known.map(({ id }) => id),
      call,
    ),
  );
}

function settings(scene: AnyScene, typed: readonly string[], { language }: Call): Params {
  const known = scene.controls.map(({ name }) => name).join(', ');
  return Object.fromEntries(
    typed.map((setting) => {
      const [name, value] = setting.split('=');
      const control = scene.controls.find((each) => each.name === name);
      const fits =
        control?.kind === 'range'
          ? value !== '' && Number(value) >= control.min && Number(value) <= control.max
          : control?.options.some((option) => option.value === value);
      if (!control || value === undefined || !fits) throw new UsageError(SIMULATE.badSetting(setting, known)[language]);
      return [control.name, control.kind === 'range' ? Number(value) : value];
    }),
  );
}

function presetIds(scene: AnyScene): string[] {
  return scene.presets.map(({ id }) => id);
}

function unknown(
  sentence: 'unknownScene' | 'unknownPreset' | 'unknownExercise',
  typed: string,
  known: readonly string[],
  { language }: Call,
): string {
  return SIMULATE[sentence](typed, nearestTo(typed, known), known.join(', '))[language];
}
