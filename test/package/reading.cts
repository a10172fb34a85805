import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { filesBelow } from './sourceFiles.cts';

/** What a reader of the sources stumbles over. Each check gives its findings as `file:line what`. */
export interface Source {
	file: string;
	text: string;
	tree: ts.SourceFile;
}

const FOLDERS = ['core', 'credentials', 'nodes', 'scripts', 'test', 'transport'];

/** All programs of the repository, parsed. */
export const readSources = (root: string): Source[] =>
	filesBelow(root, FOLDERS, /(?<!\.d)\.[cm]?[jt]s$/).map((file) => sourceOf(file, readFileSync(path.join(root, file), 'utf8')));

export function sourceOf(file: string, text: string): Source {
	const kind = /js$/.test(file) ? ts.ScriptKind.JS : ts.ScriptKind.TS;
	return { file, text, tree: ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, kind) };
}

const at = ({ file, tree }: Source, node: ts.Node): string => `${file}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;

const MOST_LINES = 400;
const FIRST_LINES = 5;

/** Files of more than 400 lines that do not say in their first lines why they have to be so long. */
export const longFiles = (sources: readonly Source[]): string[] =>
	sources.flatMap(({ file, text }) => {
		const lines = text.trimEnd().split('\n');
		const says = lines.slice(0, FIRST_LINES).some((line) => /\blong\b.*\bbecause\b/i.test(line));
		return lines.length > MOST_LINES && !says ? [`${file}: ${lines.length} lines`] : [];
	});

const hasDoc = (node: ts.Node): boolean => ts.getJSDocCommentsAndTags(node).length > 0;

const isExported = (statement: ts.Statement): boolean => ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

/** What a file exports without a docstring, and public methods of it. What an interface or a base class says of a method counts for it. */
export function undocumented(sources: readonly Source[]): string[] {
	const told = toldByInterfaces(sources);
	return sources.flatMap((source) =>
		source.tree.statements.filter(isExported).flatMap((statement) => {
			if (ts.isClassDeclaration(statement)) return bareMembers(source, statement, told);
			return hasDoc(statement) ? [] : namesOf(statement).map((name) => `${at(source, statement)} ${name.getText(source.tree)}`);
		}),
	);
}

/** Empty for exports of what is declared elsewhere. */
function namesOf(statement: ts.Statement): ts.Node[] {
	if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name);
	const isDeclared = ts.isFunctionDeclaration(statement) || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isEnumDeclaration(statement);
	return isDeclared && statement.name ? [statement.name] : [];
}

/** `Interface.method` of all documented methods of interfaces. */
function toldByInterfaces(sources: readonly Source[]): ReadonlySet<string> {
	const interfaces = sources.flatMap(({ tree }) => tree.statements.filter(ts.isInterfaceDeclaration));
	return new Set(interfaces.flatMap(({ name, members }) => members.filter(hasDoc).map((member) => `${name.text}.${member.name?.getText() ?? ''}`)));
}

function bareMembers(source: Source, declared: ts.ClassDeclaration, told: ReadonlySet<string>): string[] {
	const name = declared.name?.text ?? '';
	const bases = (declared.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression.getText(source.tree)));
	const documented = new Set(declared.members.filter(hasDoc).map((member) => member.name?.getText(source.tree)));
	const bare = declared.members.filter((member) => {
		if (!ts.isMethodDeclaration(member) && !ts.isGetAccessor(member)) return false;
		const own = member.name.getText(source.tree);
		return isPublic(member) && !documented.has(own) && !bases.some((base) => told.has(`${base}.${own}`));
	});
	return [
		...(hasDoc(declared) ? [] : [`${at(source, declared)} ${name}`]),
		...bare.map((member) => `${at(source, member)} ${name}.${member.name?.getText(source.tree) ?? ''}`),
	];
}

const HIDDEN: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.OverrideKeyword]);

const isPublic = (member: Bodied): boolean => !(member.name && ts.isPrivateIdentifier(member.name)) && !(ts.getModifiers(member) ?? []).some(({ kind }) => HIDDEN.has(kind));

/**
 * Exported functions and public methods that throw by themselves and whose docstring, or that of their class, does not say so: by the
 * code where it stands in the `throw`, else in any words.
 */
export const unsaidErrors = (sources: readonly Source[]): string[] =>
	sources.flatMap((source) =>
		source.tree.statements.filter(isExported).flatMap((statement) => {
			if (ts.isFunctionDeclaration(statement)) return unsaidIn(source, statement, docOf(statement), statement.body);
			if (ts.isClassDeclaration(statement)) return publicBodies(statement).flatMap((member) => unsaidIn(source, member, formsOf(statement, member) + docOf(statement), member.body));
			if (!ts.isVariableStatement(statement)) return [];
			const functions = statement.declarationList.declarations.flatMap(({ initializer }) => (initializer && ts.isArrowFunction(initializer) ? [initializer] : []));
			return functions.flatMap(({ body }) => unsaidIn(source, statement, docOf(statement), body));
		}),
	);

const docOf = (node: ts.Node): string => ts.getJSDocCommentsAndTags(node).map((doc) => doc.getText()).join(' ');

type Bodied = ts.MethodDeclaration | ts.GetAccessorDeclaration | ts.ConstructorDeclaration;

const publicBodies = ({ members }: ts.ClassDeclaration): Bodied[] =>
	members.filter((member): member is Bodied => (ts.isConstructorDeclaration(member) || ts.isMethodDeclaration(member) || ts.isGetAccessor(member)) && member.body !== undefined && isPublic(member));

/** The docstrings of all forms of an overloaded method. */
const formsOf = ({ members }: ts.ClassDeclaration, { name }: Bodied): string => members.filter((one) => one.name?.getText() === name?.getText()).map(docOf).join(' ');

function unsaidIn(source: Source, node: ts.Node, doc: string, body: ts.Node | undefined): string[] {
	const errors = body ? thrownBy(body) : [];
	const unsaid = errors.filter((code) => (code === undefined ? !/\b(throws?|rejects?)\b/i.test(doc) : !doc.includes(code)));
	return [...new Set(unsaid)].map((code) => `${at(source, node)} ${code ?? 'throws'}`);
}

/** The errors that leave a body by its own `throw`: by their codes, undefined where the code is not written there. What an inner function throws is its own, and what a `try` catches does not leave. */
function thrownBy(body: ts.Node): Array<string | undefined> {
	const found: Array<string | undefined> = [];
	const visit = (node: ts.Node): void => {
		if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
		if (ts.isThrowStatement(node)) found.push(...codesIn(node.expression));
		else if (ts.isTryStatement(node) && node.catchClause) [node.catchClause, node.finallyBlock].forEach((part) => part && visit(part));
		else ts.forEachChild(node, visit);
	};
	visit(body);
	return found;
}

function codesIn(expression: ts.Expression): Array<string | undefined> {
	const codes: string[] = [];
	const visit = (node: ts.Node): void => {
		const [code] = ts.isNewExpression(node) && node.expression.getText() === 'SyncError' ? (node.arguments ?? []) : [];
		if (code && ts.isStringLiteral(code)) codes.push(code.text);
		ts.forEachChild(node, visit);
	};
	visit(expression);
	return codes.length > 0 ? codes : [undefined];
}

/** Shorter ones are alike by chance: a wrapper of one call, a comparison. */
const FEWEST_TOKENS = 28;

type Body = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression | ts.MethodDeclaration;

const isFunction = (node: ts.Node): node is Body => (ts.isFunctionDeclaration(node) || ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node)) && node.body !== undefined;

/**
 * Functions that do the same word for word, whatever they call their parameters and variables. The helpers of two files are not the
 * same ones because they have the same name.
 */
export function repeatedFunctions(sources: readonly Source[]): string[] {
	const places = new Map<string, string[]>();
	for (const source of sources) {
		const helpers = new Set(source.tree.statements.filter(ts.isFunctionDeclaration).map(({ name }) => name?.text ?? ''));
		const visit = (node: ts.Node): void => {
			const { length, key } = isFunction(node) ? tokensOf(node, source, helpers) : NO_FUNCTION;
			if (length >= FEWEST_TOKENS) places.set(key, [...(places.get(key) ?? []), at(source, node)]);
			ts.forEachChild(node, visit);
		};
		visit(source.tree);
	}
	return [...places.values()].filter(({ length }) => length > 1).map((some) => some.join(' = '));
}

interface Tokens {
	/** Of the body. */
	length: number;
	/** The same for the same functions. */
	key: string;
}

const NO_FUNCTION: Tokens = { length: 0, key: '' };

/** Parameters and body, with a number in the place of each name that is bound inside. */
function tokensOf(node: Body, { file, tree: source }: Source, helpers: ReadonlySet<string>): Tokens {
	const bound = new Map([...helpers].map((name) => [name, `${file} ${name}`]));
	const bind = (inner: ts.Node): void => {
		if ((ts.isParameter(inner) || ts.isVariableDeclaration(inner) || ts.isBindingElement(inner)) && ts.isIdentifier(inner.name)) bound.set(inner.name.text, `$${bound.size - helpers.size}`);
		ts.forEachChild(inner, bind);
	};
	bind(node);
	const tokens: string[] = [];
	const collect = (inner: ts.Node): void => {
		if (ts.isJSDoc(inner)) return;
		const children = inner.getChildren(source);
		for (const child of children) collect(child);
		const text = children.length === 0 ? inner.getText(source) : '';
		if (text !== '') tokens.push((ts.isIdentifier(inner) && !isProperty(inner) && bound.get(text)) || text);
	};
	for (const parameter of node.parameters) collect(parameter);
	const before = tokens.length;
	if (node.body) collect(node.body);
	return { length: tokens.length - before, key: tokens.join(' ') };
}

const isProperty = (name: ts.Identifier): boolean => {
	const { parent } = name;
	return (ts.isPropertyAccessExpression(parent) && parent.name === name) || (ts.isPropertyAssignment(parent) && parent.name === name);
};
