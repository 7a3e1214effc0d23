import type { Text } from '../../simulator/text.ts';

/** What `npm run doctor` says. Each `mend` tells what to type. */
export const DOCTOR = {
  node: {
    name: { en: 'Node.js', ko: 'Node.js' },
    mend: {
      en: 'The project brings its own Node 24. Run npm ci once more; commands start through npm run, not with node directly.',
      ko: '프로젝트가 Node 24를 함께 설치합니다. npm ci를 다시 실행하고, 명령은 node가 아니라 npm run으로 시작하십시오.',
    },
  },
  install: {
    name: { en: 'installed packages', ko: '설치된 패키지' },
    mend: {
      en: 'Run npm ci. If it fails silently: npm ci --loglevel=notice',
      ko: 'npm ci를 실행하십시오. 아무 말 없이 실패하면: npm ci --loglevel=notice',
    },
  },
  esbuild: {
    name: { en: 'compiler (esbuild)', ko: '컴파일러(esbuild)' },
    mend: {
      en: 'Run npm ci on this machine: node_modules was copied from another system, or its install scripts were off.',
      ko: '이 컴퓨터에서 npm ci를 실행하십시오. node_modules를 다른 시스템에서 복사했거나 설치 스크립트가 꺼져 있었습니다.',
    },
  },
  isolate: {
    name: { en: 'isolation (isolated-vm)', ko: '격리 환경(isolated-vm)' },
    mend: {
      en: 'There is no ready-made binary for this system, so npm needs a compiler: macOS xcode-select --install; Debian and Ubuntu apt-get install g++ make python3; Windows "Desktop development with C++" of Visual Studio Build Tools. Then npm ci.',
      ko: '이 시스템용으로 미리 빌드된 파일이 없어 컴파일러가 필요합니다. macOS는 xcode-select --install, Debian과 Ubuntu는 apt-get install g++ make python3, Windows는 Visual Studio Build Tools의 "C++를 사용한 데스크톱 개발"을 설치한 뒤 npm ci를 실행하십시오.',
    },
  },
  port: {
    name: { en: 'port 4321 for npm start', ko: 'npm start가 쓰는 포트 4321' },
    free: { en: 'free', ko: '비어 있음' },
    course: { en: 'this course is running on it', ko: '이 강의가 이미 실행 중입니다' },
    mend: {
      en: 'Another program uses it. Stop that one, or start the course elsewhere: npm start -- --port 4322 (links in the terminal keep pointing to 4321).',
      ko: '다른 프로그램이 사용 중입니다. 그 프로그램을 끝내거나 다른 포트에서 시작하십시오: npm start -- --port 4322 (터미널의 링크는 계속 4321을 가리킵니다).',
    },
  },
  progress: {
    name: { en: 'progress folder', ko: '진행 상황 폴더' },
    mend: {
      en: 'Make the folder writable: without it hints, points and backups are forgotten.',
      ko: '폴더에 쓸 수 있게 하십시오. 그렇지 않으면 힌트, 점수, 백업이 남지 않습니다.',
    },
  },
  quiet: {
    name: { en: 'npm keeps quiet', ko: 'npm 출력 끄기' },
    mend: {
      en: 'Only matters for --json in scripts. Run: node grader/cli/quiet-npm.mjs',
      ko: '스크립트에서 --json을 쓸 때만 필요합니다. 실행: node grader/cli/quiet-npm.mjs',
    },
  },
  browser: {
    name: { en: 'browser for npm test', ko: 'npm test가 쓰는 브라우저' },
    mend: {
      en: 'Only the project’s own tests need it. Debian and Ubuntu: apt-get install chromium; elsewhere install Chrome, or run npx playwright-core install chromium-headless-shell',
      ko: '프로젝트 자체 테스트에만 필요합니다. Debian과 Ubuntu는 apt-get install chromium, 그 밖에는 Chrome을 설치하거나 npx playwright-core install chromium-headless-shell을 실행하십시오.',
    },
  },
  sandbox: {
    name: { en: 'sandbox for other people’s code', ko: '다른 사람의 코드를 위한 샌드박스' },
    mend: {
      en: 'Only needed to grade other people’s code, on Linux: apt-get install bubblewrap util-linux, and allow unprivileged user namespaces. Your own code is graded without it.',
      ko: '다른 사람의 코드를 채점할 때만 필요하며 Linux에서만 됩니다. apt-get install bubblewrap util-linux를 실행하고 비특권 사용자 네임스페이스를 허용하십시오. 자신의 코드는 없어도 채점됩니다.',
    },
  },
} as const satisfies Record<string, { readonly name: Text; readonly mend: Text } & Record<string, Text>>;

export const DIAGNOSIS = {
  well: { en: 'Everything needed is there.', ko: '필요한 것이 모두 갖춰져 있습니다.' },
  ill: (count: number) => ({ en: `${count} to mend.`, ko: `고칠 것 ${count}개.` }),
} as const satisfies Record<string, Text | ((...values: never[]) => Text)>;
