import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lessonTitle, lessonUrl, sceneUrl, sectionTitle } from './links.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'links-'));
  mkdirSync(join(root, 'lessons', '02-load-balancing'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const page = (name: string, text: string) => writeFileSync(join(root, 'lessons', '02-load-balancing', name), text);
const title = (language: 'en' | 'ko', section: string) => sectionTitle('02-load-balancing', language, section, root);

describe('links into the lessons', () => {
  test('go to the page of the reader’s language', () => {
    expect(lessonUrl('02-load-balancing', 'en', 'ip-hash')).toBe('http://localhost:4321/02-load-balancing/#ip-hash');
    expect(lessonUrl('02-load-balancing', 'ko')).toBe('http://localhost:4321/ko/02-load-balancing/');
  });

  test('open a case in the language that is read', () => {
    const query = 'scene=slow-server&seed=7&exercise=round-robin&p.load=70';
    expect(sceneUrl('02-load-balancing', 'ko', query)).toBe(`http://localhost:4321/ko/02-load-balancing/?${query}`);
  });

  test('know a section by the anchor written beside its heading', () => {
    page('lesson.mdx', '---\ntitle: "Scaling"\n---\n\n## When the *list* changes {#list-changes}\n');
    page('lesson.ko.mdx', '---\ntitle: 확장\n---\n\n## 목록이 바뀔 때 {#list-changes}\n');
    expect([title('en', 'list-changes'), title('ko', 'list-changes')]).toEqual([
      'When the list changes',
      '목록이 바뀔 때',
    ]);
    expect(lessonTitle('02-load-balancing', 'en', root)).toBe('Scaling');
  });

  test('know a section by its heading’s words, and the Korean one by its place', () => {
    page('lesson.mdx', '## One\n\n```sh\n## not a heading\n```\n\n## Where `it` hurts\n');
    page('lesson.ko.mdx', '## 하나\n\n## 아픈 곳\n');
    expect([title('en', 'where-it-hurts'), title('ko', 'where-it-hurts')]).toEqual(['Where it hurts', '아픈 곳']);
  });

  test('a section or a page that is not there has no title', () => {
    expect(title('en', 'nowhere')).toBeUndefined();
    expect(title('ko', 'nowhere')).toBeUndefined();
  });
});
