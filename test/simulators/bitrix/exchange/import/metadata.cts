import type { IblockRow } from '../../catalog/rows.cts';
import type { ExchangeSite } from '../site.cts';
import { child, childrenOf, isFlag, textOf, type XmlNode } from '../xml/node.cts';
import { catalogBlock, offersBlock } from './blocks.cts';
import { MetadataError } from './metadataError.cts';
import { importMeasures } from './measures.cts';
import { importPriceTypes } from './priceTypes.cts';
import type { Package } from './progress.cts';
import { importProperties } from './properties.cts';
import { addServiceProperties } from './serviceProperties.cts';
import { importStores } from './stores.cts';

export { MetadataError };

const GOODS = 'Каталог';
const OFFERS = 'ПакетПредложений';
const CHANGED_OFFERS = 'ИзмененияПакетаПредложений';

/** The part of a file that says what it is. A file may stand in the table twice: then each part does. */
interface Content {
	kind: typeof GOODS | typeof OFFERS | typeof CHANGED_OFFERS;
	parts: Array<{ part: XmlNode; root: XmlNode }>;
}

/**
 * Finds out what the file in the table is, by the children of its root, and brings its block, properties, price types,
 * stores and units in. Null for a file that is neither goods nor offers: nothing of it is imported.
 */
export function readMetadata(site: ExchangeSite): Package | null {
	const content = contentOf(site.table.roots);
	const [first] = content?.parts ?? [];
	if (!content || !first) return null;
	const changesOnly = content.kind === CHANGED_OFFERS || isFlag(first.part.attributes['СодержитТолькоИзменения']);
	const target = blockOf(site, content.kind, first.part);
	addServiceProperties(site.portal, target.iblock);
	const classifiers = content.parts.flatMap(({ part, root }) => classifierOf(part, root));
	const books = [...classifiers, ...content.parts.map(({ part }) => part)];
	for (const classifier of classifiers)
		importProperties(site, target.iblock, classifier, changesOnly || target.forcesChanges);
	const priceTypes = importPriceTypes(site, books);
	importStores(site, books);
	importMeasures(site.portal, books);
	return {
		kind: content.kind === GOODS ? 'goods' : 'offers',
		iblockId: target.iblock.id,
		productIblockId: target.iblock.productIblockId,
		changesOnly: changesOnly || target.forcesChanges,
		groupRows: classifiers.map(({ id }) => id),
		elementRows: elementListsOf(content),
		priceTypes,
		decimalMark: /ЧРД=([^;]+)/.exec(first.root.attributes['ФорматСуммы'] ?? '')?.[1] ?? '',
		seenSections: new Set(),
		seenElements: new Set(),
	};
}

function contentOf(roots: readonly XmlNode[]): Content | undefined {
	for (const kind of [GOODS, OFFERS, CHANGED_OFFERS] as const) {
		const parts = roots.flatMap((root) => childrenOf(root, kind).map((part) => ({ part, root })));
		if (parts.length > 0) return { kind, parts };
	}
	return undefined;
}

/** Only a classifier of the very file that its goods or offers name is read. */
function classifierOf(part: XmlNode, root: XmlNode): XmlNode[] {
	const named = textOf(part, 'ИдКлассификатора') ?? '';
	return childrenOf(root, 'Классификатор').filter((classifier) => named !== '' && textOf(classifier, 'Ид') === named);
}

const elementListsOf = ({ kind, parts }: Content): number[] =>
	parts.flatMap(({ part }) => {
		const list = child(part, kind === GOODS ? 'Товары' : 'Предложения');
		return list ? [list.id] : [];
	});

/** Where the file's elements go. */
export interface Target {
	iblock: IblockRow;
	/** In one block, offers only ever are changes. */
	forcesChanges: boolean;
}

function blockOf(site: ExchangeSite, kind: Content['kind'], part: XmlNode): Target {
	const renames = kind !== CHANGED_OFFERS;
	return kind === GOODS ? { iblock: catalogBlock(site, part), forcesChanges: false } : offersBlock(site, part, renames);
}
