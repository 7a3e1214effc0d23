import { defineCollection } from 'astro:content';
import { i18nLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { glob } from 'astro/loaders';
import { briefSchema } from '../exercises/brief.ts';
import { briefId, lessonId } from './content-ids.ts';

export const collections = {
  docs: defineCollection({
    loader: glob({ base: './lessons', pattern: '**/[^_]*.mdx', generateId: ({ entry }) => lessonId(entry) }),
    schema: docsSchema(),
  }),
  i18n: defineCollection({ loader: i18nLoader(), schema: i18nSchema() }),
  briefs: defineCollection({
    loader: glob({ base: './exercises', pattern: '*/[^_]*.mdx', generateId: ({ entry }) => briefId(entry) }),
    schema: briefSchema,
  }),
};
