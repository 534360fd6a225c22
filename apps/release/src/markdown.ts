import type { Code, Heading, Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toString as textOf } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import { visit } from 'unist-util-visit';

export interface Link {
  readonly target: string;
  readonly line: number;
  readonly kind: 'link' | 'image';
}

export interface CodeBlock {
  /** The first word after the fence: the language. */
  readonly language: string | undefined;
  /** What follows it, such as `no-run`. */
  readonly meta: readonly string[];
  readonly code: string;
  readonly line: number;
}

export const parseMarkdown = (text: string): Root =>
  fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

const lineOf = (node: Nodes): number => node.position?.start.line ?? 0;

/** Links and images, also those written in HTML. */
export function linksOf(text: string): Link[] {
  const links: Link[] = [];
  visit(parseMarkdown(text), (node) => {
    if (node.type === 'link' || node.type === 'definition')
      links.push({ target: node.url, line: lineOf(node), kind: 'link' });
    if (node.type === 'image') links.push({ target: node.url, line: lineOf(node), kind: 'image' });
    if (node.type === 'html') {
      for (const [, name, target] of node.value.matchAll(/\b(href|src|srcset)="([^"]*)"/g)) {
        links.push({ target: target ?? '', line: lineOf(node), kind: name === 'href' ? 'link' : 'image' });
      }
    }
  });
  return links;
}

/** Fenced code, in order. */
export function codeBlocksOf(text: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  visit(parseMarkdown(text), 'code', (node: Code) => {
    const meta = (node.meta ?? '').split(/\s+/).filter(Boolean);
    blocks.push({ language: node.lang ?? undefined, meta, code: node.value, line: lineOf(node) });
  });
  return blocks;
}

/** The anchors that GitHub gives to the headings, and those written in HTML. */
export function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  const seen = new Map<string, number>();
  visit(parseMarkdown(text), (node) => {
    if (node.type === 'heading') {
      const slug = slugOf(node);
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      anchors.add(count === 0 ? slug : `${slug}-${count}`);
    }
    if (node.type === 'html') {
      for (const [, id] of node.value.matchAll(/\b(?:id|name)="([^"]*)"/g)) anchors.add(id ?? '');
    }
  });
  return anchors;
}

/** GitHub's rule: lower case; letters, digits, marks, `-` and `_` stay; each space becomes a hyphen. */
function slugOf(heading: Heading): string {
  return textOf(heading)
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
    .replaceAll(' ', '-');
}

/**
 * The code in one column of every table.
 * @param column from 0
 */
export function codeSpansOfTables(text: string, column: number): string[] {
  const spans: string[] = [];
  visit(parseMarkdown(text), 'tableRow', (row) => {
    const cell = row.children[column];
    if (cell) visit(cell, 'inlineCode', (code) => void spans.push(code.value));
  });
  return spans;
}
