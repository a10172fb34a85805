import type { ExchangeSite } from '../site.cts';
import { child, childrenOf, requisitesOf, textOf, type NamedValue, type XmlNode } from '../xml/node.cts';

/** A directory (a highload block) with its fields and entries. */
export interface Directory {
	id: string;
	name: string;
	fields: Array<{ id: string; name: string }>;
	entries: DirectoryEntry[];
}

/** `id`: what properties hold as UF_XML_ID. */
export interface DirectoryEntry {
	id: string;
	name: string;
	values: NamedValue[];
}

/** Brings the directories of the file in the table in: found by id, entries, too; what is not listed stays. Returns how many entries. */
export function importDirectories({ table, directories }: ExchangeSite): number {
	let count = 0;
	for (const node of table.roots.flatMap((root) => childrenOf(child(root, 'ПользовательскиеСправочники'), 'Справочник'))) {
		const id = textOf(node, 'Ид') ?? '';
		if (id === '') continue;
		const given = entriesOf(node);
		const kept = (directories.get(id)?.entries ?? []).filter((entry) => !given.some((other) => other.id === entry.id));
		directories.set(id, {
			id,
			name: textOf(node, 'Наименование') ?? '',
			fields: fieldsOf(node),
			entries: [...kept, ...given],
		});
		count += given.length;
	}
	return count;
}

const fieldsOf = (node: XmlNode): Directory['fields'] =>
	(child(node, 'Реквизиты')?.children ?? []).map((field) => ({
		id: textOf(field, 'Ид') ?? '',
		name: textOf(field, 'Наименование') ?? '',
	}));

const entriesOf = (node: XmlNode): DirectoryEntry[] =>
	(child(node, 'ЭлементыСправочника')?.children ?? []).map((entry) => ({
		id: textOf(entry, 'Ид') ?? '',
		name: textOf(entry, 'Наименование') ?? '',
		values: requisitesOf(entry),
	}));
