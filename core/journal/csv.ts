/** What begins a formula in Excel, LibreOffice and Google Sheets. */
const FORMULA = /^[\s]*[=+\-@\t\r|]/;

/**
 * Rows as CSV (RFC 4180: commas, CRLF, quotes doubled). A text that a table program would take for a formula gets an apostrophe before it;
 * numbers stay as they are; null is an empty field.
 */
export const csvText = (rows: ReadonlyArray<ReadonlyArray<string | number | null>>): string => rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');

function cell(value: string | number | null): string {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const safe = FORMULA.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
