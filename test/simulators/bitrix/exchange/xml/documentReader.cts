import { decodeDocument } from './encoding.cts';
import type { XmlNode } from './node.cts';

/** An element below the root. `isBroken`: its tags do not fit together, or it never ends. */
export interface TopNode extends XmlNode {
	isBroken?: boolean;
}

const TOKEN =
	/<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<[?!][^>]*>|<\/([^\s>]+)\s*>|<([^\s/>]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|<|[^<]+/g;
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Record<string, string> = { '&quot;': '"', '&lt;': '<', '&gt;': '>', '&amp;': '&', '&apos;': "'" };

const decodeEntities = (text: string): string =>
	text.replace(/&(?:quot|lt|gt|amp|apos);/g, (entity) => ENTITIES[entity] ?? entity);

/**
 * Reads a file of orders as its importer does, with a real reader: CDATA, comments and `&apos;` are understood, numeric
 * references are not. Returns the root with its children; one that is malformed is marked, and the next is read again.
 */
export function readDocuments(bytes: Buffer): { root: XmlNode | undefined; tops: TopNode[] } {
	const reader = new Reader();
	for (const token of decodeDocument(bytes).matchAll(TOKEN)) reader.take(token);
	return reader.end();
}

class Reader {
	private root: XmlNode | undefined;
	private readonly open: TopNode[] = [];
	private id = 0;

	take([whole, cdata, endTag, startTag, attributes, slash]: RegExpMatchArray): void {
		if (cdata !== undefined) this.addText(cdata);
		else if (endTag !== undefined) this.close(endTag);
		else if (startTag !== undefined) this.begin(startTag, attributes ?? '', slash === '/');
		else if (whole === '<') this.markBroken();
		else if (!whole.startsWith('<')) this.addText(decodeEntities(whole));
	}

	end(): { root: XmlNode | undefined; tops: TopNode[] } {
		if (this.open.length > 1) this.markBroken();
		return { root: this.root, tops: this.root?.children ?? [] };
	}

	private begin(name: string, attributes: string, isEmpty: boolean): void {
		const node: XmlNode = { id: ++this.id, name, value: '', attributes: readAttributes(attributes), children: [] };
		const parent = this.open.at(-1);
		if (parent) {
			parent.children.push(node);
			parent.value = '';
		}
		this.root ??= node;
		if (!isEmpty) this.open.push(node);
	}

	/** An end tag of a document ends it, whatever is still open in it. */
	private close(name: string): void {
		const last = this.open.at(-1);
		if (last?.name === name) {
			last.value = last.children.length > 0 || last.value.trim() === '' ? '' : last.value;
			this.open.pop();
			return;
		}
		this.markBroken();
		const depth = this.open.findIndex((node, index) => index <= 1 && node.name === name);
		if (depth >= 0) this.open.length = depth;
	}

	private addText(text: string): void {
		const last = this.open.at(-1);
		if (last && last.children.length === 0) last.value += text;
	}

	private markBroken(): void {
		const top = this.open[1];
		if (top) top.isBroken = true;
	}
}

const readAttributes = (text: string): Record<string, string> =>
	Object.fromEntries(
		[...text.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [name ?? '', decodeEntities(double ?? single ?? '')]),
	);
