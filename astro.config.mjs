import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { course } from './site/dev-server/integration.ts';
import { sidebar } from './site/sidebar.ts';

// Whoever calls Astro, and however: the course sends nothing to anybody.
process.env.ASTRO_TELEMETRY_DISABLED = '1';
process.env.ASTRO_DISABLE_UPDATE_CHECK = 'true';

export default defineConfig({
  srcDir: './site',
  publicDir: './site/public',
  devToolbar: { enabled: false },
  server: { host: '127.0.0.1' },
  integrations: [
    starlight({
      title: 'Zero to Millions',
      description: 'Build the parts that take a web system from one server to millions of users.',
      locales: { root: { label: 'English', lang: 'en' }, ko: { label: '한국어', lang: 'ko' } },
      sidebar: sidebar(),
      customCss: ['./site/styles/tokens.css', './site/styles/page.css'],
      markdown: { processedDirs: ['./lessons', './exercises'] },
      expressiveCode: { defaultProps: { wrap: true } },
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 2 },
    }),
    course(),
  ],
});
