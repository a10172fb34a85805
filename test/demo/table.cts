/** Rows of two columns as a table of text; the first row is its head. */
export function asTable(rows: ReadonlyArray<readonly [string, string]>): string {
	const width = Math.max(...rows.map(([name]) => name.length));
	const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
	const [head = '', ...body] = lines;
	return [head, '-'.repeat(Math.max(...lines.map(({ length }) => length))), ...body].join('\n');
}
