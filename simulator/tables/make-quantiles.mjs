/**
 * Writes the quantiles.json files: quantile functions of the distributions that the simulator samples, each with mean 1.
 * Run once by an author (`node simulator/tables/make-quantiles.mjs`) and committed, because `Math.log` and
 * `Math.exp` differ in their last bits between engines.
 *
 * A table covers [0, 1) by octaves of the upper tail: octave k holds u from 1 − 2⁻ᵏ to 1 − 2⁻ᵏ⁻¹ in equal cells,
 * so that the 32nd octave still resolves one draw in four thousand million.
 */
import { writeFileSync } from 'node:fs';

/** Allowed here and nowhere else in the simulator: what they give is rounded and committed. */
const { exp, log, sqrt, PI } = Math;

const rounded = (value) => Number(value.toPrecision(10));

function octaves(quantileOfTail, count, cells) {
  const knots = [];
  for (let octave = 0; octave < count; octave++) {
    for (let cell = 0; cell < cells; cell++) {
      knots.push(quantileOfTail(2 ** -octave * (1 - cell / (2 * cells))));
    }
  }
  knots.push(quantileOfTail(2 ** -count));
  return knots;
}

/** Upper quantile of the standard normal: bisection on the complementary error function by continued fraction. */
function normalTail(tail) {
  if (tail > 0.5) return -normalTail(1 - tail);
  let low = 0;
  let high = 12;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (upperTail(middle) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(Z > z) for z ≥ 0: Taylor series near zero, Laplace's continued fraction beyond. */
function upperTail(z) {
  const density = exp((-z * z) / 2) / sqrt(2 * PI);
  if (z < 2.5) {
    let term = z;
    let sum = z;
    for (let n = 1; n < 200; n++) {
      term *= (z * z) / (2 * n + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let n = 300; n > 0; n--) fraction = n / (z + fraction);
  return density / (z + fraction);
}

const lognormal = (sigma) => (tail) => (tail >= 1 ? 0 : exp(sigma * normalTail(tail) - (sigma * sigma) / 2));
const pareto = (alpha) => (tail) => ((alpha - 1) / alpha) * tail ** (-1 / alpha);

/** Heavy tails stand apart so that a page that needs none does not load them. */
const tables = {
  exponential: {
    ln2: rounded(log(2)),
    exponential: octaves((tail) => -log(tail), 1, 64).map(rounded),
  },
  'heavy-tailed': {
    lognormal: octaves(lognormal(1), 32, 16).map(rounded),
    pareto: octaves(pareto(1.5), 32, 16).map(rounded),
  },
};
for (const [name, table] of Object.entries(tables)) {
  writeFileSync(new URL(`${name}/quantiles.json`, import.meta.url), `${JSON.stringify(table)}\n`);
}
