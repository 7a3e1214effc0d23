import { z } from 'zod';

/**
 * Frontmatter of an exercise's brief (`exercises/<lesson>/<id>.mdx`, `.ko.mdx`): the one place that makes an
 * exercise known to the grader and the site. The id and the lesson are the file's own name and folder.
 */
export const briefSchema = z.strictObject({
  title: z.string().min(1),
  /** One sentence: what the learner builds. */
  builds: z.string().min(1),
  /** 1 = about 15 minutes, 2 = 30, 3 = an hour. */
  stars: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** Place within the lesson, from 1. */
  order: z.number().int().positive(),
  /** Anchor of the lesson's section that teaches it. */
  section: z.string().regex(/^[a-z0-9-]+$/),
  /** Scene that shows the learner's code at work, by id. */
  scene: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
});

export type Brief = z.infer<typeof briefSchema>;
