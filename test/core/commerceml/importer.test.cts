import fc from 'fast-check';
import { catalogIds, goodsDocument, offersDocument, readXml, restsDocument, writeDocument, type CmlDocument, type XmlElement } from '../../../core/index.ts';
import { readCatalogFile } from '../../simulators/bitrix/exchange/xml/catalogReader.cts';
import type { XmlNode } from '../../simulators/bitrix/exchange/xml/node.cts';
import { bytesOf, log } from './files.ts';
import { anyGoods, anyOffers, anyRests } from './models.ts';

const ids = catalogIds();
const formed = '2026-11-21T12:00:00';

interface Tree {
	name: string;
	text: string;
	attributes: Record<string, string>;
	children: Tree[];
}

const seen = ({ name, value, attributes, children }: XmlNode): Tree => ({ name, text: children.length > 0 ? '' : value, attributes, children: children.map(seen) });
const meant = ({ name, text, attributes, children }: XmlElement): Tree => ({ name, text: text.trim() === '' ? '' : text, attributes: Object.fromEntries(attributes), children: children.map(meant) });

/** A document as a parser of XML reads it, and as Bitrix does, which is none. */
async function bothWays<Item>(document: CmlDocument<Item>, items: readonly Item[]): Promise<[Tree, Tree[]]> {
	const bytes = await bytesOf(writeDocument(document, items, log()));
	return [meant(await readXml([bytes])), readCatalogFile(Buffer.from(bytes), 1).map(seen)];
}

describe('what Bitrix reads is what was meant', () => {
	it('in goods', async () =>
		await fc.assert(
			fc.asyncProperty(anyGoods, async ({ classifier, goods }) => {
				const [xml, bitrix] = await bothWays(goodsDocument({ ids, formed, classifier }), goods);
				expect(bitrix).toEqual([xml]);
			}),
			{ numRuns: 300 },
		));

	it('in offers', async () =>
		await fc.assert(
			fc.asyncProperty(anyOffers, async ({ classifier, types, stores, offers }) => {
				const [xml, bitrix] = await bothWays(offersDocument({ ids, formed, classifier, priceTypes: { types, isComplete: true }, stores }), offers);
				expect(bitrix).toEqual([xml]);
			}),
			{ numRuns: 300 },
		));

	it('in stock', async () =>
		await fc.assert(
			fc.asyncProperty(anyRests, async ({ stores, offers }) => {
				const [xml, bitrix] = await bothWays(restsDocument({ ids, formed, stores }), offers);
				expect(bitrix).toEqual([xml]);
			}),
		));
});
