/** The rows of a CSV file (RFC 4180) by the names in its first line. */
export function csvRows(text: string): Array<Record<string, string>> {
	const cells = [...text.replace(/^\ufeff/, '').matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)].map(([, cell = '', end]) => ({ cell: cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell, end }));
	const lines: string[][] = [[]];
	for (const { cell, end } of cells) {
		lines.at(-1)?.push(cell);
		if (end === '\r\n') lines.push([]);
	}
	const [names = [], ...rows] = lines.slice(0, -1);
	return rows.map((row) => Object.fromEntries(row.map((cell, index) => [names[index] ?? '', cell])));
}
