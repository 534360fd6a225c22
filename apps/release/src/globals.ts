import { relative } from 'node:path';
import ts from 'typescript';
import { root } from './workspace.ts';

/** A use of something that is neither imported, nor declared in the file, nor part of the language. */
export interface GlobalUse {
  /** `setTimeout`; `Date.now` where only that part is meant. */
  readonly name: string;
  /** File from the root, and line. */
  readonly at: string;
}

/** Parts of the language that read the world all the same: its time, its chance, its source of new code. */
const LANGUAGE = new Set(['Date.now', 'Math.random', 'eval', 'Function', 'globalThis']);

/**
 * Finds what files use of the runtime around them, in code that runs. By the compiler's own symbols, so that a
 * parameter called `process` is none, and every global that a later Node.js brings is one.
 * @param files absolute
 */
export function globalsOf(files: readonly string[]): GlobalUse[] {
  const program = ts.createProgram([...files], {
    target: ts.ScriptTarget.ES2024,
    lib: ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    typeRoots: [`${root}/node_modules/@types`],
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const uses: GlobalUse[] = [];
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (!source) throw new Error(`${file} cannot be read`);
    const visit = (node: ts.Node): void => {
      // What only types name is gone before anything runs.
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
      if (ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
      const name = globalName(node, checker);
      if (name !== undefined) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        uses.push({ name, at: `${relative(root, file)}:${line + 1}` });
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return uses;
}

function globalName(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) {
    return 'Date.now';
  }
  if (ts.isPropertyAccessExpression(node)) {
    const name = node.getText();
    return LANGUAGE.has(name) ? name : undefined;
  }
  if (!ts.isIdentifier(node) || isNameOfProperty(node)) return undefined;
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  if (node.text === 'undefined') return undefined;
  const declared = symbol?.declarations ?? [];
  if (declared.some((declaration) => !isAmbient(declaration.getSourceFile()))) return undefined;
  const ofLanguage = declared.some((declaration) => isLanguage(declaration.getSourceFile()));
  return ofLanguage && !LANGUAGE.has(node.text) ? undefined : node.text;
}

/** `x` of `a.x`, `{ x: 1 }`, `{ x() {} }` and the like, which is no variable. */
function isNameOfProperty(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) || ts.isMetaProperty(parent)) return parent.name === node;
  if (ts.isBindingElement(parent)) return parent.propertyName === node;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isGetAccessorDeclaration(parent) ||
      ts.isSetAccessorDeclaration(parent)) &&
    parent.name === node
  );
}

/** Declared for every file: by the compiler's libraries or by Node.js's types. */
const isAmbient = ({ fileName }: ts.SourceFile): boolean =>
  /\/typescript\/lib\/lib\.|\/@types\/node\/|\/undici-types\//.test(fileName);

const isLanguage = ({ fileName }: ts.SourceFile): boolean => /\/lib\.es\w*(\.[\w.]+)?\.d\.ts$/.test(fileName);
