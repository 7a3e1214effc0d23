/**
 * The seed of a grading that names none. It is the same for everybody: a verdict repeats on any machine, two learners
 * can compare theirs, and a case under repair stays the same case from save to save.
 */
export const DEFAULT_SEED = 1;
