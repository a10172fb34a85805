import { CATALOGUE_PARTS, type CatalogueEntry } from '../../core';

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');

const row = ([code, { kind, retryable, message, advice }]: [string, CatalogueEntry]): string =>
	`| \`${code}\` | ${kind} | ${retryable ? 'yes' : 'no'} | ${cell(message)} | ${cell(advice)} |`;

const part = ([title, entries]: [string, Record<string, CatalogueEntry>]): string =>
	[`## ${title}`, '', '| code | kind | repeat? | what happened | what to do |', '|---|---|---|---|---|', ...Object.entries(entries).map(row), ''].join('\n');

/** `docs/errors.md`: every code of the catalogue, in Markdown. */
export const errorsPage = (): string =>
	[
		'# Errors by code',
		'',
		'Made of the catalogue (`core/errors/`) by `npm run docs`. Every item that fails carries `error: { code, kind, retryable, message, advice }`; warnings and findings have codes of the same catalogue. Words in braces are filled in. *repeat?*: the same call can succeed later without anybody changing anything.',
		'',
		'*kind* says whom it concerns: `connection`, `limit` and `server` pass by themselves as a rule; `auth` and `configuration` need the administrator; `data`, `missing` and `conflict` are about one object, and the others go on.',
		'',
		...Object.entries<Record<string, CatalogueEntry>>(CATALOGUE_PARTS).map(part),
	].join('\n');
