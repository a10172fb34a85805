import { repositoryRoot } from '../n8n/repository.cts';
import { longFiles, readSources, repeatedFunctions, sourceOf, undocumented, unsaidErrors } from './reading.cts';

describe('For a reader', () => {
	const sources = readSources(repositoryRoot());

	it('no file is longer than 400 lines', () => {
		expect(sources.length).toBeGreaterThan(1000);
		expect(longFiles(sources)).toEqual([]);
	});

	it('what core and transport export has docstrings, which name the errors', () => {
		const layers = sources.filter(({ file }) => /^(core|transport)\//.test(file));
		expect(layers.length).toBeGreaterThan(350);
		expect(undocumented(layers)).toEqual([]);
		expect(unsaidErrors(layers)).toEqual([]);
	});

	it('no function is there twice', () => {
		// A test tells all that happens in it, so the first lines of two of them may be alike.
		const shared = sources.filter(({ file }) => !file.includes('.test.'));
		expect(shared.length).toBeGreaterThan(800);
		expect(repeatedFunctions(shared)).toEqual([]);
	});
});

describe('The check', () => {
	it('finds long files without a reason', () => {
		const long = `export {};\n${'// a line\n'.repeat(400)}`;
		expect(longFiles([sourceOf('core/long.ts', long)])).toEqual(['core/long.ts: 401 lines']);
		expect(longFiles([sourceOf('core/long.ts', `// Long, because it is one table.\n${long}`)])).toEqual([]);
		expect(longFiles([sourceOf('core/short.ts', long.slice(0, -10))])).toEqual([]);
	});

	it.each([
		['a function', 'export function sum(): void {}', 'core/a.ts:1 sum'],
		['an arrow function', 'const a = 1;\nexport const sum = (): number => a;', 'core/a.ts:2 sum'],
		['a constant', '/** One. */\nexport const one = 1;\nexport const most = 7;', 'core/a.ts:3 most'],
		['an interface', 'export interface Sum { all: number }', 'core/a.ts:1 Sum'],
		['a type', 'export type Sum = number;', 'core/a.ts:1 Sum'],
		['a class', 'export class Sum {}', 'core/a.ts:1 Sum'],
		['a method', '/** Adds. */\nexport class Sum {\n\tadd(): void {}\n}', 'core/a.ts:3 Sum.add'],
		['a getter', '/** Adds. */\nexport class Sum {\n\tget all(): number { return 1; }\n}', 'core/a.ts:3 Sum.all'],
		['a method of which the interface says nothing', '/** Can add. */ export interface Adds { add(): void }\n/** Adds. */\nexport class Sum implements Adds { add(): void {} }', 'core/a.ts:3 Sum.add'],
	])('finds %s without a docstring', (_what, text, finding) => {
		expect(undocumented([sourceOf('core/a.ts', text)])).toEqual([finding]);
	});

	it.each([
		['of its own', '/** Adds. */\nexport function sum(): void {}'],
		['of its interface', '/** Can add. */ export interface Adds {\n/** Adds. */\nadd(): void }\n/** Adds. */\nexport class Sum implements Adds { add(): void {} }'],
		['of its first form', '/** Adds. */\nexport class Sum {\n/** Adds. */\nadd(a: 1): void;\nadd(a: number): void {} }'],
		['that it does not need, since nobody else sees it', 'function sum(): void {}\nconst most = 7;\ninterface Rest {}\n/** Adds. */\nexport class Sum { private add(): void {} #more(): void {} }'],
	])('takes a docstring %s', (_what, text) => {
		expect(undocumented([sourceOf('core/a.ts', text)])).toEqual([]);
	});

	it.each([
		['a code', '/** Adds. Throws OTHER. */\nexport function sum(): void { throw new SyncError("TOO_MUCH"); }', 'core/a.ts:2 TOO_MUCH'],
		['the second of two codes', '/** Throws A. */\nexport const sum = (all: boolean): void => { throw all ? new SyncError("A") : new SyncError("B"); };', 'core/a.ts:2 B'],
		['an error without a code', '/** Adds. */\nexport function sum(): void { throw new RangeError("no"); }', 'core/a.ts:2 throws'],
		['what a catch throws on', '/** Adds. */\nexport function sum(): void { try { add(); } catch (error) { throw error; } }', 'core/a.ts:2 throws'],
		['a method', '/** Adds. */\nexport class Sum {\n/** Adds. */ add(): void { throw new SyncError("TOO_MUCH"); } }', 'core/a.ts:3 TOO_MUCH'],
		['a constructor', '/** Adds. */\nexport class Sum {\nconstructor() { throw new SyncError("TOO_MUCH"); } }', 'core/a.ts:3 TOO_MUCH'],
	])('finds a docstring that leaves out %s', (_what, text, finding) => {
		expect(unsaidErrors([sourceOf('core/a.ts', text)])).toEqual([finding]);
	});

	it.each([
		['names the code', '/** Adds. Throws TOO_MUCH. */\nexport function sum(): void { throw new SyncError("TOO_MUCH"); }'],
		['says that it throws', '/** Rejects with the error of the call. */\nexport function sum(error: Error): void { throw error; }'],
		['is of another form of the method', '/** Adds. */\nexport class Sum {\n/** Throws TOO_MUCH. */\nadd(a: 1): void;\nadd(a: number): void { throw new SyncError("TOO_MUCH"); } }'],
		['is that of the class', '/** Adds. Throws TOO_MUCH. */\nexport class Sum {\n/** Adds. */ add(): void { throw new SyncError("TOO_MUCH"); } }'],
		['need not, since the error stays inside', '/** Adds. */\nexport function sum(): void { try { throw new SyncError("TOO_MUCH"); } catch { return; } }'],
		['need not, since an inner function throws', '/** Adds. */\nexport const sum = () => ({ add: () => { throw new SyncError("TOO_MUCH"); } });'],
		['need not, since nobody else sees it', 'function sum(): void { throw new SyncError("TOO_MUCH"); }'],
	])('takes a docstring that %s', (_what, text) => {
		expect(unsaidErrors([sourceOf('core/a.ts', text)])).toEqual([]);
	});

	const one = 'const total = (rows: Row[], by: number) => { let sum = 0; for (const row of rows) if (row.price > 0) sum += row.price * by; return sum; };';

	it('finds a function twice, whatever its names', () => {
		const other = 'function whole(lines: Row[], factor: number) { let all = 0; for (const line of lines) if (line.price > 0) all += line.price * factor; return all; }';
		expect(repeatedFunctions([sourceOf('core/a.ts', one), sourceOf('core/b.ts', other)])).toEqual(['core/a.ts:1 = core/b.ts:1']);
	});

	it('tells functions apart that read other properties', () => {
		expect(repeatedFunctions([sourceOf('core/a.ts', one), sourceOf('core/b.ts', one.replaceAll('row.price', 'row.weight'))])).toEqual([]);
	});
});
