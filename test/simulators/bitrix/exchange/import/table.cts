import { readCatalogFile } from '../xml/catalogReader.cts';
import type { XmlNode } from '../xml/node.cts';

/** The table into which a file is read before it is imported. There is one for the whole site, whoever reads and imports. */
export class TemporaryTable {
	/** Undefined: dropped, and not made anew yet. */
	private rows: Map<number, XmlNode> | undefined;
	private readonly tops: XmlNode[] = [];

	get exists(): boolean {
		return this.rows !== undefined;
	}

	drop(): void {
		this.rows = undefined;
		this.tops.length = 0;
	}

	/** Adds the rows of a file to those that are there. */
	read(bytes: Buffer): void {
		this.rows ??= new Map();
		const roots = readCatalogFile(bytes, this.rows.size + 1);
		this.tops.push(...roots);
		for (const root of roots) this.number(root);
	}

	/** Elements without a parent. */
	get roots(): readonly XmlNode[] {
		return this.tops;
	}

	row(id: number): XmlNode | undefined {
		return this.rows?.get(id);
	}

	private number(node: XmlNode): void {
		this.rows?.set(node.id, node);
		for (const inner of node.children) this.number(inner);
	}
}
